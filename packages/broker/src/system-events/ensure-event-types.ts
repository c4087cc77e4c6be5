import { partitionCount } from '@rioni/event-types'
import type { Clock } from '../clock.ts'
import { partitionNames } from '../core/partition-names.ts'
import type { Random } from '../random.ts'
import type { Storage } from '../storage/storage.ts'
import { SYSTEM_EVENT_TYPES, type SystemEventType, systemEventType } from './system-event-types.ts'

/** What it takes to create event types. */
export interface EnsureEnvironment {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
}

/**
 * Creates the event types of the broker that the features ask for and that are missing. One that exists is
 * left as it is, whatever it looks like.
 */
export async function ensureSystemEventTypes(environment: EnsureEnvironment): Promise<void> {
  const { eventTypes, settings } = environment.storage.commands.state
  for (const wanted of SYSTEM_EVENT_TYPES) {
    const isWanted = wanted.feature === undefined || settings.features.has(wanted.feature)
    if (isWanted && !eventTypes.has(wanted.definition.name)) await create(wanted, environment)
  }
}

async function create(wanted: SystemEventType, { clock, random, storage }: EnsureEnvironment): Promise<void> {
  const eventType = systemEventType(wanted, clock.now())
  const partitions = partitionNames(partitionCount(eventType))
  const topic = random.uuid()
  await storage.events.createTopic(topic, partitions)
  const outcome = await storage.commands.propose(
    { type: 'createEventType', eventType, partitions, topic },
    clock.now(),
  )
  if (outcome.kind === 'exists') await storage.events.deleteTopic(topic)
}
