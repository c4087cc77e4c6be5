import type { Clock } from './clock.ts'
import type { Outcomes } from './core/commands.ts'
import { activeTimeline, type EventTypeState } from './core/state.ts'
import type { PublishingLock } from './publishing-lock.ts'
import type { Random } from './random.ts'
import type { EventLog } from './storage/event-log.ts'
import type { Storage } from './storage/storage.ts'

/** What it takes to switch a timeline. */
export interface SwitchEnvironment {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  readonly publishingLock: PublishingLock
}

/**
 * Closes the active timeline of an event type and continues it in a new one. Nobody publishes to the event type
 * meanwhile, so the last offsets of the closed timeline are final, and whoever publishes after this has
 * resolved publishes to the new one.
 *
 * @returns `outdated` when the event type is being switched already
 */
export async function switchTimeline(
  name: string,
  storageId: string,
  environment: SwitchEnvironment,
): Promise<Outcomes['createTimeline']> {
  const { clock, publishingLock, random, storage } = environment
  const switching = publishingLock.seize(name, async () => {
    const eventType = storage.commands.state.eventTypes.get(name)
    if (eventType === undefined) return { kind: 'unknownEventType' } as const
    const topic = random.uuid()
    const closed = await lastOffsets(eventType, storage.events)
    await storage.events.createTopic(topic, eventType.partitions)
    const outcome = await storage.commands.propose(
      { type: 'createTimeline', name, storageId, topic, closed },
      clock.now(),
    )
    if (outcome.kind !== 'created') await storage.events.deleteTopic(topic)
    return outcome
  })
  return (await switching) ?? { kind: 'outdated' }
}

async function lastOffsets(
  eventType: EventTypeState,
  events: EventLog,
): Promise<{ readonly order: number; readonly latestPosition: readonly number[] }> {
  const { order, topic } = activeTimeline(eventType)
  const byNumber = [...eventType.partitions].sort((a, b) => Number(a) - Number(b))
  const bounds = await Promise.all(byNumber.map((partition) => events.bounds({ topic, partition })))
  return { order, latestPosition: bounds.map(({ next }) => next - 1) }
}
