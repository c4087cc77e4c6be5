import type { Partition } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** The partitions of event types. */
export interface Partitions {
  /** The partitions of an event type with the offsets that can be read. */
  list(eventType: string, options?: CallOptions): Promise<readonly Partition[]>
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
    async list(eventType, options) {
      const { body } = await call({ operation: 'listPartitions', parameters: { name: eventType }, options })
      return body
    },
    async setCount(eventType, count, options) {
      const body = JSON.stringify({ partition_count: count })
      await call({ operation: 'setPartitionCount', parameters: { name: eventType }, body, options })
    },
  }
}
