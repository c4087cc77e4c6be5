import type { Batch } from '../core/batching.ts'
import { formatOffset } from '../core/offsets.ts'
import type { Timelines } from '../core/state.ts'
import { positionBefore, positionOf, spansOf } from '../core/timelines.ts'
import type { Storage } from '../storage/storage.ts'

/** The timelines of an event type that a stream reads. Throws when it has been deleted in the meantime. */
export function timelinesOf({ commands }: Storage, eventType: string): Timelines {
  const found = commands.state.eventTypes.get(eventType)
  if (found === undefined) throw new Error(`The event type ${eventType} is gone.`)
  return found.timelines
}

/**
 * The offset that a client is told for a batch. Where a stream began at the end of a closed timeline, that is the
 * beginning of the next one, as for any cursor.
 */
export function offsetOf(
  { partition, ordinal, isStart }: Pick<Batch, 'partition' | 'ordinal'> & Partial<Pick<Batch, 'isStart'>>,
  storage: Storage,
): string {
  const spans = spansOf(timelinesOf(storage, partition.event_type), partition.partition)
  return formatOffset(isStart ? positionBefore(ordinal, spans) : positionOf(ordinal, spans))
}
