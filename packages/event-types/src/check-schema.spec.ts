import { describe, expect, it } from 'vitest'
import { checkSchema, type SchemaCandidate } from './check-schema.ts'

function check(schema: object | string, changes: Partial<SchemaCandidate> = {}): string | undefined {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema)
  return checkSchema({
    name: 'a',
    category: 'undefined',
    schema: { type: 'json_schema', schema: text },
    ...changes,
  })
}

describe('a schema', () => {
  it.each([
    {},
    { type: 'object', properties: { a: { type: ['string', 'null'] } } },
    { $schema: 'http://json-schema.org/draft-04/schema#' },
    { $schema: 'http://json-schema.org/draft-06/schema#', properties: { a: { exclusiveMinimum: 1 } } },
    { $schema: 'http://json-schema.org/draft-07/schema', if: { required: ['a'] } },
    { properties: { a: { $ref: '#/x-parts/a%20b' } }, 'x-parts': { 'a b': {} } },
    { properties: { a: { $ref: '#/x-parts/b~1c~0d/0' } }, 'x-parts': { 'b/c~d': [{}] } },
    { properties: { a: { $ref: '#' }, b: { items: { $ref: '#/properties/a' } } } },
    { definitions: { unused: { type: 'nonsense' } } },
    { properties: { a: { type: 'string', required: true, format: 'unheard-of' } } },
  ])('is accepted: %j', (schema) => {
    expect(check(schema)).toBeUndefined()
  })

  it('may define metadata unless the category is business', () => {
    const schema = { properties: { metadata: {} } }
    expect(check(schema)).toBeUndefined()
    expect(check(schema, { category: 'data' })).toBeUndefined()
    expect(check(schema, { category: 'business' })).toBe('"metadata" property is reserved')
  })

  it.each([
    { given: '{', want: /^schema must be a valid json: Unexpected end of data at pos 1$/ },
    { given: '{"a":1,"a":2}', want: /^schema must be a valid json: Duplicate key "a"$/ },
    { given: '{} {}', want: /^schema must be a valid json: Unexpected symbol '\{' at pos 4$/ },
    { given: '[]', want: /^schema must be a valid json: / },
    { given: { type: 'string' }, want: /^"type" of root element in schema can only be "object"$/ },
    { given: { type: ['object'] }, want: /^"type" of root element in schema can only be "object"$/ },
    {
      given: { $schema: 'http://example.org/x' },
      want: /^could not determine schema version: no meta-schema is known with URL \[http:\/\/example.org\/x\]$/,
    },
    {
      given: { properties: { a: { $ref: 'http://example.org/x#/a' } } },
      want: /^external url reference is not supported: http:\/\/example.org\/x#\/a$/,
    },
    {
      given: { properties: { a: { $ref: '#/definitions/x' } } },
      want: /^schema must be a valid json-schema: #\/properties\/a: failed to resolve JSON pointer \[#\/definitions\/x\]/,
    },
    {
      given: { properties: { a: { type: 'strin' } } },
      want: /^schema must be a valid json-schema: #\/properties\/a: unknown type: \[strin\]$/,
    },
    {
      given: { properties: { a: 5 } },
      want: /#\/properties\/a: expected type is one of Boolean or JsonObject/,
    },
    { given: { properties: { a: { type: [] } } }, want: /#\/properties\/a: no type$/ },
    { given: { properties: [] }, want: /#\/properties: expected type: JsonObject/ },
    { given: { required: ['a', 5] }, want: /#\/required: expected type: JsonArray of String/ },
    { given: { items: { minLength: 1.5 } }, want: /#\/items\/minLength: expected type: Integer/ },
    { given: { allOf: [], oneOf: [] }, want: /expected at most 1 of 'allOf', 'anyOf', 'oneOf', 2 found$/ },
    {
      given: { properties: { a: { pattern: 'a(?=b)' } } },
      want: /^invalid regex pattern in the schema: invalid or unsupported Perl syntax "\(\?="$/,
    },
    { given: { patternProperties: { '(a)\\1': {} } }, want: /^invalid regex pattern in the schema: / },
  ])('is refused: $given', ({ given, want }) => {
    expect(check(given)).toMatch(want)
  })

  it('is only parsed when it is Avro', () => {
    const avro = (schema: string) => check('', { schema: { type: 'avro_schema', schema } })
    expect(avro('"string"')).toBeUndefined()
    expect(avro('"x"')).toBe('failed to parse avro schema Undefined name: "x"')
    expect(avro('{')).toMatch(/^failed to parse avro schema ./)
  })
})

describe('the fields that an event type refers to', () => {
  const schema = {
    properties: {
      order: { $ref: '#/definitions/order' },
      x: { anyOf: [{ properties: { y: {} } }, {}] },
    },
    definitions: { order: { properties: { id: {} }, patternProperties: { '^p_': {} } } },
  }

  it('are defined by properties, patterns, references and combinators', () => {
    const keys = ['order.id', 'order.p_1', 'x.y']
    expect(check(schema, { ordering_key_fields: keys, ordering_instance_ids: ['order'] })).toBeUndefined()
  })

  it('include those that the category adds', () => {
    expect(check(schema, { category: 'data', ordering_key_fields: ['data.order.id'] })).toBeUndefined()
    expect(check(schema, { category: 'business', ordering_key_fields: ['metadata.eid'] })).toBeUndefined()
  })

  it('are named when they are absent', () => {
    expect(check(schema, { ordering_key_fields: ['order', 'a', 'order.b'] })).toBe(
      'ordering_key_fields [a, order.b] absent in schema',
    )
    expect(check(schema, { event_owner_selector: { type: 'path', name: 'n', value: 'a' } })).toBe(
      'event_owner_selector.value [a] absent in schema',
    )
    expect(check(schema, { event_owner_selector: { type: 'static', name: 'n', value: 'a' } })).toBeUndefined()
  })

  it('include ordering keys when there are ordering instances', () => {
    expect(check(schema, { ordering_instance_ids: ['order'] })).toBe(
      '`ordering_instance_ids` field can not be defined without defining `ordering_key_fields`',
    )
  })
})

describe('a schema in compatible mode', () => {
  const compatible = (schema: object) => check(schema, { compatibility_mode: 'compatible' })

  it('may use the keywords of draft-04', () => {
    const schema = {
      type: 'object',
      title: 'A',
      properties: {
        a: { type: 'string', format: 'date-time', default: 'x' },
        b: { $ref: '#/definitions/b' },
      },
      definitions: { b: { enum: [1], description: 'B' } },
      required: [],
      patternProperties: { x: {} },
    }
    expect(compatible(schema)).toBeUndefined()
  })

  it.each(['not', 'additionalItems', 'const', 'x-example', 'readOnly', 'examples'])(
    'may not use %s',
    (keyword) => {
      expect(compatible({ properties: { a: { [keyword]: {} } } })).toBe(
        `Invalid schema: Invalid schema found in [#/properties/a]: extraneous key [${keyword}] is not permitted`,
      )
    },
  )
})

describe('a schema that costs too much', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { properties: { x: nested(depth - 1) } })
  const chain = (length: number, link: (next: object) => object): object => {
    const names = [...Array(length).keys()]
    const definitions = names.map((name) => [
      `d${name}`,
      name + 1 < length ? link({ $ref: `#/definitions/d${name + 1}` }) : {},
    ])
    return { properties: { x: { $ref: '#/definitions/d0' } }, definitions: Object.fromEntries(definitions) }
  }

  it.each([
    { what: 'long', given: JSON.stringify({ title: 'x'.repeat(300_000) }), want: /^schema too large/ },
    { what: 'deep', given: '['.repeat(100_000) + ']'.repeat(100_000), want: /^schema too deep/ },
    { what: 'nested', given: nested(65), want: /^schema too deep/ },
    {
      what: 'wide',
      given: { properties: Object.fromEntries([...Array(1_101).keys()].map((name) => [`p${name}`, {}])) },
      want: /^schema too complex/,
    },
    {
      what: 'long enum',
      given: { properties: { x: { enum: [...Array(1_001).keys()] } } },
      want: /more than 1000/,
    },
    { what: 'many members', given: { anyOf: Array(251).fill({}) }, want: /^schema too complex/ },
    { what: 'doubling', given: chain(30, (next) => ({ allOf: [next, next] })), want: /^schema too complex/ },
    { what: 'circular', given: { allOf: [{ $ref: '#' }] }, want: /^schema refers to itself without end/ },
    { what: 'long chain', given: chain(300, (next) => next), want: /^schema too deep/ },
  ])('is refused when it is $what', ({ given, want }) => {
    expect(check(given)).toMatch(want)
  })

  it('is accepted up to the limits', () => {
    expect(check(nested(64))).toBeUndefined()
    expect(check(chain(500, (next) => ({ properties: { x: next } })))).toBeUndefined()
    expect(
      check({ properties: Object.fromEntries([...Array(1_000).keys()].map((name) => [`p${name}`, {}])) }),
    ).toBeUndefined()
  })
})
