// A partition as one log over all of its timelines. What the event log calls an offset is an ordinal here.

import type { LogBounds, LogRecord } from '../core/log-record.ts'
import type { Timelines } from '../core/state.ts'
import { activeSpan, oldestSpan, type Span, spansOf } from '../core/timelines.ts'
import type { EventLog, ReadRange } from './event-log.ts'

/** A partition of an event type, with the timelines that it has now. */
export interface TimelinesPartition {
  readonly timelines: Timelines
  readonly partition: string
}

/** Which ordinals of a partition can be read. */
export async function partitionBounds(
  { timelines, partition }: TimelinesPartition,
  events: EventLog,
): Promise<LogBounds> {
  const spans = spansOf(timelines, partition)
  const [{ first }, { next }] = await Promise.all([
    spanBounds(oldestSpan(spans), partition, events),
    spanBounds(activeSpan(spans), partition, events),
  ])
  return { first, next }
}

/** Which ordinals of one timeline of a partition can be read. */
export async function spanBounds(
  { timeline: { topic }, start, end }: Span,
  partition: string,
  events: EventLog,
): Promise<LogBounds> {
  // A timeline that was closed before the partition was added does not have it.
  if (start === end) return { first: start, next: start }
  const { first, next } = await events.bounds({ topic, partition })
  return { first: start + first, next: start + next }
}

/**
 * Reads records, oldest first, of the first timeline that has any in the range: those of the next timeline
 * come with the next call. Resolves with none when there are none yet.
 */
export async function readPartition(
  { timelines, partition }: TimelinesPartition,
  range: ReadRange,
  events: EventLog,
): Promise<readonly LogRecord[]> {
  for (const span of spansOf(timelines, partition)) {
    if (span.timeline.deleted || span.end === span.start || span.end <= range.from) continue
    const from = Math.max(0, range.from - span.start)
    const records = await events.read({ topic: span.timeline.topic, partition }, { ...range, from })
    if (records.length > 0) return withOrdinals(records, span)
  }
  return []
}

function withOrdinals(records: readonly LogRecord[], { start }: Span): readonly LogRecord[] {
  if (start === 0) return records
  return records.map((record) => ({ ...record, offset: start + record.offset }))
}
