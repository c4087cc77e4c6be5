import { describe, expect, it } from 'vitest'
import { ignoredKeywords } from './ignored-keywords.ts'
import type { SchemaNode } from './json-schema.ts'
import { resolveReferences } from './resolve-references.ts'

const remarksOn = (schema: SchemaNode) => ignoredKeywords(schema, resolveReferences(schema))

describe('keywords that draft 4 does not have', () => {
  it.each([
    {
      where: 'in a property',
      schema: { properties: { a: { const: 1 }, b: { if: {}, contains: {} } } },
      pointer: '/properties/a/const',
      keywords: '"const", "contains", "if"',
    },
    {
      where: 'behind a reference',
      schema: { items: { $ref: '#/definitions/a' }, definitions: { a: { propertyNames: {} } } },
      pointer: '/definitions/a/propertyNames',
      keywords: '"propertyNames"',
    },
  ])('are told once when nobody checks them: $where', ({ schema, pointer, keywords }) => {
    expect(remarksOn(schema)).toMatchObject([{ pointer, message: expect.stringContaining(keywords) }])
  })

  it.each([
    {
      where: 'in a schema that says what draft it is of',
      schema: { $schema: 'http://json-schema.org/draft-07/schema#', const: 1 },
    },
    { where: 'where nothing leads to', schema: { definitions: { a: { const: 1 } } } },
    { where: 'as the name of a property', schema: { properties: { const: {} } } },
    { where: 'among values', schema: { enum: [{ const: 1 }] } },
  ])('are not remarked upon $where', ({ schema }) => {
    expect(remarksOn(schema)).toEqual([])
  })
})
