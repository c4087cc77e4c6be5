import type { NewEventType } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintEventTypes } from './lint-event-types.ts'
import { LINT_RULES } from './lint-rules.ts'

const AUTHORIZATION = {
  admins: [{ data_type: 'service', value: 'shop' }],
  readers: [{ data_type: '*', value: '*' }],
  writers: [{ data_type: 'service', value: 'shop' }],
}

/** An event type that no rule has anything to say about. */
const GOOD = {
  name: 'order.order-placed',
  owning_application: 'shop',
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  audience: 'company-internal',
  authorization: AUTHORIZATION,
  partition_strategy: 'hash',
  partition_key_fields: ['order_number'],
  ordering_key_fields: ['order_number'],
  compatibility_mode: 'forward',
} as const

const text = { type: 'string' }

const GOOD_SCHEMA = {
  type: 'object',
  description: 'An order was placed.',
  required: ['order_number'],
  properties: {
    order_number: text,
    placed_at: { type: 'string', format: 'date-time' },
    count: { type: 'integer', format: 'int32' },
    channel: { type: 'string', 'x-extensible-enum': ['WEB', 'APP'] },
    total: {
      type: 'object',
      properties: {
        amount: { type: 'number', format: 'decimal' },
        currency: { type: 'string', format: 'iso-4217' },
      },
    },
    birthday: { type: 'string', format: 'date' },
    country_code: { type: 'string', format: 'iso-3166-alpha-2' },
    language: { type: 'string', format: 'iso-639-1' },
    locale: { type: 'string', format: 'bcp47' },
    texts: { type: 'object', description: 'By language.', additionalProperties: text },
  },
}

type Overrides = Partial<Omit<NewEventType, 'schema'>>

function lint({ overrides = {}, schema = GOOD_SCHEMA }: { overrides?: Overrides; schema?: object }) {
  const eventType = {
    ...GOOD,
    ...overrides,
    schema: { type: 'json_schema', schema: JSON.stringify(schema) },
  } as const
  return lintEventTypes([{ eventType }])
}

/** The good schema with one more property. */
const having = (name: string, schema: object) => ({
  schema: { ...GOOD_SCHEMA, properties: { ...GOOD_SCHEMA.properties, [name]: schema } },
})

