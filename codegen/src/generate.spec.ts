import type { NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { GeneratedFile } from './event-task.ts'
import { generate } from './generate.ts'
import { EMPTY_LOCK } from './lock/lock-file.ts'

function define(schema: unknown, eventType: Partial<NewEventType> = {}): EventTypeDefinition {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema)
  return {
    eventType: {
      name: 'order.placed',
      owning_application: 'shop',
      category: 'undefined',
      schema: { type: 'json_schema', schema: text },
      ...eventType,
    },
  }
}

const good = define({ type: 'object' }, { name: 'good.one' })

describe('several event types', () => {
  it('have a module each and an index', async () => {
    const { files, diagnostics } = await generate([good, define({ type: 'object' })])
    expect(diagnostics).toEqual([])
    expect(files.map(({ path }) => path)).toEqual([
      'examples.ts',
      'good-one.examples.ts',
      'good-one.ts',
      'good-one.validator.ts',
      'index.ts',
      'order-placed.examples.ts',
      'order-placed.ts',
      'order-placed.validator.ts',
      'validators.ts',
    ])
  })

  it('have no validators when none are asked for, or when the broker refuses the whole schema', async () => {
    const both = (level: number) => {
      const $ref = `#/definitions/d${level + 1}`
      return [`d${level}`, level === 20 ? { type: 'object' } : { allOf: [{ $ref }, { $ref }] }]
    }
    const definitions = Object.fromEntries(Array.from({ length: 21 }, (_, level) => both(level)))
    const refused = define({ allOf: [{ $ref: '#/definitions/d0' }], definitions })
    const without = await generate([good], { validators: false, examples: false })
    expect(without.files.map(({ path }) => path)).toEqual(['good-one.ts', 'index.ts'])
    const { files, diagnostics } = await generate([refused])
    expect(files.map(({ path }) => path)).toEqual(['index.ts', 'order-placed.ts'])
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringMatching(/complex: more than 10000 checks .*types alone$/),
      },
    ])
  })

  it('have validators of what the broker would not refuse in a schema, and a warning', async () => {
    const refused = define({ type: 'object', properties: { a: { type: 'string', pattern: '(?!b)' } } })
    const { files, diagnostics } = await generate([refused])
    expect(files.map(({ path }) => path)).toContain('order-placed.validator.ts')
    expect(diagnostics).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/do without \/properties\/a\/pattern$/) },
    ])
  })

  it('have validators of schemas that only references lead to, and warnings that say where these are', async () => {
    const parts = { text: { type: 'string', pattern: '(?!b)' } }
    const refused = define({ type: 'object', properties: { a: { $ref: '#/parts/text' } }, parts })
    const { files, diagnostics } = await generate([refused])
    expect(files.map(({ path }) => path)).toContain('order-placed.validator.ts')
    expect(diagnostics).toMatchObject([
      {
        pointer: '/parts/text/pattern',
        excerpt: '"(?!b)"',
        message: expect.stringMatching(/do without \/parts\/text\/pattern$/),
      },
    ])
  })

  it('have types of the whole schema, although the validator does without a part of it', async () => {
    const tags = {
      type: 'object',
      patternProperties: { '^(?!x)': { type: 'string' } },
      additionalProperties: false,
    }
    const { diagnostics, proof } = await generate([define({ type: 'object', properties: { tags } })])
    expect(diagnostics).toHaveLength(1)
    expect(proof).toMatchObject({ accepted: proof.documents, refused: proof.mutants })
  })

  it('are imported with the extension that is asked for', async () => {
    const { files } = await generate([good], { importExtension: '.ts' })
    expect(files.find(({ path }) => path === 'index.ts')?.content).toContain("from './good-one.ts'")
  })

  it('are generated although one of them is bad', async () => {
    const { files, diagnostics } = await generate([define({ $ref: 'http://example.org' }), good])
    expect(files.map(({ path }) => path)).toContain('good-one.ts')
    expect(diagnostics).toMatchObject([{ severity: 'error', eventType: 'order.placed', pointer: '/$ref' }])
  })

  it('cannot have the same name', async () => {
    const twice = [define({}), define({ type: 'object' }), good]
    const { files, diagnostics } = await generate(twice)
    expect(files.map(({ path }) => path)).not.toContain('order-placed.ts')
    expect(diagnostics).toMatchObject([{ message: 'the event type order.placed is defined 2 times' }])
  })

  it('that have the same name are told apart by where their schemas are', async () => {
    const twice = [0, 1].map((index) => ({
      ...define({ type: 'object' }),
      origin: { file: 'a.yaml', schemaPointer: `/${index}/schema` },
    }))
    const { diagnostics } = await generate(twice)
    expect(diagnostics).toMatchObject([
      { message: expect.stringMatching(/in a.yaml#\/0\/schema, a.yaml#\/1\/schema$/) },
    ])
  })

  const nested = (depth: number): object =>
    depth === 0
      ? { type: 'string' }
      : { type: 'object', required: ['a'], properties: { a: nested(depth - 1) } }
  const parts = ['a', 'b'].map((name) => ({ required: [name], properties: { [name]: {} } }))

  it.each([
    {
      of: 'are no objects',
      schema: { type: 'array', items: {} },
      message: /broker would refuse.*"array"/,
      remedy: /object/,
    },
    {
      of: 'are nested too deep',
      schema: nested(20),
      mode: 'none' as const,
      message: /no valid example/,
      remedy: /at most 10 .*\$ref/,
    },
    {
      of: 'have closed parts',
      schema: { type: 'object', allOf: parts },
      message: /no valid example/,
      remedy: /"compatible" closes/,
    },
    {
      of: 'contradict themselves',
      schema: { type: 'object', required: ['a'], properties: { a: { enum: [] } } },
      message: /no valid example/,
      remedy: /contradict/,
    },
  ])(
    'have one warning that says why there are no examples when they $of',
    async ({ schema, mode = 'compatible' as const, message, remedy }) => {
      const { diagnostics } = await generate([define(schema, { compatibility_mode: mode })])
      expect(diagnostics).toMatchObject([
        {
          severity: 'warning',
          message: expect.stringMatching(message),
          remedy: expect.stringMatching(remedy),
        },
      ])
    },
  )

  it('are no files when there are none', async () => {
    expect(await generate([])).toMatchObject({ files: [], diagnostics: [], lock: EMPTY_LOCK })
  })
})

