import { describe, expect, it } from 'vitest'
import type { EventForm } from './effective-schema.ts'
import { createEventValidator, type EventValidator } from './event-validator.ts'

function validator(schema: object, form: Partial<EventForm> = {}): EventValidator {
  const text = JSON.stringify(schema)
  return createEventValidator({
    name: 'order.placed',
    category: 'undefined',
    schema: { type: 'json_schema', schema: text },
    ...form,
  })
}

const draft7 = 'http://json-schema.org/draft-07/schema#'
const metadata = { eid: 'd9b2d63d-a233-4123-847a-1f9c3f9e5f4e', occurred_at: '2024-01-01T00:00:00Z' }

describe('a valid event', () => {
  it('of each category has no violation', () => {
    const schema = { properties: { id: { type: 'string' } } }
    expect(validator(schema)({ id: 'a' })).toBeUndefined()
    expect(validator(schema, { category: 'business' })({ id: 'a', metadata })).toBeUndefined()
    const change = { metadata, data_type: 'order', data_op: 'C', data: { id: 'a' } }
    expect(validator(schema, { category: 'data' })(change)).toBeUndefined()
  })

  it('may have more than the schema lists, unless the mode is compatible', () => {
    const schema = { type: 'object', properties: {} }
    expect(validator(schema)({ more: 1 })).toBeUndefined()
    expect(validator(schema, { compatibility_mode: 'compatible' })({ more: 1 })).toBe(
      '#: extraneous key [more] is not permitted',
    )
  })
})

describe('the detail of a single violation', () => {
  it.each([
    { schema: { required: ['x'] }, value: {}, want: '#: required key [x] not found' },
    {
      schema: { additionalProperties: false },
      value: { x: 1 },
      want: '#: extraneous key [x] is not permitted',
    },
    { schema: { minProperties: 1 }, value: {}, want: '#: minimum size: [1], found: [0]' },
    { schema: { maxProperties: 0 }, value: { a: 1 }, want: '#: maximum size: [0], found: [1]' },
    { schema: { dependencies: { a: ['b'] } }, value: { a: 1 }, want: '#: property [b] is required' },
    {
      schema: { dependencies: { a: { required: ['b'] } } },
      value: { a: 1 },
      want: '#: required key [b] not found',
    },
    {
      schema: { additionalProperties: { type: 'null' } },
      value: { a: 1 },
      want: '#/a: expected: null, found: Integer',
    },
    {
      schema: { patternProperties: { '^a': { type: 'string' } } },
      value: { ab: 1 },
      want: '#/ab: expected type: String, found: Integer',
    },
  ])('of an object: $want', ({ schema, value, want }) => {
    expect(validator(schema)(value)).toBe(want)
  })

  it.each([
    { schema: { type: 'string' }, value: 1, want: 'expected type: String, found: Integer' },
    { schema: { type: 'string' }, value: 3_000_000_000, want: 'expected type: String, found: Long' },
    { schema: { type: 'string' }, value: 1.5, want: 'expected type: String, found: Double' },
    { schema: { type: 'string' }, value: null, want: 'expected type: String, found: Null' },
    { schema: { type: 'string' }, value: true, want: 'expected type: String, found: Boolean' },
    { schema: { type: 'number' }, value: '1', want: 'expected type: Number, found: String' },
    { schema: { type: 'integer' }, value: '1', want: 'expected type: Number, found: String' },
    { schema: { type: 'integer' }, value: 1.5, want: 'expected type: Integer, found: Double' },
    { schema: { type: 'boolean' }, value: [], want: 'expected type: Boolean, found: JSONArray' },
    { schema: { type: 'object' }, value: [], want: 'expected type: JSONObject, found: JSONArray' },
    { schema: { type: 'array' }, value: {}, want: 'expected type: JSONArray, found: JSONObject' },
    { schema: { type: 'null' }, value: 'a', want: 'expected: null, found: String' },
    { schema: { enum: ['a', 1] }, value: 'b', want: 'b is not a valid enum value' },
    { schema: { enum: ['a'] }, value: { b: [null] }, want: '{"b":[null]} is not a valid enum value' },
    { schema: { minLength: 2 }, value: '\u{1f600}', want: 'expected minLength: 2, actual: 1' },
    { schema: { maxLength: 1 }, value: 'ab', want: 'expected maxLength: 1, actual: 2' },
    { schema: { pattern: '^a' }, value: 'ba', want: 'string [ba] does not match pattern ^a' },
    { schema: { minimum: 1.5 }, value: 1, want: '1 is not greater or equal to 1.5' },
    { schema: { maximum: 1 }, value: 1.25, want: '1.25 is not less or equal to 1' },
    { schema: { minimum: 1, exclusiveMinimum: true }, value: 1, want: '1 is not greater than 1' },
    { schema: { maximum: 1, exclusiveMaximum: true }, value: 1, want: '1 is not less than 1' },
    { schema: { multipleOf: 0.01 }, value: 19.995, want: '19.995 is not a multiple of 0.01' },
    { schema: { minItems: 1 }, value: [], want: 'expected minimum item count: 1, found: 0' },
    { schema: { maxItems: 0 }, value: [1], want: 'expected maximum item count: 0, found: 1' },
    {
      schema: { uniqueItems: true },
      value: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      want: 'array items are not unique',
    },
    {
      schema: { items: [{}], additionalItems: false },
      value: [1, 2],
      want: 'expected: [1] array items, found: [2]',
    },
    {
      schema: { not: { type: 'string' } },
      value: 'a',
      want: 'subject must not be valid against schema {"type":"string"}',
    },
    { schema: { format: 'email' }, value: 'a', want: '[a] is not a valid email address' },
  ])('of a value: $want', ({ schema, value, want }) => {
    expect(validator({ properties: { x: schema } })({ x: value })).toBe(`#/x: ${want}`)
  })
})

