import type { Timeline } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** The timelines of event types, for Nakadi admins. */
export interface Timelines {
  /** All timelines of an event type, the oldest first, also those whose events are gone. */
  list(eventType: string, options?: CallOptions): Promise<readonly Timeline[]>
  /**
   * Closes the present timeline and begins a new one in a storage. Consumers read on without noticing. Not repeated by
   * itself, because a second request would begin a second timeline.
   *
   * @throws NakadiError `not-found`, `validation` if there is no such storage, or `conflict` while somebody else does it.
   */
  create(eventType: string, storageId: string, options?: CallOptions): Promise<void>
}

/** The timeline resource of one client. */
export function createTimelines(call: Call): Timelines {
  return {
    async list(eventType, options) {
      return (await call({ operation: 'listTimelines', parameters: { name: eventType }, options })).body
    },
    async create(eventType, storageId, options) {
      const body = JSON.stringify({ storage_id: storageId })
      await call({ operation: 'createTimeline', parameters: { name: eventType }, body, options })
    },
  }
}
