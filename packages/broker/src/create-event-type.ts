import { partitionCount } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import type { Clock } from './clock.ts'
import type { Outcomes } from './core/commands.ts'
import { partitionNames } from './core/partition-names.ts'
import type { Random } from './random.ts'
import type { Storage } from './storage/storage.ts'

/** What it takes to create an event type. */
export interface CreateEnvironment {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
}

/** Creates an event type with its first topic, unless there is one of this name. */
export async function createEventType(
  eventType: EventType,
  { clock, random, storage }: CreateEnvironment,
): Promise<Outcomes['createEventType']> {
  // Services create their event types whenever they start. That should cost the disk nothing.
  if (storage.commands.state.eventTypes.has(eventType.name)) return { kind: 'exists' }
  const partitions = partitionNames(partitionCount(eventType))
  const topic = random.uuid()
  // The topic first: an event type that can be seen can be published to.
  await storage.events.createTopic(topic, partitions)
  const outcome = await storage.commands.propose(
    { type: 'createEventType', eventType, partitions, topic },
    clock.now(),
  )
  // Somebody else was faster.
  if (outcome.kind === 'exists') await storage.events.deleteTopic(topic)
  return outcome
}
