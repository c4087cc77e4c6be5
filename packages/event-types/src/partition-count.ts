import type { EventTypeStatistics } from '@rioni/protocol'

/** Partitions of an event type whose definition does not speak of parallelism. */
const DEFAULT_PARTITION_COUNT = 1

/** The most partitions that an event type has, however much parallelism it asks for. */
export const MAX_PARTITION_COUNT = 8

/**
 * How many partitions a new event type gets: as many as the larger of its reading and writing
 * parallelism, at most `MAX_PARTITION_COUNT`. Message size and rate do not matter.
 */
export function partitionCount(eventType: {
  readonly default_statistic?: EventTypeStatistics | null
}): number {
  const statistic = eventType.default_statistic
  if (statistic === undefined || statistic === null) return DEFAULT_PARTITION_COUNT
  return Math.min(Math.max(statistic.read_parallelism, statistic.write_parallelism), MAX_PARTITION_COUNT)
}
