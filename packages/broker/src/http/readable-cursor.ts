import type { SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { nonExisting } from '../core/convert-cursor.ts'
import { placeReadableCursor } from '../storage/place-cursor.ts'
import type { Storage } from '../storage/storage.ts'

/** Says what is wrong with a cursor that somebody wants to read from; undefined when nothing is. */
export async function checkReadable(
  cursor: SubscriptionCursorWithoutToken,
  storage: Storage,
): Promise<string | undefined> {
  const eventType = storage.commands.state.eventTypes.get(cursor.event_type)
  if (eventType === undefined) return nonExisting(cursor.partition)
  const placing = await placeReadableCursor(cursor, eventType, storage.events)
  return placing.ok ? undefined : placing.detail
}
