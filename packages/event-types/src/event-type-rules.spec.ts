import type { NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { checkEventType } from './check-event-type.ts'
import { checkEventTypeRules, type EventTypeDemands } from './event-type-rules.ts'

const business: NewEventType = {
  name: 'a',
  owning_application: 'shop',
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  schema: { type: 'json_schema', schema: '{}' },
}
const plain: NewEventType = { ...business, category: 'undefined', enrichment_strategies: [] }

describe('an event type that follows the rules', () => {
  it.each([
    business,
    plain,
    { ...business, category: 'data', partition_strategy: 'hash', partition_key_fields: ['id'] },
    { ...business, partition_strategy: 'user_defined', cleanup_policy: 'compact' },
    { ...business, options: { retention_time: 10_800_000 } },
    { ...business, options: { retention_time: 345_600_000 } },
  ] as const)('may be created (%#)', (eventType) => {
    expect(checkEventTypeRules(eventType)).toBeUndefined()
  })
})

describe('an event type that breaks a rule', () => {
  const admin = { data_type: 'user', value: 'a' }
  const cases: readonly { given: NewEventType; want: string }[] = [
    {
      given: { ...business, options: { retention_time: 345_600_001 } },
      want: 'Field "options.retention_time" can not be more than 345600000',
    },
    {
      given: { ...business, options: { retention_time: 10_799_999 } },
      want: 'Field "options.retention_time" can not be less than 10800000',
    },
    {
      given: { ...business, annotations: { 'datalake.zalando.org/materialize-events': 'yes' } },
      want: 'Annotation datalake.zalando.org/materialize-events is not valid. Provided value: "yes". Possible values are: "on" or "off".',
    },
    {
      given: { ...business, schema: { type: 'json_schema', schema: '{"type":"array"}' } },
      want: '"type" of root element in schema can only be "object"',
    },
    {
      given: { ...plain, cleanup_policy: 'compact_and_delete' },
      want: "cleanup_policy 'compact' and 'compact_and_delete' is not available for 'undefined' event type category",
    },
    {
      given: { ...plain, enrichment_strategies: ['metadata_enrichment'] },
      want: 'must not define enrichment strategy for undefined event type',
    },
    {
      given: { ...business, enrichment_strategies: ['metadata_enrichment', 'metadata_enrichment'] },
      want: 'enrichment strategies must not contain duplicated entries',
    },
    { given: { ...business, enrichment_strategies: [] }, want: 'must define metadata enrichment strategy' },
    {
      given: { ...business, partition_strategy: 'hash' },
      want: "partition_key_fields field should be set for partition strategy 'hash'",
    },
    {
      given: { ...plain, partition_strategy: 'user_defined' },
      want: "'user_defined' partition strategy can't be used for EventType of category 'undefined'",
    },
    {
      given: {
        ...business,
        authorization: { admins: [admin, admin], readers: [admin], writers: [admin, admin] },
      },
      want:
        "authorization property 'ADMIN' contains duplicated attribute(s): user:a; " +
        "authorization property 'WRITE' contains duplicated attribute(s): user:a",
    },
    {
      given: { ...business, event_owner_selector: { type: 'metadata', name: 'n', value: 'v' } },
      want: "event_owner_selector specifying value for type 'metadata' is not supported",
    },
  ]

  it.each(cases)('is refused: $want', ({ given, want }) => {
    expect(checkEventTypeRules(given)).toBe(want)
  })

  it('is refused for the rule that comes first', () => {
    const wrong = { ...plain, cleanup_policy: 'compact', partition_strategy: 'hash' } as const
    expect(checkEventTypeRules(wrong)).toContain('cleanup_policy')
  })
})

describe('a partition strategy as it came over the wire', () => {
  it.each([
    { given: 'round_robin', want: 'partition strategy does not exist: round_robin' },
    { given: null, want: 'partition strategy must not be null' },
  ])('is refused when it is $given', ({ given, want }) => {
    const check = checkEventType({ ...business, partition_strategy: given })
    expect(check.ok && checkEventTypeRules(check.eventType)).toBe(want)
  })
})

describe('what a broker demands in addition', () => {
  const cases: readonly { given: EventTypeDemands; want: string }[] = [
    { given: { authorization: true }, want: 'Authorization section is mandatory' },
    {
      given: { materialization: true },
      want: 'Annotation datalake.zalando.org/materialize-events is required',
    },
    { given: { acceptsOwner: (owner) => owner !== 'shop' }, want: 'Owning application is not valid: shop' },
  ]

  it.each(cases)('is missed: $want', ({ given, want }) => {
    expect(checkEventTypeRules(business)).toBeUndefined()
    expect(checkEventTypeRules({ ...business, owning_application: 'shop' }, given)).toBe(want)
  })
})
