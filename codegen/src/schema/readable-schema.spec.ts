import { describe, expect, it } from 'vitest'
import { jsonText } from './json-text.ts'
import { readableSchema } from './readable-schema.ts'
import { toleratedSchema } from './tolerated-schema.ts'

const LATER = 'https://json-schema.org/draft/2020-12/schema'
const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'

describe('a schema that the broker cannot read', () => {
  it.each([{}, { $schema: 'http://json-schema.org/draft-04/schema#' }, { $schema: DRAFT_7 }])(
    'is none of a draft that it knows: %o',
    (schema) => {
      expect(readableSchema(schema)).toEqual({ schema, remarks: [] })
    },
  )

  it.each([
    {
      name: 'a list of items',
      later: { prefixItems: [{ type: 'string' }], items: false },
      readable: { items: [{ type: 'string' }], additionalItems: false },
    },
    {
      name: 'what depends on a property',
      later: { dependentRequired: { a: ['b'] }, dependentSchemas: { a: { minProperties: 2 }, c: false } },
      readable: { dependencies: { a: { allOf: [{ required: ['b'] }, { minProperties: 2 }] }, c: false } },
    },
    {
      name: 'a reference with neighbours',
      later: { $ref: '#', description: 'All.', required: ['a'] },
      readable: { description: 'All.', allOf: [{ $ref: '#' }, { required: ['a'] }] },
    },
    {
      name: 'items of which there may be none',
      later: { contains: { type: 'string' }, minContains: 0, maxContains: 2 },
      readable: { minContains: 0, maxContains: 2 },
    },
    {
      name: 'dynamic references',
      later: { $dynamicAnchor: 'me', items: { $dynamicRef: '#me', minItems: 1 } },
      readable: {
        $dynamicAnchor: 'me',
        items: { allOf: [{ $ref: '#/properties/x' }, { minItems: 1 }] },
      },
    },
    { name: 'a reference alone', later: { $ref: '#', title: 'All' }, readable: { $ref: '#', title: 'All' } },
    {
      name: 'values that look like schemas',
      later: { enum: [{ prefixItems: [1] }], properties: { prefixItems: { prefixItems: [true] } } },
      readable: { enum: [{ prefixItems: [1] }], properties: { prefixItems: { items: [true] } } },
    },
  ])('is read as one of draft 7: $name', ({ later, readable }) => {
    const { schema, remarks } = readableSchema({ $schema: LATER, properties: { x: later } })
    expect(schema).toEqual({ $schema: DRAFT_7, properties: { x: readable } })
    expect(remarks).toHaveLength(1)
  })

  it('is read as if its meta-schema had not been named, with bounds as numbers', () => {
    const { schema } = readableSchema({
      $schema: 'http://example.org/own#',
      properties: { n: { minimum: 1, exclusiveMinimum: true }, m: { maximum: 1, exclusiveMaximum: false } },
    })
    expect(schema).toEqual({
      $schema: DRAFT_7,
      properties: { n: { exclusiveMinimum: 1 }, m: { maximum: 1 } },
    })
  })

  it('loses what no earlier draft can say, and the remark says so', () => {
    const { remarks } = readableSchema({ $schema: LATER, unevaluatedProperties: false })
    expect(remarks[0]?.message).toMatch(/without unevaluatedProperties$/)
  })
})

describe('a schema that the broker refuses', () => {
  it('is tolerated without the keywords that are wrong by themselves', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', pattern: '(?!x)' }, b: { type: 'text' }, c: { minLength: 1 } },
      patternProperties: { '(?=x)': {} },
      additionalProperties: false,
    }
    expect(toleratedSchema(schema)).toEqual({
      schema: { type: 'object', properties: { a: { type: 'string' }, b: {}, c: { minLength: 1 } } },
      dropped: ['/patternProperties', '/properties/a/pattern', '/properties/b/type'],
    })
  })

  it('is tolerated with its combinators one by one', () => {
    expect(toleratedSchema({ anyOf: [{}], oneOf: [{ type: 'object' }], allOf: [true] }).schema).toEqual({
      allOf: [true, { anyOf: [{}] }, { oneOf: [{ type: 'object' }] }],
    })
  })
})

describe('the text of a schema', () => {
  it('has no integers that are longer than the broker reads', () => {
    const value = { maximum: 2 ** 63, enum: ['2', -1e30, null, true, 12], __proto__: null }
    expect(jsonText(value)).toBe('{"maximum":9.223372036854776e+18,"enum":["2",-1e+30,null,true,12]}')
  })
})