const CASES: readonly { rule: string; given: Parameters<typeof lint>[0]; at: string; says: string }[] = [
  {
    rule: 'registrable',
    given: { overrides: { ordering_key_fields: ['gone'] } },
    at: '',
    says: 'the broker refuses it: ',
  },
  {
    rule: 'event-type-name',
    given: { overrides: { name: 'OrderPlaced' } },
    at: '/name',
    says: 'OrderPlaced',
  },
  {
    rule: 'category',
    given: { overrides: { category: 'undefined', enrichment_strategies: [] } },
    at: '/category',
    says: 'no metadata',
  },
  {
    rule: 'owning-application',
    given: { overrides: { owning_application: 'The Shop' } },
    at: '/owning_application',
    says: '"The Shop" is not the id',
  },
  { rule: 'audience', given: { overrides: { audience: null } }, at: '', says: 'for whom' },
  { rule: 'authorization', given: { overrides: { authorization: null } }, at: '', says: 'everybody' },
  {
    rule: 'compatibility-mode',
    given: { overrides: { compatibility_mode: 'none' } },
    at: '/compatibility_mode',
    says: 'any change',
  },
  {
    rule: 'ordering',
    given: { overrides: { ordering_key_fields: [] } },
    at: '',
    says: 'order business events',
  },
  {
    rule: 'data-partitioning',
    given: {
      overrides: {
        category: 'data',
        partition_strategy: 'random',
        ordering_key_fields: ['data.order_number'],
      },
    },
    at: '',
    says: 'any partition',
  },
  {
    rule: 'keyword-typo',
    given: having('note', { type: 'string', mexLength: 3 }),
    at: '/schema/schema/properties/note/mexLength',
    says: 'did you mean maxLength?',
  },
  {
    rule: 'required-unknown',
    given: { schema: { ...GOOD_SCHEMA, required: ['order_number', 'ordr'] } },
    at: '/schema/schema/required',
    says: '"ordr" is required and not described',
  },
  {
    rule: 'partition-key',
    given: { schema: { ...GOOD_SCHEMA, required: [] } },
    at: '/partition_key_fields',
    says: 'order_number is not required',
  },
  {
    rule: 'description',
    given: { schema: { ...GOOD_SCHEMA, description: undefined } },
    at: '/schema/schema',
    says: 'no description',
  },
  {
    rule: 'description-size',
    given: having('note', { ...text, description: 'x'.repeat(1_001) }),
    at: '/schema/schema/properties/note/description',
    says: '1001 characters',
  },
  {
    rule: 'additional-properties',
    given: { schema: { ...GOOD_SCHEMA, additionalProperties: false } },
    at: '/schema/schema/additionalProperties',
    says: 'breaking change',
  },
  {
    rule: 'property-name',
    given: having('orderNote', text),
    at: '/schema/schema/properties/orderNote',
    says: 'snake_case',
  },
  {
    rule: 'enum-value',
    given: having('state', { 'x-extensible-enum': ['OPEN', 'in-work'] }),
    at: '/schema/schema/properties/state/x-extensible-enum',
    says: '"in-work"',
  },
  {
    rule: 'time-name',
    given: having('shipped', { type: 'string', format: 'date-time' }),
    at: '/schema/schema/properties/shipped',
    says: 'does not say that it is a time',
  },
  {
    rule: 'secret-name',
    given: having('user_password', text),
    at: '/schema/schema/properties/user_password',
    says: 'sounds like a secret',
  },
  {
    rule: 'extensible-enum',
    given: having('state', { type: 'string', enum: ['OPEN', 'PAID'] }),
    at: '/schema/schema/properties/state/enum',
    says: 'breaks consumers',
  },
  {
    rule: 'number-format',
    given: having('weight', { type: 'number' }),
    at: '/schema/schema/properties/weight/type',
    says: 'has no format',
  },
  {
    rule: 'time-format',
    given: having('shipped_at', { type: 'integer', format: 'int64' }),
    at: '/schema/schema/properties/shipped_at/type',
    says: 'is a number',
  },
  {
    rule: 'standard-format',
    given: having('country', text),
    at: '/schema/schema/properties/country',
    says: 'iso-3166',
  },
  {
    rule: 'money',
    given: having('price', { type: 'number', format: 'decimal' }),
    at: '/schema/schema/properties/price',
    says: 'money without a currency',
  },
  {
    rule: 'id-text',
    given: having('customer_id', { type: 'integer', format: 'int64' }),
    at: '/schema/schema/properties/customer_id/type',
    says: 'is a number',
  },
  {
    rule: 'needless-null',
    given: having('gift', { type: ['boolean', 'null'] }),
    at: '/schema/schema/properties/gift/type',
    says: 'the boolean may be null',
  },
]

