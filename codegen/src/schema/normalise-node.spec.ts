import { describe, expect, it } from 'vitest'
import { combinesReferences, normaliseNode } from './normalise-node.ts'

const ref = { $ref: '#/definitions/a' }
const object = { type: 'object', properties: { a: {} } }

describe('a normalised schema', () => {
  it.each([
    { of: 'a reference', given: { ...ref, properties: {} }, want: ref },
    { of: 'a described reference', given: { ...ref, description: 'x' }, want: { ...ref, description: 'x' } },
    {
      of: 'a nullable schema',
      given: { type: 'string', nullable: true, description: 'x' },
      want: { description: 'x', anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    { of: 'a constant', given: { type: 'string', const: 'a' }, want: { enum: ['a'] } },
    {
      of: 'an enum with values that its type rules out',
      given: { type: ['string', 'null'], enum: ['a', null, 1] },
      want: { enum: ['a', null] },
    },
    { of: 'an enum of integers', given: { type: 'integer', enum: [1, 1.5] }, want: { enum: [1] } },
    {
      of: 'a tuple of 2020-12',
      given: { type: 'array', prefixItems: [true], items: false },
      want: { type: 'array', items: [true], additionalItems: false },
    },
    { of: 'properties without a type', given: { properties: { a: {} } }, want: object },
    { of: 'items without a type', given: { items: {} }, want: { type: 'array', items: {} } },
    {
      of: 'nothing but closedness',
      given: { additionalProperties: false },
      want: { additionalProperties: false },
    },
    { of: 'a type that JSON Schema does not know', given: { type: 'date' }, want: {} },
    {
      of: 'alternatives that only bound the value',
      given: { type: 'string', anyOf: [{ minLength: 1 }, { pattern: 'x' }] },
      want: { type: 'string' },
    },
    {
      of: 'alternatives of which one allows everything',
      given: { oneOf: [{ type: 'string' }, { required: ['a'] }] },
      want: {},
    },
    {
      of: 'alternatives beside a type',
      given: { type: 'number', anyOf: [{ enum: [1, 'a'] }, { type: 'integer' }, { type: 'string' }] },
      want: { anyOf: [{ enum: [1, 'a'], type: ['number'] }, { type: ['integer'] }] },
    },
    {
      of: 'members that only bound the value',
      given: { type: 'string', allOf: [{ minLength: 1 }, { if: {}, else: {} }] },
      want: { type: 'string' },
    },
    {
      of: 'a list of types',
      given: { ...object, type: ['object', 'null'], description: 'x' },
      want: { description: 'x', anyOf: [object, { type: 'null' }] },
    },
    {
      of: 'a list of types beside alternatives',
      given: { ...object, type: ['object', 'null'], oneOf: [ref] },
      want: { allOf: [{ anyOf: [object, { type: 'null' }] }, { anyOf: [ref] }] },
    },
    {
      of: 'a required name without a property',
      given: { ...object, required: ['b'] },
      want: { ...object, required: ['b'], properties: { a: {}, b: true } },
    },
  ])('of $of says the same in a form that becomes the right type', ({ given, want }) => {
    expect(normaliseNode(given, false)).toEqual(want)
  })

  it('of a reference in later drafts keeps what stands beside it', () => {
    const given = { ...ref, properties: { b: {} }, description: 'x' }
    expect(normaliseNode(given, true)).toEqual({
      description: 'x',
      allOf: [ref],
      type: 'object',
      properties: { b: {} },
    })
    expect(normaliseNode({ ...ref, description: 'x' }, true)).toEqual({ ...ref, description: 'x' })
  })

  it('keeps a property called __proto__', () => {
    const given = JSON.parse('{"type":"object","properties":{"__proto__":{}},"required":["b"]}')
    const { properties } = normaliseNode(given, false)
    expect(Object.keys(properties ?? {})).toEqual(['__proto__', 'b'])
  })
})

describe('the draft of a schema', () => {
  it.each([
    { $schema: 'https://json-schema.org/draft/2020-12/schema', combines: true },
    { $schema: 'https://json-schema.org/draft/2019-09/schema', combines: true },
    { $schema: 'http://json-schema.org/draft-07/schema#', combines: false },
    { $schema: undefined, combines: false },
  ])('$schema says whether a reference combines with its neighbours: $combines', ({ $schema, combines }) => {
    expect(combinesReferences({ $schema })).toBe(combines)
  })
})
