import { describe, expect, it } from 'vitest'
import { diffSchemas } from './diff-schemas.ts'

function diff(original: object, updated: object): string[] {
  const changes = diffSchemas(JSON.stringify(original), JSON.stringify(updated))
  return changes.map(({ kind, path }) => `${path} ${kind}`)
}

/** The differences of two schemas of a property `a`, without the path to it. */
function diffOf(original: unknown, updated: unknown): string[] {
  return diff({ properties: { a: original } }, { properties: { a: updated } }).map((change) =>
    change.replace('#/properties/a', '.'),
  )
}

describe('the difference between two schemas', () => {
  it.each([
    { given: { title: 'a' }, updated: { title: 'b' }, want: '#/ title-changed' },
    { given: {}, updated: { description: 'b' }, want: '#/ description-changed' },
    { given: { id: 'a', type: 'object' }, updated: { type: 'object' }, want: '#/ id-changed' },
  ])('at the root: $want', ({ given, updated, want }) => {
    expect(diff(given, updated)).toEqual([want])
  })

  it.each([
    { given: { type: 'string' }, updated: { type: 'boolean' }, want: ['. type-changed'] },
    { given: {}, updated: { type: 'string' }, want: ['. type-narrowed'] },
    { given: {}, updated: { type: 'object' }, want: [] },
    { given: {}, updated: { required: ['x'] }, want: ['./required required-array-extended'] },
    { given: { type: 'string' }, updated: {}, want: ['. type-changed'] },
    { given: { type: 'string' }, updated: { enum: ['x'] }, want: ['. type-changed'] },
    { given: { enum: ['x', 'y'] }, updated: { enum: ['y', 'x'], type: 'string' }, want: [] },
    { given: { enum: ['x'] }, updated: { enum: ['x', 'y'] }, want: ['./enum enum-array-changed'] },
    { given: { type: 'string' }, updated: { type: ['string', 'null'] }, want: ['. type-changed'] },
    {
      given: { type: ['string', 'null'] },
      updated: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
      want: ['./anyOf/1 type-changed'],
    },
    { given: { type: 'number' }, updated: { type: 'integer' }, want: [] },
  ])('of kinds $given and $updated is $want', ({ given, updated, want }) => {
    expect(diffOf(given, updated)).toEqual(want)
  })

  it.each([
    {
      given: { maxLength: 1, minLength: 1, pattern: 'a' },
      updated: { maxLength: 2, minLength: 2, pattern: 'b' },
      want: ['./maxLength attribute-value-changed'],
    },
    {
      given: { minLength: 1, pattern: 'a' },
      updated: { minLength: 2, pattern: 'b' },
      want: ['./minLength attribute-value-changed'],
    },
    { given: { pattern: 'a' }, updated: { pattern: 'b' }, want: ['./pattern attribute-value-changed'] },
    { given: { type: 'string' }, updated: { type: 'string', pattern: 'b' }, want: [] },
    { given: { format: 'date-time' }, updated: { format: 'uri' }, want: [] },
    {
      given: { maximum: 1, minimum: 0 },
      updated: { maximum: 2, minimum: 1 },
      want: ['./maximum attribute-value-changed'],
    },
    { given: { minimum: 0 }, updated: { minimum: 1 }, want: ['./minimum attribute-value-changed'] },
    { given: { multipleOf: 1 }, updated: { multipleOf: 2 }, want: ['./multipleOf attribute-value-changed'] },
    { given: { minimum: 0 }, updated: { minimum: 0, exclusiveMinimum: true }, want: [] },
  ])('of scalars $given and $updated is $want', ({ given, updated, want }) => {
    expect(diffOf(given, updated)).toEqual(want)
  })

  it.each([
    {
      given: { items: { type: 'string' } },
      updated: { items: { type: 'null' } },
      want: ['./items type-changed'],
    },
    {
      given: { items: { type: 'string' } },
      updated: { type: 'array' },
      want: ['./items schema-removed'],
    },
    { given: { items: [{}] }, updated: { items: [{}, {}] }, want: ['. number-of-items-changed'] },
    {
      given: { items: [{}, { type: 'string' }] },
      updated: { items: [{}, { type: 'null' }] },
      want: ['./items/1 type-changed'],
    },
    {
      given: { items: [{}], additionalItems: false },
      updated: { items: [{}] },
      want: ['./additionalItems additional-items-changed'],
    },
    {
      given: { items: [{}], additionalItems: {} },
      updated: { items: [{}] },
      want: ['./additionalItems schema-removed'],
    },
    {
      given: { maxItems: 1, minItems: 1, uniqueItems: true },
      updated: { maxItems: 2, minItems: 2 },
      want: [
        './maxItems attribute-value-changed',
        './minItems attribute-value-changed',
        './uniqueItems attribute-value-changed',
      ],
    },
  ])('of arrays $given and $updated is $want', ({ given, updated, want }) => {
    expect(diffOf(given, updated)).toEqual(want)
  })

  it.each([
    {
      given: { properties: { x: {}, y: {} } },
      updated: { properties: { x: {} } },
      want: ['./properties/y property-removed'],
    },
    {
      given: { properties: { x: {} } },
      updated: { properties: { x: {}, y: {} } },
      want: ['./properties properties-added'],
    },
    {
      given: { properties: { x: {} } },
      updated: { properties: { y: {} } },
      want: ['./properties/x property-removed'],
    },
    {
      given: { required: ['x'] },
      updated: { required: ['y', 'x'] },
      want: ['./required required-array-extended'],
    },
    { given: { required: ['x'] }, updated: { required: ['y'] }, want: ['./required required-array-changed'] },
    {
      given: { type: 'object' },
      updated: { additionalProperties: false },
      want: ['./additionalProperties additional-properties-changed'],
    },
    {
      given: { additionalProperties: true },
      updated: { additionalProperties: {} },
      want: ['./additionalProperties additional-properties-narrowed'],
    },
    {
      given: { additionalProperties: {} },
      updated: { type: 'object' },
      want: ['./additionalProperties schema-removed'],
    },
    {
      given: { dependencies: { x: ['y'] } },
      updated: { dependencies: { x: ['z'], y: ['x'] } },
      want: ['./dependencies/x dependency-array-changed'],
    },
    {
      given: { dependencies: { x: {} } },
      updated: { dependencies: { y: {} } },
      want: ['./dependencies dependency-schema-changed'],
    },
    {
      given: { dependencies: { x: { type: 'string' } } },
      updated: { dependencies: { x: { type: 'null' } } },
      want: ['./dependencies/x type-changed'],
    },
    {
      given: { maxProperties: 1, minProperties: 1 },
      updated: { maxProperties: 2 },
      want: ['./maxProperties attribute-value-changed', './minProperties attribute-value-changed'],
    },
    { given: { patternProperties: { a: {} } }, updated: { patternProperties: {} }, want: [] },
  ])('of objects $given and $updated is $want', ({ given, updated, want }) => {
    expect(diffOf(given, updated)).toEqual(want)
  })

  it.each([
    { given: { anyOf: [{}] }, updated: { oneOf: [{}] }, want: ['. composition-method-changed'] },
    { given: { anyOf: [{}] }, updated: { anyOf: [{}, {}] }, want: ['. sub-schema-changed'] },
    {
      given: { anyOf: [{}, { type: 'string' }] },
      updated: { anyOf: [{}, { type: 'null' }] },
      want: ['./anyOf/1 type-changed'],
    },
    {
      given: { type: 'string', maxLength: 1, oneOf: [{ enum: ['x'] }] },
      updated: { type: 'string', maxLength: 2, oneOf: [{ enum: ['y'] }] },
      want: ['./allOf/0/maxLength attribute-value-changed', './allOf/1/oneOf/0/enum enum-array-changed'],
    },
    { given: { not: { type: 'string' } }, updated: { not: { type: 'null' } }, want: [] },
  ])('of combinations $given and $updated is $want', ({ given, updated, want }) => {
    expect(diffOf(given, updated)).toEqual(want)
  })
})

