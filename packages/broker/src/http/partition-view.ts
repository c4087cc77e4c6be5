import type { Partition } from '@rioni/protocol'
import type { PlacedCursor } from '../core/convert-cursor.ts'
import { distance } from '../core/cursor-arithmetic.ts'
import { formatOffset } from '../core/offsets.ts'
import type { EventTypeState } from '../core/state.ts'
import { oldestSpan, positionOf, spansOf } from '../core/timelines.ts'
import type { EventLog } from '../storage/event-log.ts'
import { partitionBounds } from '../storage/partition-log.ts'

/** The range of offsets of a partition that can be read, over all timelines. */
export async function viewPartition(
  partition: string,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Partition> {
  const { view } = await measure(partition, eventType, events)
  return view
}

/** The same, and how many events come after a cursor. */
export async function viewUnconsumed(
  cursor: PlacedCursor,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Partition & { readonly unconsumed_events: number }> {
  const { view, last } = await measure(cursor.partition, eventType, events)
  return { ...view, unconsumed_events: distance(cursor, { ordinal: last }) }
}

async function measure(
  partition: string,
  { timelines }: EventTypeState,
  events: EventLog,
): Promise<{ readonly view: Partition; readonly last: number }> {
  const spans = spansOf(timelines, partition)
  const { first, next } = await partitionBounds({ timelines, partition }, events)
  const { timeline, start } = oldestSpan(spans)
  const view = {
    partition,
    // Even if that timeline is empty, so that its end comes before this offset.
    oldest_available_offset: formatOffset({ timeline: timeline.order, offset: first - start }),
    newest_available_offset: formatOffset(positionOf(next - 1, spans)),
  }
  return { view, last: next - 1 }
}
