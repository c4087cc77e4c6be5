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

/** What came of an attempt to append. */
export type Appended =
  | { readonly kind: 'appended' | 'unknownEventType' }
  /** Its timeline was being switched for too long; nothing is appended. */
  | { readonly kind: 'inMaintenance' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The log has not answered in time. The records may yet be appended. */
  | { readonly kind: 'timedOut' }

/** How long publishers wait for the log. Nakadi adds up two timeouts of its Kafka client. */
const LOG_WAIT_MS = 35_000

/**
 * Appends records to the active timeline of an event type. This is the only way in: it waits for a timeline
 * that is being switched, so no record ends up behind the last offset of a closed one.
 */
export async function appendEvents(
  eventType: string,
  records: readonly NewRecord[],
  environment: AppendEnvironment,
): Promise<Appended> {
  const { clock, publishingLock } = environment
  return await new Promise((resolve) => {
    const turn = publishingLock.share(eventType, async () => {
      const appending = append(eventType, records, environment)
      void within(LOG_WAIT_MS, appending, clock).then((outcome) => resolve(outcome ?? { kind: 'timedOut' }))
      // The lock is held to the end, also when nobody waits for it any more.
      return await appending
    })
    void turn.then((outcome) => resolve(outcome ?? { kind: 'inMaintenance' }))
  })
}

async function append(
  eventType: string,
  records: readonly NewRecord[],
  { clock, storage }: AppendEnvironment,
): Promise<Appended> {
  const existing = storage.commands.state.eventTypes.get(eventType)
  if (existing === undefined) return { kind: 'unknownEventType' }
  try {
    await storage.events.append(activeTimeline(existing).topic, records, clock.now())
    return { kind: 'appended' }
  } catch (error) {
    return { kind: 'failed', error }
  }
}

/** What the work comes to, or undefined when it takes too long. */
async function within<T>(ms: number, work: Promise<T>, clock: Clock): Promise<T | undefined> {
  let cancel = () => {}
  const timeUp = new Promise<undefined>((resolve) => {
    cancel = clock.after(ms, () => resolve(undefined))
  })
  const outcome = await Promise.race([work, timeUp])
  cancel()
  return outcome
}
