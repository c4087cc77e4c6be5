import type { Clock } from './clock.ts'
import { activeTimeline } from './core/state.ts'
import type { PublishingLock } from './publishing-lock.ts'
import type { NewRecord } from './storage/event-log.ts'
import type { Storage } from './storage/storage.ts'

/** What it takes to append events. */
export interface AppendEnvironment {
  readonly clock: Clock
  readonly storage: Storage
  readonly publishingLock: PublishingLock
}

/**
 * Appends records to the active timeline of an event type. This is the only way in: it waits for a timeline
 * that is being switched, so no record ends up behind the last offset of a closed one.
 *
 * @returns whether the event type exists
 */
export async function appendEvents(
  eventType: string,
  records: readonly NewRecord[],
  { clock, storage, publishingLock }: AppendEnvironment,
): Promise<boolean> {
  return await publishingLock.share(eventType, async () => {
    const existing = storage.commands.state.eventTypes.get(eventType)
    if (existing === undefined) return false
    await storage.events.append(activeTimeline(existing).topic, records, clock.now())
    return true
  })
}
