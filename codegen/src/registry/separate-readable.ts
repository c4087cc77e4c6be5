import { checkEventType } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'

/** What a registry lists, by whether it makes sense. */
export interface SeparatedEventTypes {
  readonly readable: readonly EventType[]
  /** Names of event types that are described in a way that is none, as far as they have a name. */
  readonly unreadable: readonly string[]
}

/** A registry may be of another make than the API that is known here: what is no event type is told apart from the rest. */
export function separateReadable(listed: readonly EventType[]): SeparatedEventTypes {
  const isReadable = (eventType: EventType) => checkEventType(eventType).ok
  return {
    readable: listed.filter(isReadable),
    unreadable: listed.filter((eventType) => !isReadable(eventType)).map(({ name }) => String(name)),
  }
}
