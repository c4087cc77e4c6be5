import type { NewEventType } from '@rioni/protocol'
import { hashPartition } from './hash-partition.ts'
import { isJsonObject, ownValue } from './json-value.ts'
import { partitionKeyPaths, partitionKeys, type ReadEvent } from './partition-keys.ts'

/** What choosing partitions depends on beside the events. */
export interface PartitioningOptions {
  readonly eventType: Pick<NewEventType, 'category' | 'partition_strategy' | 'partition_key_fields'>
  /** Names of the event type's partitions, sorted as strings, at least one. */
  readonly partitions: readonly string[]
  /** Decides for the strategy `random`: `below(n)` is a whole number from 0 to n - 1. */
  readonly random: { below(n: number): number }
}

/** The chosen partition, or the detail text of the item that fails in the step `partitioning`. */
export type ResolvedPartition = { readonly partition: string } | { readonly error: string }

/** Chooses the partition of one event. */
export type PartitionResolver = (event: ReadEvent) => ResolvedPartition

/** Makes what chooses partitions by the partition strategy of an event type, `random` by default. */
export function createPartitionResolver(options: PartitioningOptions): PartitionResolver {
  const { eventType, partitions } = options
  switch (eventType.partition_strategy ?? 'random') {
    case 'hash': {
      const paths = partitionKeyPaths(eventType)
      return (event) => {
        const result = partitionKeys(paths, event)
        return 'error' in result ? result : { partition: hashPartition(result.keys, partitions) }
      }
    }
    case 'user_defined': {
      const names = new Set(partitions)
      return ({ event }) => resolveByMetadata(event, names)
    }
    case 'random':
      return () => resolveAtRandom(options)
  }
}

function resolveByMetadata(event: unknown, partitions: ReadonlySet<string>): ResolvedPartition {
  const metadata = isJsonObject(event) ? ownValue(event, 'metadata') : undefined
  const partition = isJsonObject(metadata) ? ownValue(metadata, 'partition') : undefined
  if (typeof partition !== 'string') {
    return { error: 'Failed to resolve partition. Failed to get partition from event metadata' }
  }
  if (!partitions.has(partition)) {
    return {
      error: `Failed to resolve partition. Invalid partition specified when publishing event: ${partition}`,
    }
  }
  return { partition }
}

function resolveAtRandom({ partitions, random }: PartitioningOptions): ResolvedPartition {
  const partition = partitions[random.below(partitions.length)]
  if (partition === undefined) throw new RangeError('an event type has at least one partition')
  return { partition }
}