describe('the detail of several violations', () => {
  it('counts them and lists them in the order of the keywords', () => {
    const schema = {
      properties: { c: { type: 'string' } },
      required: ['a', 'b'],
      additionalProperties: false,
    }
    expect(validator(schema)({ c: 1, d: 1 })).toBe(
      [
        '#: 4 schema violations found',
        '#: required key [a] not found',
        '#: required key [b] not found',
        '#: extraneous key [d] is not permitted',
        '#/c: expected type: String, found: Integer',
      ].join('\n'),
    )
  })

  it('nests: a member with several violations has a line of its own', () => {
    const schema = { properties: { a: { required: ['x', 'y'] } }, required: ['b'] }
    expect(validator(schema)({ a: {} })).toBe(
      [
        '#: 3 schema violations found',
        '#: required key [b] not found',
        '#/a: 2 schema violations found',
        '#/a: required key [x] not found',
        '#/a: required key [y] not found',
      ].join('\n'),
    )
  })

  it('escapes names in pointers, once more for each level of causes', () => {
    const schema = { properties: { 'a/b': { items: { type: 'string' } } } }
    expect(validator(schema)({ 'a/b': [1, 2] })).toBe(
      [
        '#/a~1b: 2 schema violations found',
        '#/a~01b/0: expected type: String, found: Integer',
        '#/a~01b/1: expected type: String, found: Integer',
      ].join('\n'),
    )
  })
})

describe('the detail of combined schemas', () => {
  it.each([
    {
      schema: { anyOf: [{ type: 'string' }, { minimum: 5 }] },
      want: [
        '#/x: #: no subschema matched out of the total 2 subschemas',
        '#/x: expected type: String, found: Integer',
        '#/x: 1 is not greater or equal to 5',
      ],
    },
    { schema: { oneOf: [{}, {}] }, want: ['#/x: #: 2 subschemas matched instead of one'] },
    {
      schema: { allOf: [{ type: 'null' }, {}] },
      want: ['#/x: #: only 1 subschema matches out of 2', '#/x: expected: null, found: Integer'],
    },
    {
      schema: { type: ['string', 'null'] },
      want: [
        '#/x: #: no subschema matched out of the total 2 subschemas',
        '#/x: expected type: String, found: Integer',
        '#/x: expected: null, found: Integer',
      ],
    },
    {
      schema: { minimum: 2, anyOf: [{ minimum: 3 }] },
      want: [
        '#/x: #: only 0 subschema matches out of 2',
        '#/x: 1 is not greater or equal to 2',
        '#/x: #: no subschema matched out of the total 1 subschemas',
        '#/x: 1 is not greater or equal to 3',
      ],
    },
  ])('tells how many matched: $schema', ({ schema, want }) => {
    expect(validator({ properties: { x: schema } })({ x: 1 })).toBe(want.join('\n'))
  })
})

