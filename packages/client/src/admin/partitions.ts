import type { Cursor, Partition } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** What to say about partitions. */
export interface PartitionListOptions extends CallOptions {
  /** Counts the events after each of these cursors as `unconsumed_events`. */
  readonly cursors?: readonly Cursor[]
}

/** What to say about a partition. */
export interface PartitionOptions extends CallOptions {
  /** Counts the events after this offset as `unconsumed_events`. */
  readonly consumedOffset?: string
}

/** The partitions of event types. */
export interface Partitions {
  /** The partitions of an event type with the offsets that can be read. */
  list(eventType: string, options?: PartitionListOptions): Promise<readonly Partition[]>
  /** @throws NakadiError `not-found` */
  get(eventType: string, partition: string, options?: PartitionOptions): Promise<Partition>
  /**
   * Adds partitions to an event type until it has so many. The streams of its subscriptions are closed meanwhile, and
   * events of one key may go to another partition than before.
   *
   * @throws NakadiError `not-found`, `forbidden`, or `validation` if the broker allows no such number.
   */
  setCount(eventType: string, count: number, options?: CallOptions): Promise<void>
}

/** The partition resource of one client. */
export function createPartitions(call: Call): Partitions {
  return {
    async list(eventType, { cursors, ...options } = {}) {
      const query = { cursors: cursors === undefined ? undefined : JSON.stringify(cursors) }
      return (await call({ operation: 'listPartitions', parameters: { name: eventType }, query, options }))
        .body
    },
    async get(eventType, partition, { consumedOffset, ...options } = {}) {
      const parameters = { name: eventType, partition }
      const query = { consumed_offset: consumedOffset }
      return (await call({ operation: 'getPartition', parameters, query, options })).body
    },
    async setCount(eventType, count, options) {
      const body = JSON.stringify({ partition_count: count })
      await call({ operation: 'setPartitionCount', parameters: { name: eventType }, body, options })
    },
  }
}