describe('the rules for event types', () => {
  it('have nothing to say about a good one', () => {
    expect(lint({})).toEqual([])
  })

  it.each(CASES)(
    'of which $rule finds what it is there for, and no other finds anything',
    ({ rule, given, at, says }) => {
      const found = lint(given)
      expect(found.map((finding) => finding.rule)).toEqual([rule])
      expect(found[0]).toMatchObject({ pointer: at, message: expect.stringContaining(says) })
    },
  )

  it('are all shown by a case, and each has a word of its own, a summary and a remedy', () => {
    expect(CASES.map(({ rule }) => rule).sort()).toEqual(LINT_RULES.map(({ id }) => id).sort())
    for (const { id, summary, remedy } of LINT_RULES) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(summary).toMatch(/^[A-Z].*\.$/)
      expect(remedy).toMatch(/^[A-Z].*\.$/)
    }
  })

  it.each([
    { type: 'object', properties: { a: text }, additionalProperties: text },
    { type: 'object', additionalProperties: true },
  ])('take %j for no map', (note) => {
    expect(lint(having('note', note)).map(({ rule }) => rule)).toEqual(['additional-properties'])
  })

  it('leave enumerations alone where the broker refuses keywords of one’s own', () => {
    const schema = {
      ...GOOD_SCHEMA,
      properties: { order_number: text, state: { type: 'string', enum: ['A', 'B'] } },
    }
    expect(lint({ schema, overrides: { compatibility_mode: 'compatible' } })).toEqual([])
  })

  it.each([
    { name: 'is not described', keys: ['gone'], want: ['the key gone is not described in the schema'] },
    {
      name: 'is optional within an object',
      keys: ['total.currency'],
      want: ['the key total.currency is not required in the schema'],
    },
    { name: 'is metadata', keys: ['metadata.eid'], want: [] },
  ])('say of a partition key that $name: $want', ({ keys, want }) => {
    const schema = { ...GOOD_SCHEMA, required: ['order_number', 'total'] }
    expect(lint({ schema, overrides: { partition_key_fields: keys } }).map(({ message }) => message)).toEqual(
      want,
    )
  })

  it.each(['tsType', 'tsAdditionalProperties', 'javaType', 'note', 'x-maxlength'])(
    'take %s for a keyword of one’s own and not for a mistake',
    (keyword) => {
      expect(lint(having('text', { ...text, [keyword]: 'x' }))).toEqual([])
    },
  )

  it.each(['secret_type', 'password_changed_at', 'tokens'])('do not take %s for a secret', (name) => {
    expect(lint(having(name, { type: 'string', format: 'date-time' })).map(({ rule }) => rule)).not.toContain(
      'secret-name',
    )
  })

  it('look into definitions, members and items', () => {
    const schema = { ...GOOD_SCHEMA, definitions: { a: { items: { anyOf: [{ properties: { B: {} } }] } } } }
    expect(lint({ schema })).toMatchObject([
      { pointer: '/schema/schema/definitions/a/items/anyOf/0/properties/B' },
    ])
  })

  it.each(['{', '[]', '"x"'])('say of a schema like %s that the broker refuses it', (schema) => {
    const eventType = { ...GOOD, schema: { type: 'json_schema', schema } } as const
    expect(lintEventTypes([{ eventType }]).map(({ rule }) => rule)).toEqual(['registrable'])
  })
})

describe('any schema', () => {
  const keyword = fc.constantFrom(
    'properties',
    'items',
    'anyOf',
    'enum',
    'type',
    'required',
    'format',
    '__proto__',
  )
  const schema = fc.dictionary(keyword, fc.jsonValue()).map((value) => JSON.stringify(value))

  it('is looked at without harm, and every finding has a place', () => {
    fc.assert(
      fc.property(schema, (text) => {
        const eventType = { ...GOOD, schema: { type: 'json_schema', schema: text } } as const
        for (const { pointer } of lintEventTypes([{ eventType }])) expect(pointer).toMatch(/^(\/|$)/)
      }),
    )
  })

  it('that is too deep is left to the generator', () => {
    const deep = `${'{"items":'.repeat(5_000)}{}${'}'.repeat(5_000)}`
    const eventType = { ...GOOD, schema: { type: 'json_schema', schema: deep } } as const
    expect(lintEventTypes([{ eventType }], { registrable: 'off' })).toEqual([])
  })
})

describe('a finding', () => {
  const eventType = {
    ...GOOD,
    audience: null,
    schema: { type: 'json_schema', schema: '{"description":"x","mexLength":1}' },
  } as const
  const quiet = { registrable: 'off', 'partition-key': 'off' } as const

  it('has the level that was chosen for its rule, or is not there', () => {
    const levels = { ...quiet, audience: 'error', 'keyword-typo': 'off' } as const
    expect(lintEventTypes([{ eventType }], levels)).toMatchObject([{ rule: 'audience', severity: 'error' }])
  })

  it('points into the file that the definition and its schema are in', () => {
    const origin = { file: 'all.yaml', schemaPointer: '/1/schema/schema' }
    expect(lintEventTypes([{ eventType, origin }], quiet)).toMatchObject([
      { rule: 'audience', file: 'all.yaml', pointer: '/1' },
      { rule: 'keyword-typo', file: 'all.yaml', pointer: '/1/schema/schema/mexLength' },
    ])
  })
})
