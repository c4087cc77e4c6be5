import { type CreateEnvironment, createEventType } from '../create-event-type.ts'
import { SYSTEM_EVENT_TYPES, systemEventType } from './system-event-types.ts'

/**
 * Creates the event types of the broker that the features ask for and that are missing. One that exists is
 * left as it is, whatever it looks like.
 */
export async function ensureSystemEventTypes(environment: CreateEnvironment): Promise<void> {
  const { clock, storage } = environment
  const { settings } = storage.commands.state
  for (const wanted of SYSTEM_EVENT_TYPES) {
    const isWanted = wanted.feature === undefined || settings.features.has(wanted.feature)
    if (isWanted) await createEventType(systemEventType(wanted, clock.now()), environment)
  }
}