describe('references', () => {
  const referring = (definition: object) => ({
    properties: { a: { $ref: '#/definitions/d', title: 'siblings do not count' } },
    definitions: { d: definition },
  })

  it('are followed', () => {
    expect(diff(referring({ type: 'string' }), referring({ type: 'null' }))).toEqual([
      '#/properties/a/$ref type-changed',
    ])
  })

  it('are not the same as what they lead to', () => {
    expect(diff(referring({}), { properties: { a: {} } })).toEqual(['#/properties/a type-changed'])
  })

  it('end where a schema contains itself', () => {
    const tree = (leaf: object) => ({ properties: { left: { $ref: '#' }, right: { $ref: '#' }, leaf } })
    expect(diff(tree({ minimum: 1 }), tree({ minimum: 2 }))).toEqual([
      '#/properties/leaf/minimum attribute-value-changed',
    ])
  })

  it('that multiply are followed in reasonable time', () => {
    const ref = (name: number) => ({ $ref: `#/definitions/d${name}` })
    const doubling = (last: object) => ({
      properties: { a: ref(0) },
      definitions: Object.fromEntries(
        [...Array(40).keys()].map((name) => [
          `d${name}`,
          name < 39 ? { properties: { a: ref(name + 1), b: ref(name + 1) } } : last,
        ]),
      ),
    })
    expect(diff(doubling({}), doubling({}))).toEqual([])
    expect(diff(doubling({}), doubling({ type: 'string' }))).toHaveLength(1_000)
  })
})