describe('names that were given before', () => {
  const address = (city: unknown): unknown => ({ type: 'object', properties: { city } })
  const typesOf = (content: string | undefined): string[] =>
    content?.match(/(?<=^export (?:interface|type) )\w+/gm) ?? []

  it('stay when another event type or another part would get them', async () => {
    const before = await generate([
      define({ type: 'object', properties: { a_b: address({ type: 'string' }) } }, { name: 'order_placed' }),
    ])
    const { files, lock } = await generate(
      [
        define(
          { type: 'object', properties: { aB: address({}), a_b: address({ type: 'string' }) } },
          { name: 'order_placed' },
        ),
        define({ type: 'object' }, { name: 'order.placed' }),
      ],
      { lock: before.lock },
    )
    expect(typesOf(files.find(({ path }) => path === 'order-placed.ts')?.content)).toEqual([
      'OrderPlaced',
      'OrderPlacedAB2',
      'OrderPlacedAB',
      'NewOrderPlacedEvent',
      'OrderPlacedEvent',
    ])
    expect(lock.eventTypes).toMatchObject({
      order_placed: { name: 'OrderPlaced' },
      'order.placed': { name: 'OrderPlaced2' },
    })
  })

  it('are an error for an event type that is not there', async () => {
    const { diagnostics } = await generate([good], { names: { 'god.one': 'Good', x: 'Y' } })
    expect(diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', remedy: 'Did you mean good.one?' }),
      expect.objectContaining({ message: 'Y is to be the name of x, and there is no such event type' }),
    ])
  })

  it('stay while a definition is wrong, and are forgotten with it', async () => {
    const { lock } = await generate([good])
    const wrong = await generate([define('no json', { name: 'good.one' })], { lock })
    expect(wrong.lock).toEqual(lock)
    expect((await generate([define({})], { lock })).lock.eventTypes).not.toHaveProperty(['good.one'])
  })

  it('give way to those that somebody chose', async () => {
    const { lock } = await generate([good])
    const { files } = await generate([good], { lock, names: { 'good.one': 'BestOne' } })
    expect(files.map(({ path }) => path)).toContain('best-one.ts')
  })
})

