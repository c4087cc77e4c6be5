import { describe, expect, it } from 'vitest'
import { generate } from './generate.ts'

function define(schema: object) {
  const eventType = {
    name: 'order.placed',
    owning_application: 'shop',
    category: 'undefined' as const,
    schema: { type: 'json_schema' as const, schema: JSON.stringify(schema) },
  }
  return [{ eventType }]
}

const named = (length: number, schema: (index: number) => object): object =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`p${index}`, schema(index)]))

describe('a schema that is too large for the broker', () => {
  it.each([
    { what: 'its text', schema: { type: 'object', description: 'x'.repeat(300_000) }, says: 'too large' },
    {
      what: 'its parts',
      schema: { type: 'object', properties: named(2_600, () => ({})) },
      says: 'too complex',
    },
    {
      what: 'an enum',
      schema: { type: 'object', properties: { a: { enum: Object.keys(named(1_100, () => ({}))) } } },
      says: 'more than 1000 values',
    },
  ])('for $what becomes code all the same, with a warning', async ({ schema, says }) => {
    const { files, diagnostics, proof } = await generate(define(schema))
    expect(files.map(({ path }) => path)).toEqual([
      'examples.ts',
      'index.ts',
      'order-placed.examples.ts',
      'order-placed.ts',
      'order-placed.validator.ts',
      'validators.ts',
    ])
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
    expect(diagnostics[0]?.message).toMatch(
      /^the broker would refuse the schema: .*; code is made of it all the same$/,
    )
    expect(diagnostics[0]?.message).toContain(says)
    expect(proof).toMatchObject({ accepted: proof.documents, refused: proof.mutants })
  })

  it('has a validator that checks what the broker would have checked', async () => {
    const schema = { type: 'object', properties: named(2_600, (index) => ({ enum: [`v${index}`] })) }
    const { proof } = await generate(define(schema))
    expect(proof.mutants).toBeGreaterThan(0)
    expect(proof.refused).toBe(proof.mutants)
  })
})

describe('keywords of later drafts that the broker ignores', () => {
  it('count for the samples that types are tried on', async () => {
    const list = {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
      prefixItems: [{ type: 'object', required: ['kind'], properties: { kind: { enum: ['hash'] } } }],
    }
    const { diagnostics, proof } = await generate(
      define({ type: 'object', required: ['list'], properties: { list } }),
    )
    expect(diagnostics).toEqual([])
    expect(proof.accepted).toBe(proof.documents)
  })
})

describe('a validator that cannot be tried in time', () => {
  it('is a remark, and not a validator that is wrong', async () => {
    const examples = [`${'a'.repeat(60)}!`, 'a'.repeat(60)]
    const { diagnostics, proof } = await generate(
      define({
        $schema: 'http://json-schema.org/draft-07/schema#',
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', pattern: '^(a|a)*$', examples } },
      }),
    )
    expect(diagnostics.map(({ message }) => message).join()).not.toContain('disagree')
    expect(proof.refused).toBe(proof.mutants)
  })
})
