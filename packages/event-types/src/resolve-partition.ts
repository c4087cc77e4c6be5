import type { NewEventType } from '@rioni/protocol'
import { hashPartition } from './hash-partition.ts'
import { isJsonObject, ownValue } from './json-value.ts'
import { partitionKeys } from './partition-keys.ts'

/** What choosing a partition depends on. */
export interface PartitionRequest {
  readonly eventType: Pick<NewEventType, 'category' | 'partition_strategy' | 'partition_key_fields'>
  /** The event's JSON text: `hash` reads the keys as they were written. */
  readonly eventText: string
  /** The same event, parsed: `user_defined` reads `metadata.partition`. */
  readonly event: unknown
  /** Names of the event type's partitions in any order, at least one. */
  readonly partitions: readonly string[]
  /** Decides for the strategy `random`: `below(n)` is a whole number from 0 to n - 1. */
  readonly random: { below(n: number): number }
}

/** The chosen partition, or the detail text of the item that fails in the step `partitioning`. */
export type ResolvedPartition = { readonly partition: string } | { readonly error: string }

/** Chooses the partition of one event by its event type's partition strategy, `random` by default. */
export function resolvePartition(request: PartitionRequest): ResolvedPartition {
  switch (request.eventType.partition_strategy ?? 'random') {
    case 'hash':
      return resolveByKeys(request)
    case 'user_defined':
      return resolveByMetadata(request)
    case 'random':
      return resolveAtRandom(request)
  }
}

function resolveByKeys({ eventType, eventText, partitions }: PartitionRequest): ResolvedPartition {
  const result = partitionKeys(eventType, eventText)
  return 'error' in result ? result : { partition: hashPartition(result.keys, partitions) }
}

function resolveByMetadata({ event, partitions }: PartitionRequest): ResolvedPartition {
  const metadata = isJsonObject(event) ? ownValue(event, 'metadata') : undefined
  const partition = isJsonObject(metadata) ? ownValue(metadata, 'partition') : undefined
  if (typeof partition !== 'string') {
    return { error: 'Failed to resolve partition. Failed to get partition from event metadata' }
  }
  if (!partitions.includes(partition)) {
    return {
      error: `Failed to resolve partition. Invalid partition specified when publishing event: ${partition}`,
    }
  }
  return { partition }
}

function resolveAtRandom({ partitions, random }: PartitionRequest): ResolvedPartition {
  const partition = [...partitions].sort()[random.below(partitions.length)]
  if (partition === undefined) throw new RangeError('an event type has at least one partition')
  return { partition }
}
