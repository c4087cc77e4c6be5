// The timelines of an event type as one sequence. Each timeline counts its offsets from 0, so offsets of
// different timelines cannot be subtracted. An ordinal counts the events of a partition across all of its
// timelines: whoever measures or moves positions works on ordinals, and only the edges know offsets.

import { digitsOf, type Position, parseOffset, timelineOf } from './offsets.ts'
import { type BrokerState, DEFAULT_STORAGE_ID, type Timeline, type Timelines } from './state.ts'

/** What a timeline begins with. */
export interface NewTimeline {
  readonly order: number
  readonly storageId: string
  readonly topic: string
}

/** A timeline that events are published into from `at` on. Its id is the name of its topic, a UUID. */
export function startTimeline({ order, storageId, topic }: NewTimeline, at: number): Timeline {
  return {
    id: topic,
    order,
    storageId,
    topic,
    createdAt: at,
    switchedAt: at,
    cleanedUpAt: null,
    latestPosition: null,
    deleted: false,
  }
}

/** The storage of a new event type. Compaction happens in one storage only, whatever the default is. */
export function storageOf(cleanupPolicy: string, { storages }: BrokerState): string {
  if (cleanupPolicy !== 'delete') return DEFAULT_STORAGE_ID
  return [...storages.values()].find(({ isDefault }) => isDefault)?.id ?? DEFAULT_STORAGE_ID
}

/** The part of a partition that lies in one timeline. */
export interface Span {
  readonly timeline: Timeline
  /** The ordinal of the timeline's offset 0. */
  readonly start: number
  /** The ordinal after that of the last event; infinite while the timeline is active. */
  readonly end: number
}

/** A partition in each of its timelines, oldest first. */
export type Spans = readonly [Span, ...Span[]]

/** Lines up the timelines of a partition. A partition that a timeline did not have yet is empty in it. */
export function spansOf([first, ...others]: Timelines, partition: string): Spans {
  const firstSpan = spanFrom(0, first, partition)
  let { end } = firstSpan
  const rest = others.map((timeline) => {
    const span = spanFrom(end, timeline, partition)
    end = span.end
    return span
  })
  return [firstSpan, ...rest]
}

function spanFrom(start: number, timeline: Timeline, partition: string): Span {
  if (timeline.latestPosition === null) return { timeline, start, end: Number.POSITIVE_INFINITY }
  const last = timeline.latestPosition[Number(partition)] ?? -1
  return { timeline, start, end: start + last + 1 }
}

/** The oldest span that still has its records. There always is one: the active timeline is never deleted. */
export function oldestSpan(spans: Spans): Span {
  return spans.find(({ timeline }) => !timeline.deleted) ?? spans[0]
}

/** The span that events are published into. */
export function activeSpan(spans: Spans): Span {
  return spans.at(-1) ?? spans[0]
}

/**
 * The ordinal of a position, or undefined when its timeline is unknown. A position beyond the end of a
 * closed timeline is taken for its end: what comes after that are the events of the next one.
 */
export function ordinalOf({ timeline, offset }: Position, spans: Spans): number | undefined {
  const span = spans.find((other) => other.timeline.order === timeline)
  return span && Math.min(span.start + offset, span.end - 1)
}

/**
 * The position after the event with an ordinal: that of the event itself, unless its timeline is gone.
 * Then it is the position before everything that there still is.
 */
export function positionOf(ordinal: number, spans: Spans): Position {
  return positionIn(newestSpan(spans, ordinal), ordinal)
}

/**
 * The position before the event that comes after an ordinal. Differs from `positionOf` only between two
 * timelines: it is the beginning of the newer one, so nothing lies between it and the next event.
 */
export function positionBefore(ordinal: number, spans: Spans): Position {
  return positionIn(newestSpan(spans, ordinal + 1), ordinal)
}

/** The newest span that begins at an ordinal or before it: the one that has the event, if any has. */
function newestSpan(spans: Spans, ordinal: number): Span {
  return spans.findLast(({ timeline, start }) => !timeline.deleted && start <= ordinal) ?? oldestSpan(spans)
}

function positionIn({ timeline, start }: Span, ordinal: number): Position {
  return { timeline: timeline.order, offset: ordinal - start }
}

/**
 * The ordinal of the last consumed event that a committed offset stands for, or undefined for `BEGIN`.
 *
 * @param committed an offset as it is stored: any form that `parseOffset` accepts
 */
export function committedOrdinal(committed: string, spans: Spans): number | undefined {
  const parsed = parseOffset({ partition: '', offset: committed }, spans[0].timeline.order)
  if (parsed.kind !== 'position') return undefined
  return ordinalOf({ timeline: timelineOf(parsed.offset), offset: Number(digitsOf(parsed.offset)) }, spans)
}
