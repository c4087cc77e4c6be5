// Distances between cursors and moves along a partition, over all of its timelines. On ordinals both are
// plain subtraction and addition; what is left to say is which offset a result has.

import type { PlacedCursor } from './convert-cursor.ts'
import { formatOffset } from './offsets.ts'
import { oldestSpan, positionBefore, positionOf, type Spans } from './timelines.ts'

/** How many offsets lie between two cursors of a partition; negative when `final` is the earlier one. */
export function distance(
  initial: Pick<PlacedCursor, 'ordinal'>,
  final: Pick<PlacedCursor, 'ordinal'>,
): number {
  return final.ordinal - initial.ordinal
}

/**
 * The offset that lies `by` offsets after a cursor, or before it when `by` is negative. It may lie beyond the
 * last event, but not before the oldest timeline that there still is: then it is undefined.
 */
export function shift(
  { ordinal, offset }: Pick<PlacedCursor, 'ordinal' | 'offset'>,
  by: number,
  spans: Spans,
): string | undefined {
  if (by === 0) return offset
  const target = ordinal + by
  if (by > 0) return formatOffset(positionOf(target, spans))
  if (target < oldestSpan(spans).start - 1) return undefined
  return formatOffset(positionBefore(target, spans))
}
