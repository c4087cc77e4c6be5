import type { PartitionPosition, Timelines } from '../core/state.ts'
import type { StreamPosition } from '../core/stream-state.ts'
import { committedOrdinal, spansOf } from '../core/timelines.ts'
import type { Storage } from '../storage/storage.ts'
import { timelinesOf } from './timelines-of.ts'

/**
 * Creates a function that turns the positions of a subscription into those of a stream, with ordinals. A
 * position that has not changed since the last call stays the same object.
 */
export function createStreamPositions(
  storage: Storage,
): (positions: readonly PartitionPosition[]) => readonly StreamPosition[] {
  let known = new Map<PartitionPosition, Known>()
  return (positions) => {
    const entries = positions.map((position): [PartitionPosition, Known] => {
      const timelines = timelinesOf(storage, position.event_type)
      const before = known.get(position)
      if (before?.timelines === timelines) return [position, before]
      return [position, { timelines, streamed: streamPosition(position, timelines) }]
    })
    known = new Map(entries)
    return entries.map(([, { streamed }]) => streamed)
  }
}

interface Known {
  readonly timelines: Timelines
  readonly streamed: StreamPosition
}

function streamPosition(position: PartitionPosition, timelines: Timelines): StreamPosition {
  const spans = spansOf(timelines, position.partition)
  const { committed, lastDeadLetterOffset } = position
  return {
    ...position,
    committed: committedOrdinal(committed, spans),
    suspectedThrough:
      lastDeadLetterOffset === null ? undefined : committedOrdinal(lastDeadLetterOffset, spans),
  }
}
