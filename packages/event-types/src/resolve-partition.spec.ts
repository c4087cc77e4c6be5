import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json-value.ts'
import {
  createPartitionResolver,
  type PartitioningOptions,
  type ResolvedPartition,
} from './resolve-partition.ts'

const partitions = ['0', '1', '10', '2']
const first = { below: () => 0 }

function resolve(
  eventType: Omit<PartitioningOptions['eventType'], 'category'>,
  event: JsonObject,
  random: PartitioningOptions['random'] = first,
): ResolvedPartition {
  const resolver = createPartitionResolver({
    eventType: { category: 'business', ...eventType },
    partitions,
    random,
  })
  return resolver({ event, text: JSON.stringify(event) })
}

describe('an event type with strategy random', () => {
  it('takes the partition that the random source points at', () => {
    expect(resolve({ partition_strategy: 'random' }, {})).toEqual({ partition: '0' })
    expect(resolve({ partition_strategy: 'random' }, {}, { below: (n) => n - 1 })).toEqual({ partition: '2' })
  })

  it('is what an event type without a strategy is', () => {
    expect(resolve({}, {}, { below: () => 2 })).toEqual({ partition: '10' })
  })
})

describe('an event type with strategy hash', () => {
  it('takes the partition of the key values', () => {
    const eventType = { partition_strategy: 'hash', partition_key_fields: ['id'] } as const
    expect(resolve(eventType, { id: 'hello' })).toEqual({ partition: '10' })
  })

  it('fails for an event without the field', () => {
    const eventType = { partition_strategy: 'hash', partition_key_fields: ['id'] } as const
    expect(resolve(eventType, {})).toEqual({ error: "field id doesn't exist." })
  })
})

describe('an event type with strategy user_defined', () => {
  const eventType = { partition_strategy: 'user_defined' } as const

  it('takes the partition that the metadata names', () => {
    expect(resolve(eventType, { metadata: { partition: '10' } })).toEqual({ partition: '10' })
  })

  it('fails for a partition that does not exist', () => {
    expect(resolve(eventType, { metadata: { partition: '3' } })).toEqual({
      error: 'Failed to resolve partition. Invalid partition specified when publishing event: 3',
    })
  })

  it.each([{}, { metadata: {} }, { metadata: { partition: 1 } }, { metadata: null }])(
    'fails for %j',
    (event) => {
      expect(resolve(eventType, event)).toEqual({
        error: 'Failed to resolve partition. Failed to get partition from event metadata',
      })
    },
  )
})
