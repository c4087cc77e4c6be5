// What a client's cursor means in an event type with its timelines.

import type { Cursor } from '@rioni/protocol'
import { digitsOf, formatOffset, parseOffset, timelineOf, unavailable } from './offsets.ts'
import type { EventTypeState } from './state.ts'
import { type Span, spansOf } from './timelines.ts'

/** A cursor that has been found in the timelines of its partition. */
export interface PlacedCursor {
  readonly partition: string
  /** In the format of `formatOffset`. */
  readonly offset: string
  /** The timeline of the offset, perhaps a deleted one. */
  readonly span: Span
  /** Of the last event before the cursor. It need not exist: a cursor may lie beyond all events. */
  readonly ordinal: number
}

/** What a cursor says; `detail` is the text for the client when it says nothing valid. */
export type ConvertedCursor =
  /** Before the oldest event of an existing partition, wherever that is. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'placed'; readonly cursor: PlacedCursor }
  | { readonly kind: 'refused'; readonly detail: string }

/** What must be known of an event type to understand its cursors. */
export interface CursorContext extends Pick<EventTypeState, 'partitions' | 'timelines'> {
  readonly eventType: { readonly name: string }
}

/**
 * Reads a cursor. One at the end of a closed timeline is moved to the beginning of the next, because that is
 * where its consumer goes on.
 */
export function convertCursor(
  { partition, offset }: Cursor,
  { eventType, partitions, timelines }: CursorContext,
): ConvertedCursor {
  const parsed = parseOffset({ partition, offset }, timelines[0].order)
  if (parsed.kind === 'malformed') return { kind: 'refused', detail: parsed.detail }
  if (parsed.kind === 'begin') {
    if (partitions.includes(partition)) return { kind: 'begin' }
    return { kind: 'refused', detail: nonExisting(partition) }
  }
  const spans = spansOf(timelines, partition)
  const index = spans.findIndex(({ timeline }) => timeline.order === timelineOf(parsed.offset))
  const span = spans[index]
  // The broker loses the cursor when it reports this, and clients know the text that way.
  if (span === undefined) {
    const nothing = { event_type: eventType.name, partition: 'null', offset: 'null' }
    return { kind: 'refused', detail: unavailable(nothing) }
  }
  const number = Number(digitsOf(parsed.offset))
  const next = spans.slice(index + 1)
  const placed = { partition, offset: parsed.offset, span, ordinal: span.start + number }
  return { kind: 'placed', cursor: moveToNext(placed, next) }
}

/** The text for a partition that the event type does not have. */
export function nonExisting(partition: string): string {
  return `non existing partition ${partition}`
}

/** Moves a cursor from the end of a closed timeline to the next one, and over those that are empty. */
function moveToNext(cursor: PlacedCursor, [next, ...later]: readonly Span[]): PlacedCursor {
  if (next === undefined || cursor.ordinal !== cursor.span.end - 1) return cursor
  const offset = formatOffset({ timeline: next.timeline.order, offset: -1 })
  return moveToNext({ ...cursor, offset, span: next }, later)
}
