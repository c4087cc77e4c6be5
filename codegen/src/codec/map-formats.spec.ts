import { describe, expect, it } from 'vitest'
import type { SchemaNode } from '../schema/json-schema.ts'
import { resolveReferences } from '../schema/resolve-references.ts'
import { type FormatTypes, mapFormats } from './map-formats.ts'

const FORMATS: FormatTypes = { 'date-time': 'Date', date: 'Temporal.PlainDate', int64: 'bigint' }
const TIME = { type: 'string', format: 'date-time' }

function codecOf(root: SchemaNode, formats = FORMATS): unknown {
  return mapFormats(root, resolveReferences(root), formats)?.codec
}

describe('a format', () => {
  it.each([
    { place: 'a property', schema: { properties: { a: TIME } }, codec: { members: { a: { text: 'Date' } } } },
    {
      place: 'a nullable property',
      schema: { properties: { a: { type: ['integer', 'null'], format: 'int64' } } },
      codec: { members: { a: { integer: 'bigint' } } },
    },
    {
      place: 'items',
      schema: { properties: { a: { type: 'array', items: { type: 'string', format: 'date' } } } },
      codec: { members: { a: { items: { text: 'Temporal.PlainDate' } } } },
    },
    {
      place: 'a map beside names',
      schema: { properties: { a: { properties: {} } }, additionalProperties: TIME },
      codec: { members: { a: {} }, others: { text: 'Date' } },
    },
    {
      place: 'a definition that contains itself',
      schema: { properties: { a: { $ref: '#' }, b: TIME } },
      codec: { members: { a: 0, b: { text: 'Date' } } },
    },
  ])('is mapped in $place', ({ schema, codec }) => {
    expect(codecOf(schema)).toEqual([codec])
  })

  it('is written once where several places share it', () => {
    const schema = {
      properties: { a: { $ref: '#/definitions/d' }, b: { $ref: '#/definitions/d' } },
      definitions: { d: { properties: { at: TIME } } },
    }
    expect(codecOf(schema)).toEqual([{ members: { a: 1, b: 1 } }, { members: { at: { text: 'Date' } } }])
  })

  it.each([
    { place: 'alternatives', schema: { properties: { a: { anyOf: [TIME, { type: 'string' }] } } } },
    { place: 'allOf', schema: { allOf: [{ properties: { a: TIME } }] } },
    { place: 'patterns', schema: { patternProperties: { a: TIME } } },
    { place: 'tuples', schema: { properties: { a: { items: [TIME] } } } },
    { place: 'enumerations', schema: { properties: { a: { ...TIME, enum: ['2026-01-01T00:00:00Z'] } } } },
    { place: 'numbers', schema: { properties: { a: { type: 'number', format: 'int64' } } } },
    {
      place: 'a definition that alternatives use too',
      schema: {
        properties: { a: { $ref: '#/definitions/d' }, b: { oneOf: [{ $ref: '#/definitions/d' }] } },
        definitions: { d: { properties: { at: TIME } } },
      },
    },
  ])('stays what JSON has in $place', ({ schema }) => {
    expect(codecOf(schema)).toBeUndefined()
  })

  it('stays what JSON has unless it is asked for', () => {
    expect(codecOf({ properties: { a: TIME } }, { int64: 'bigint' })).toBeUndefined()
  })
})
