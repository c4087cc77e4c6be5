import { describe, expect, it } from 'vitest'
import { type EventForm, effectiveSchema } from './effective-schema.ts'

function effective(schema: object, form: Partial<EventForm> = {}): unknown {
  const text = JSON.stringify(schema)
  return effectiveSchema({
    name: 'a',
    category: 'undefined',
    schema: { type: 'json_schema', schema: text },
    ...form,
  })
}

const uuid = '^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$'

const metadata = {
  type: 'object',
  properties: {
    occurred_at: { type: 'string' },
    eid: { type: 'string', pattern: uuid },
    event_type: { type: 'string', enum: ['a'] },
    partition: { type: 'string' },
    span_ctx: { type: 'object', additionalProperties: { type: 'string' } },
    parent_eids: { type: 'array', items: { type: 'string', pattern: uuid } },
    flow_id: { type: 'string' },
  },
  required: ['eid', 'occurred_at'],
  additionalProperties: false,
}

describe('the effective schema of an event without category', () => {
  it('is the submitted one', () => {
    expect(effective({ properties: { a: {} } })).toEqual({ properties: { a: {} } })
  })
})

describe('the effective schema of a business event', () => {
  it('adds metadata to the properties and to what is required', () => {
    expect(
      effective({ properties: { a: {} }, required: ['a'], title: 'A' }, { category: 'business' }),
    ).toEqual({
      title: 'A',
      type: 'object',
      properties: { a: {}, metadata },
      required: ['a', 'metadata'],
    })
  })

  it.each(['compact', 'compact_and_delete'] as const)('demands a compaction key for %s', (policy) => {
    expect(effective({}, { category: 'business', cleanup_policy: policy })).toMatchObject({
      properties: {
        metadata: {
          properties: { partition_compaction_key: { type: 'string', minLength: 1 } },
          required: ['eid', 'occurred_at', 'partition_compaction_key'],
        },
      },
    })
  })
})

describe('the effective schema of a data change event', () => {
  it('holds the schema as data, with its definitions at the root', () => {
    const schema = { properties: { a: { $ref: '#/definitions/d' } }, definitions: { d: { type: 'string' } } }
    expect(effective(schema, { category: 'data' })).toEqual({
      definitions: { d: { type: 'string' } },
      type: 'object',
      properties: {
        metadata,
        data_type: { type: 'string' },
        data_op: { type: 'string', enum: ['C', 'U', 'D', 'S'] },
        data: { properties: { a: { $ref: '#/definitions/d' } } },
      },
      required: ['metadata', 'data_type', 'data_op', 'data'],
      additionalProperties: false,
    })
  })

  it('keeps the draft, and references to other places than definitions', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { child: { $ref: '#' }, name: { $ref: '#/properties/title' }, title: {} },
      definitions: { d: { items: { $ref: '#/properties/title' } } },
    }
    expect(effective(schema, { category: 'data' })).toMatchObject({
      $schema: schema.$schema,
      definitions: { d: { items: { $ref: '#/properties/data/properties/title' } } },
      properties: {
        data: {
          properties: {
            child: { $ref: '#/properties/data' },
            name: { $ref: '#/properties/data/properties/title' },
          },
        },
      },
    })
  })
})

describe('a reference to another document', () => {
  it('stays what it is', () => {
    const schema = { items: { $ref: 'http://example.org/x#/y' } }
    expect(effective(schema, { category: 'data' })).toMatchObject({ properties: { data: schema } })
  })
})

describe('the effective schema in compatible mode', () => {
  const closed = (schema: object) => effective(schema, { compatibility_mode: 'compatible' })

  it.each([
    { given: {}, want: { additionalProperties: false } },
    { given: { title: 'x' }, want: { title: 'x', additionalProperties: false } },
    { given: { type: 'string' }, want: { type: 'string' } },
    { given: { enum: ['a'] }, want: { enum: ['a'], additionalProperties: false } },
    { given: { required: ['a'] }, want: { required: ['a'], additionalProperties: false } },
    {
      given: { type: ['object', 'array'] },
      want: { type: ['object', 'array'], additionalProperties: false, additionalItems: false },
    },
    { given: { minItems: 1 }, want: { minItems: 1, additionalItems: false } },
    { given: { $ref: '#/definitions/d' }, want: { $ref: '#/definitions/d' } },
    {
      given: { type: 'object', additionalProperties: true },
      want: { type: 'object', additionalProperties: false },
    },
  ])('closes $given', ({ given, want }) => {
    expect(closed(given)).toEqual(want)
  })

  it('closes schemas at every depth', () => {
    const open = { type: 'object' }
    const shut = { type: 'object', additionalProperties: false }
    expect(
      closed({
        type: 'object',
        definitions: { d: open },
        properties: { p: open, list: { items: open }, tuple: { items: [open] }, any: { anyOf: [open] } },
        dependencies: { p: open, q: ['p'] },
        patternProperties: { x: open },
      }),
    ).toEqual({
      type: 'object',
      additionalProperties: false,
      definitions: { d: shut },
      properties: {
        p: shut,
        list: { items: shut, additionalItems: false },
        tuple: { items: [shut], additionalItems: false },
        any: { anyOf: [shut] },
      },
      dependencies: { p: shut, q: ['p'] },
      patternProperties: { x: open },
    })
  })

  it('is the only mode that closes', () => {
    expect(effective({ type: 'object' }, { compatibility_mode: 'none' })).toEqual({ type: 'object' })
  })
})