describe('the keywords of later drafts', () => {
  it.each([
    { schema: { const: 1 }, value: 2, want: '#/x: ' },
    { schema: { exclusiveMinimum: 2 }, value: 2, want: '#/x: 2 is not greater than 2' },
    {
      schema: { contains: { type: 'string' } },
      value: [1],
      want: "#/x: expected at least one array item to match 'contains' schema",
    },
    {
      schema: { propertyNames: { maxLength: 1 } },
      value: { ab: 1 },
      want: '#/x/ab: expected maxLength: 1, actual: 2',
    },
    { schema: false, value: 1, want: '#/x: false schema always fails' },
    {
      schema: { if: { type: 'string' }, else: { type: 'null' } },
      value: 1,
      want: '#/x: input is invalid against the "else" schema\n#/x: expected: null, found: Integer',
    },
  ])('count when the schema declares the draft: $schema', ({ schema, value, want }) => {
    expect(validator({ $schema: draft7, properties: { x: schema } })({ x: value })).toBe(want)
  })

  it('are only remarks in draft-04, the default', () => {
    const schema = { properties: { x: { const: 1, if: {}, else: false } } }
    expect(validator(schema)({ x: 2 })).toBeUndefined()
  })
})

describe('the way a schema is read', () => {
  it('lets enum outweigh what stands beside it', () => {
    expect(validator({ properties: { x: { type: 'integer', enum: ['a'] } } })({ x: 'a' })).toBeUndefined()
  })

  it('ignores what stands beside a reference', () => {
    const schema = {
      properties: { x: { $ref: '#/definitions/d', minLength: 9 } },
      definitions: { d: { type: 'string' } },
    }
    expect(validator(schema)({ x: 'a' })).toBeUndefined()
    expect(validator(schema)({ x: 1 })).toBe('#/x: expected type: String, found: Integer')
  })

  it('takes the keywords of one kind when there is no type', () => {
    expect(validator({ properties: { x: { propertyNames: {}, minLength: 9 } } })({ x: 'a' })).toBe(
      '#/x: expected minLength: 9, actual: 1',
    )
    expect(validator({ properties: { x: { items: {}, minLength: 9 } } })({ x: 'a' })).toBeUndefined()
  })

  it('follows recursive schemas', () => {
    const isValid = validator({ properties: { child: { $ref: '#' }, name: { type: 'string' } } })
    expect(isValid({ child: { child: { name: 'a' } } })).toBeUndefined()
    expect(isValid({ child: { child: { name: 1 } } })).toBe(
      '#/child/child/name: expected type: String, found: Integer',
    )
  })

  it('compares money in decimal notation', () => {
    expect(validator({ properties: { x: { multipleOf: 0.01 } } })({ x: 19.99 })).toBeUndefined()
  })

  it('checks wide objects like all others', () => {
    const properties = Object.fromEntries(
      [...Array(500).keys()].map((name) => [`p${name}`, { type: 'string' }]),
    )
    const isValid = validator({ properties, additionalProperties: false })
    expect(isValid({ p0: 'a', p499: 'b' })).toBeUndefined()
    expect(isValid({ p499: 1 })).toBe('#/p499: expected type: String, found: Integer')
    expect(isValid({ p500: 'a' })).toBe('#: extraneous key [p500] is not permitted')
  })
})

describe('the metadata of an event', () => {
  const business = validator({}, { category: 'business' })

  it.each([
    { given: {}, want: '#: required key [metadata] not found' },
    {
      given: { metadata: { ...metadata, eid: 'x' } },
      want: '#/metadata/eid: string [x] does not match pattern',
    },
    {
      given: { metadata: { ...metadata, event_type: 'x' } },
      want: '#/metadata/event_type: x is not a valid enum value',
    },
    {
      given: { metadata: { ...metadata, version: '1' } },
      want: '#/metadata: extraneous key [version] is not permitted',
    },
    {
      given: { metadata: { ...metadata, partition_compaction_key: 'k' } },
      want: '#/metadata: extraneous key [partition_compaction_key] is not permitted',
    },
  ])('is checked: $want', ({ given, want }) => {
    expect(business(given)).toContain(want)
  })

  it('needs a time of occurrence by RFC 3339', () => {
    expect(business({ metadata: { ...metadata, occurred_at: '2024-01-01' } })).toBe(
      "#/metadata/occurred_at:must be a valid date-time Text '2024-01-01' could not be parsed at index 10",
    )
  })

  it('needs a compaction key for compacted event types', () => {
    const compacted = validator({}, { category: 'business', cleanup_policy: 'compact' })
    expect(compacted({ metadata })).toBe('#/metadata: required key [partition_compaction_key] not found')
    expect(compacted({ metadata: { ...metadata, partition_compaction_key: 'k' } })).toBeUndefined()
  })
})

describe('an event type with an Avro schema', () => {
  it('has no valid JSON events', () => {
    const validate = validator({}, { schema: { type: 'avro_schema', schema: '{}' } })
    expect(validate({})).toBe('No json_schema found for event type: order.placed')
  })
})
