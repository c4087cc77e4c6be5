import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoadResult } from '../definitions/load-result.ts'
import { loadSource } from './load-sources.ts'

function parseDefinitions(file: string, text: string): LoadResult {
  return loadSource({ texts: new Map([[file, text]]), links: new Set(), diagnostics: [] })
}

const schema = { type: 'object', properties: { a: { type: 'string' } } }
const eventType = {
  name: 'order.placed',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'json_schema', schema: JSON.stringify(schema) },
}

describe('a definition file', () => {
  it('holds one event type in the shape of the API', () => {
    const { definitions, diagnostics } = parseDefinitions('a.json', JSON.stringify(eventType))
    expect(diagnostics).toEqual([])
    expect(definitions).toMatchObject([
      { eventType, origin: { file: 'a.json', schemaPointer: '/schema/schema' } },
    ])
  })

  it('with thousands of mistakes has the line of each', () => {
    const text = JSON.stringify(
      Array.from({ length: 2000 }, () => ({ name: 'x', notes: 'n'.repeat(100) })),
      null,
      2,
    )
    const { diagnostics } = parseDefinitions('a.json', text)
    expect(diagnostics.length).toBeGreaterThanOrEqual(2000)
    expect(diagnostics.at(-1)?.excerpt).toBe(`${text.split('\n').length - 4} | {`)
  })

  it('holds an array of event types', () => {
    const text = JSON.stringify([eventType, { ...eventType, name: 'order.paid' }])
    const { definitions } = parseDefinitions('a.json', text)
    expect(definitions.map((definition) => definition.eventType.name)).toEqual(['order.placed', 'order.paid'])
    expect(definitions.map(({ origin }) => origin?.schemaPointer)).toEqual([
      '/0/schema/schema',
      '/1/schema/schema',
    ])
  })

  it.each([
    { of: 'an object beside its type', written: { type: 'json_schema', schema }, pointer: '/schema/schema' },
    { of: 'an object alone', written: { schema }, pointer: '/schema/schema' },
    { of: 'the schema itself', written: schema, pointer: '/schema' },
  ])('may write the schema as $of', ({ written, pointer }) => {
    const { definitions } = parseDefinitions('a.json', JSON.stringify({ ...eventType, schema: written }))
    expect(definitions).toMatchObject([{ eventType, origin: { schemaPointer: pointer } }])
  })

  it('may be YAML', () => {
    const text =
      'name: order.placed\nowning_application: shop\ncategory: undefined\nschema: { type: object }\n'
    expect(parseDefinitions('a.yml', text).definitions).toMatchObject([
      { eventType: { name: 'order.placed', schema: { type: 'json_schema', schema: '{"type":"object"}' } } },
    ])
  })

  it('may begin with a byte order mark', () => {
    expect(parseDefinitions('a.json', `\uFEFF${JSON.stringify(eventType)}`).diagnostics).toEqual([])
  })
})

describe('a definition with mistakes', () => {
  it('is reported with file, pointer, line and remedy', () => {
    const text =
      'name: order placed\nowning_application: shop\ncategory: undefined\nschema: { type: object }\n'
    expect(parseDefinitions('shop/a.yaml', text).diagnostics).toEqual([
      {
        severity: 'error',
        message: 'name format not allowed',
        remedy: expect.stringContaining('letters, digits, hyphens and underscores'),
        file: 'shop/a.yaml',
        pointer: '/name',
        excerpt: '1 | name: order placed',
      },
    ])
  })

  it('does not hide its neighbours in the same file', () => {
    const text = JSON.stringify([eventType, 7, { ...eventType, name: 'order.paid' }], null, 2)
    const { definitions, diagnostics } = parseDefinitions('a.json', text)
    expect(definitions).toHaveLength(2)
    expect(diagnostics).toMatchObject([{ pointer: '/1', message: 'this is not an event type definition' }])
  })

  it('is pointed at where something is missing, too', () => {
    const { owning_application: _, ...incomplete } = eventType
    const { diagnostics } = parseDefinitions('a.json', JSON.stringify(incomplete))
    expect(diagnostics).toMatchObject([
      {
        pointer: '/owning_application',
        message: 'owning_application must not be null',
        excerpt: expect.stringMatching(/^1 \| /),
      },
    ])
  })
})

describe('a text that is no definition', () => {
  it.each([
    { file: 'a.json', text: '{"name": }', message: /^the file is not JSON: /, excerpt: '1 | {"name": }' },
    {
      file: 'a.yaml',
      text: 'a: 1\nb: [1,\n',
      message: /^the file is not YAML: /,
      excerpt: expect.any(String),
    },
    { file: 'a.yaml', text: 'a: 1\n---\nb: 2\n', message: /multiple documents/, excerpt: '2 | ---' },
    {
      file: 'a.yaml',
      text: '',
      message: /^this is not an event type definition$/,
      excerpt: expect.any(String),
    },
  ])('of $file is reported with its line: $text', ({ file, text, message, excerpt }) => {
    const { definitions, diagnostics } = parseDefinitions(file, text)
    expect(definitions).toEqual([])
    expect(diagnostics).toEqual(
      [
        {
          severity: 'error',
          file,
          message: expect.stringMatching(message),
          remedy: expect.any(String),
          excerpt,
        },
      ].map((diagnostic) => expect.objectContaining(diagnostic)),
    )
  })

  it.each([
    { name: 'aliases that multiply', text: bomb(12), message: /alias count/ },
    { name: 'an alias of itself', text: 'a: &a [*a]', message: /nested more than 128 levels/ },
    { name: 'nesting without end', text: `${'['.repeat(20_000)}${']'.repeat(20_000)}`, message: /./ },
  ])('is refused when it is a bomb: $name', ({ text, message }) => {
    const { definitions, diagnostics } = parseDefinitions('a.yaml', text)
    expect(definitions).toEqual([])
    expect(diagnostics[0]?.message).toMatch(message)
  })

  it('gives diagnostics and never an exception, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom('a.json', 'a.yaml'), fc.oneof(fc.string(), fc.json()), (file, text) => {
        const { definitions, diagnostics } = parseDefinitions(file, text)
        expect(definitions.length === 0 && diagnostics.length === 0).toBe(text.trim() === '[]')
      }),
    )
  })
})

/** A short YAML text that stands for 10 to the power of `levels` values. */
function bomb(levels: number): string {
  const level = (index: number) =>
    `l${index}: &l${index} [${Array(10)
      .fill(`*l${index - 1}`)
      .join(', ')}]`
  return ['l0: &l0 [x]', ...Array.from({ length: levels }, (_, index) => level(index + 1))].join('\n')
}
