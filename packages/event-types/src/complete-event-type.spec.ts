import { describe, expect, it } from 'vitest'
import { completeEventType } from './complete-event-type.ts'
import { partitionCount } from './partition-count.ts'

const minimal = {
  name: 'a',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'json_schema', schema: '{ }' },
} as const

describe('a completed event type', () => {
  it('has a default for everything that was left out', () => {
    const time = '2024-01-02T03:04:05.006Z'
    expect(completeEventType(minimal, Date.parse(time))).toEqual({
      ...minimal,
      enrichment_strategies: [],
      partition_strategy: 'random',
      partition_key_fields: [],
      cleanup_policy: 'delete',
      ordering_key_fields: [],
      ordering_instance_ids: [],
      schema: { type: 'json_schema', schema: '{ }', version: '1.0.0', created_at: time },
      default_statistic: null,
      options: { retention_time: 172_800_000 },
      authorization: null,
      annotations: {},
      labels: {},
      compatibility_mode: 'forward',
      created_at: time,
      updated_at: time,
    })
  })

  it('keeps what was given', () => {
    const given = {
      cleanup_policy: 'compact',
      options: { retention_time: 20_000_000 },
      audience: 'external-public',
      event_owner_selector: { type: 'static', name: 'n', value: 'v' },
      labels: { a: 'b' },
    } as const
    expect(completeEventType({ ...minimal, ...given }, 0)).toMatchObject(given)
  })

  it('reads lists that are null as empty', () => {
    const completed = completeEventType(
      { ...minimal, partition_key_fields: null, ordering_key_fields: null },
      0,
    )
    expect(completed).toMatchObject({ partition_key_fields: [], ordering_key_fields: [] })
  })
})

describe('the number of partitions', () => {
  it.each([
    { read: 1, write: 1, want: 1 },
    { read: 3, write: 5, want: 5 },
    { read: 6, write: 2, want: 6 },
    { read: 1, write: 100, want: 8 },
  ])('is $want for $read readers and $write writers', ({ read, write, want }) => {
    const statistic = {
      messages_per_minute: 9,
      message_size: 9,
      read_parallelism: read,
      write_parallelism: write,
    }
    expect(partitionCount({ default_statistic: statistic })).toBe(want)
  })

  it('is one without statistics', () => {
    expect(partitionCount({})).toBe(1)
    expect(partitionCount({ default_statistic: null })).toBe(1)
  })
})
