import type { Cursor } from '@rioni/protocol'
import { convertCursor, nonExisting, type PlacedCursor } from '../core/convert-cursor.ts'
import { formatOffset, unavailable } from '../core/offsets.ts'
import type { EventTypeState } from '../core/state.ts'
import { oldestSpan, spansOf } from '../core/timelines.ts'
import type { EventLog } from './event-log.ts'
import { spanBounds } from './partition-log.ts'

/** A cursor with its place, or the text for the client whose cursor has none. */
export type Placing =
  | { readonly ok: true; readonly cursor: PlacedCursor }
  | { readonly ok: false; readonly detail: string }

/** Finds the place of a cursor. `BEGIN` is before the oldest event that has not expired. */
export async function placeCursor(
  cursor: Cursor,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Placing> {
  const converted = convertCursor(cursor, eventType)
  if (converted.kind === 'refused') return { ok: false, detail: converted.detail }
  if (converted.kind === 'placed') return { ok: true, cursor: converted.cursor }
  const { partition } = cursor
  const span = oldestSpan(spansOf(eventType.timelines, partition))
  const { first } = await spanBounds(span, partition, events)
  const offset = formatOffset({ timeline: span.timeline.order, offset: first - 1 - span.start })
  return { ok: true, cursor: { partition, offset, span, ordinal: first - 1 } }
}

/**
 * Finds the place of a cursor that somebody wants to read from: its partition must exist, and it must lie
 * between the position before the oldest event of its timeline and the newest event.
 */
export async function placeReadableCursor(
  cursor: Cursor,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Placing> {
  const placing = await placeCursor(cursor, eventType, events)
  if (!placing.ok) return placing
  const { partition, ordinal, span } = placing.cursor
  const gone = {
    ok: false,
    detail: unavailable({ ...cursor, event_type: eventType.eventType.name }),
  } as const
  if (span.timeline.deleted) return gone
  if (!eventType.partitions.includes(partition)) return { ok: false, detail: nonExisting(partition) }
  const { first, next } = await spanBounds(span, partition, events)
  return ordinal >= first - 1 && ordinal < next ? placing : gone
}
