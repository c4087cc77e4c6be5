import { checkEventType } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { isNode } from '../schema/json-schema.ts'

/** What a registry lists, by whether it makes sense. */
export interface SeparatedEventTypes {
  readonly readable: readonly EventType[]
  /** Names of what is no event type; `something` where there is no name either. */
  readonly unreadable: readonly string[]
}

/**
 * A registry may be of another make than the API that is known here: what is no event type is told apart from the rest.
 *
 * @param listed the body of the answer, whatever it is
 */
export function separateReadable(listed: unknown): SeparatedEventTypes {
  const readable: EventType[] = []
  const unreadable: string[] = []
  for (const item of Array.isArray(listed) ? listed : [listed]) {
    if (checkEventType(item).ok) readable.push(item)
    else unreadable.push(isNode(item) && typeof item['name'] === 'string' ? item['name'] : 'something')
  }
  return { readable, unreadable }
}
