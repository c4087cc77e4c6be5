import type { SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { offsetNumber, parseOffset, timelineOf, unavailable } from '../core/offsets.ts'
import { activeTimeline } from '../core/state.ts'
import type { Storage } from '../storage/storage.ts'

/**
 * Says what is wrong with a cursor that somebody wants to read from: its partition must exist, and its
 * offset must lie between the position before the oldest event and the newest event.
 */
export async function checkReadable(
  cursor: SubscriptionCursorWithoutToken,
  storage: Storage,
): Promise<string | undefined> {
  const { event_type, partition, offset } = cursor
  const eventType = storage.commands.state.eventTypes.get(event_type)
  if (eventType === undefined || !eventType.partitions.includes(partition))
    return `non existing partition ${partition}`
  const parsed = parseOffset({ partition, offset }, eventType.timelines[0].order)
  if (parsed.kind === 'malformed') return parsed.detail
  if (parsed.kind === 'begin') return undefined
  const { order, topic } = activeTimeline(eventType)
  if (timelineOf(parsed.offset) !== order)
    return unavailable({ event_type, partition: 'null', offset: 'null' })
  const bounds = await storage.events.bounds({ topic, partition })
  const number = offsetNumber(parsed.offset, bounds)
  return number < bounds.first - 1 || number >= bounds.next ? unavailable(cursor) : undefined
}
