import type { Partition } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** The partitions of event types. */
export interface Partitions {
  /** The partitions of an event type with the offsets that can be read. */
  list(eventType: string, options?: CallOptions): Promise<readonly Partition[]>
}

/** The partition resource of one client. */
export function createPartitions(call: Call): Partitions {
  return {
    async list(eventType, options) {
      const { body } = await call({ operation: 'listPartitions', parameters: { name: eventType }, options })
      return body
    },
  }
}