describe('an event type that cannot be generated', () => {
  it.each([
    { schema: 'not json', message: 'the schema is not JSON' },
    { schema: '[]', message: 'the schema is not an object' },
    {
      schema: { properties: { a: { $ref: 'a.json' } } },
      message: 'the reference "a.json" leaves the document',
    },
    { schema: { $ref: '#' }, message: 'the schema refers to itself without ever describing anything' },
    { schema: deep(200), message: 'the schema is nested more than 128 levels deep' },
  ])('is a diagnostic: $message', async ({ schema, message }) => {
    const { files, diagnostics } = await generate([define(schema)])
    expect(files).toEqual([])
    expect(diagnostics).toMatchObject([{ severity: 'error', message, remedy: expect.any(String) }])
  })

  it('is one with an Avro schema', async () => {
    const avro = define({}, { schema: { type: 'avro_schema', schema: '{}' } })
    const { diagnostics } = await generate([avro])
    expect(diagnostics[0]?.message).toBe('schemas of type avro_schema cannot be turned into types')
  })

  it('is pointed at in the file that it came from', async () => {
    const origin = { file: 'a.yaml', schemaPointer: '/0/schema' }
    const { diagnostics } = await generate([{ ...define({ items: { $ref: 'x' } }), origin }])
    expect(diagnostics).toMatchObject([{ file: 'a.yaml', pointer: '/0/schema/items/$ref', excerpt: '"x"' }])
  })
})

describe('a schema that is made to multiply', () => {
  it.each([
    {
      of: 'arrays of a fixed length',
      wrap: (items: unknown) => ({ type: 'array', items, minItems: 10, maxItems: 10 }),
    },
    { of: 'tuples', wrap: (inner: unknown) => ({ items: [inner, { type: 'number' }] }) },
    {
      of: 'tuples among alternatives',
      wrap: (inner: unknown) => ({ items: [{ anyOf: [inner, { type: 'null' }] }, {}] }),
    },
    { of: 'arrays in tuples', wrap: (items: unknown) => ({ items: [{ type: 'array', items }, {}] }) },
    {
      of: 'maps beside properties',
      wrap: (items: unknown) => ({
        allOf: [{ properties: { a: { items } }, additionalProperties: { type: 'string' } }],
      }),
    },
  ])('by $of stays small', async ({ wrap }) => {
    let schema: unknown = { type: 'string' }
    for (let depth = 0; depth < 20; depth++) schema = wrap(schema)
    const { files } = await generate([define(schema)])
    expect(files.filter(isModuleOfTypes)).toHaveLength(2)
    for (const { content } of files) expect(content.length).toBeLessThan(40_000)
  })

  it('by alternatives in alternatives does not keep its examples waiting', async () => {
    const level = (number: number) => ({
      properties: { [`level${number}`]: { type: 'integer' } },
      anyOf: Array.from({ length: 8 }, (_, option) => ({
        properties: { [`option${option}`]: { type: 'string' } },
        allOf: [{ $ref: `#/definitions/level${number + 1}` }],
      })),
    })
    const levels = Array.from({ length: 12 }, (_, number) => [`level${number + 1}`, level(number + 1)])
    const definitions = { ...Object.fromEntries(levels), level13: { type: 'object' } }
    const { files } = await generate([define({ ...level(0), definitions })])
    expect(files.map(({ path }) => path)).toContain('order-placed.ts')
  })
})

describe('a schema that leaves no room for metadata', () => {
  const BUSINESS = { category: 'business', enrichment_strategies: ['metadata_enrichment'] } as const
  const closed = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }

  it.each([
    { where: 'in all alternatives', schema: { type: 'object', oneOf: [closed] }, isSaid: true },
    { where: 'at the root, where the broker makes room', schema: closed, isSaid: false },
  ])('is told of: $where', async ({ schema, isSaid }) => {
    const { diagnostics } = await generate([define(schema, BUSINESS)])
    expect(diagnostics.some(({ message }) => message.includes('no room for "metadata"'))).toBe(isSaid)
  })

  it('is not one of a compacted event type', async () => {
    const { diagnostics } = await generate([define(closed, { ...BUSINESS, cleanup_policy: 'compact' })])
    expect(diagnostics).toEqual([])
  })
})

function deep(depth: number): unknown {
  return depth === 0 ? {} : { not: deep(depth - 1) }
}

function isModuleOfTypes({ path }: GeneratedFile): boolean {
  return !/validator|examples/.test(path)
}
