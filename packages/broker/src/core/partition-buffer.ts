// One partition of a stream: what has been sent of it, what waits to be, and what is left out.

import type { EventTypePartition } from '@rioni/protocol'
import type { LogRecord } from './log-record.ts'
import { committableThrough, joinSkipped, type Sifted, type SkippedRange } from './skipped-offsets.ts'

/** A partition of a stream. Its offsets are ordinals. */
export interface PartitionBuffer {
  readonly partition: EventTypePartition
  /** The last committed offset. */
  readonly committed: number
  /** The last offset that was sent; equal to `committed` when nothing is uncommitted. */
  readonly sent: number
  /** Whether `sent` is where the stream began, or was moved to by a commit, and no event that it has sent. */
  readonly isAtStart: boolean
  /** Events after `sent`, oldest first. */
  readonly records: readonly LogRecord[]
  readonly bytes: number
  /** The last offset that was read. */
  readonly readThrough: number
  /** Offsets after `committed` of which the consumer gets nothing, in order. */
  readonly skipped: readonly SkippedRange[]
  readonly lastSentAt: number
  /** The first append time that belongs to a later batch; undefined until there is a record. */
  readonly windowEndsAt: number | undefined
  /** Empty batches in a row. */
  readonly keepAlives: number
  /** Set while one of the next events is suspected of being a dead letter. */
  readonly suspicion: Suspicion | undefined
}

/** Events are sent one at a time, to find the one that consumers keep failing on. */
export interface Suspicion {
  /** The last suspected offset. */
  readonly through: number
  /** Streams in a row that ended without a commit of what they had sent. */
  readonly failedCommits: number
  /** The event that is being given up; undefined when none is. */
  readonly givingUp: number | undefined
}

/** A partition that starts after the ordinal `start`. */
export function createBuffer(partition: EventTypePartition, start: number, at: number): PartitionBuffer {
  return {
    partition,
    committed: start,
    sent: start,
    isAtStart: true,
    records: [],
    bytes: 0,
    readThrough: start,
    skipped: [],
    lastSentAt: at,
    windowEndsAt: undefined,
    keepAlives: 0,
    suspicion: undefined,
  }
}

/** The offset that is to be read next. */
export function nextOffset(buffer: PartitionBuffer): number {
  return buffer.readThrough + 1
}

/** Whether the consumer owes a commit. */
export function isUncommitted(buffer: PartitionBuffer): boolean {
  return buffer.sent > buffer.committed
}

/**
 * Takes in what was read at `nextOffset`.
 *
 * @param batchTimespanMs how long after its first event the first batch ends, in milliseconds
 */
export function receive(
  buffer: PartitionBuffer,
  { records, skipped, through }: Sifted,
  batchTimespanMs: number,
): PartitionBuffer {
  const [first] = records
  return {
    ...buffer,
    records: buffer.records.length === 0 ? records : [...buffer.records, ...records],
    bytes: buffer.bytes + bytesOf(records),
    readThrough: through,
    skipped: joinSkipped(buffer.skipped, skipped),
    windowEndsAt: buffer.windowEndsAt ?? (first && first.at + batchTimespanMs),
  }
}

/**
 * Takes in a committed offset. One beyond what was sent leaves out the events up to it; one before the last
 * commit (which only a reset of cursors does) starts over from there.
 */
export function commit(buffer: PartitionBuffer, committed: number): PartitionBuffer {
  if (committed === buffer.committed) return buffer
  if (committed < buffer.committed) {
    return {
      ...buffer,
      committed,
      sent: committed,
      isAtStart: true,
      records: [],
      bytes: 0,
      readThrough: committed,
      skipped: [],
    }
  }
  const skipped = buffer.skipped.filter(({ through }) => through > committed)
  if (committed <= buffer.sent) return { ...buffer, committed, skipped }
  const records = buffer.records.filter((record) => record.offset > committed)
  const readThrough = Math.max(buffer.readThrough, committed)
  const moved = { ...buffer, committed, sent: committed, isAtStart: true }
  return { ...moved, skipped, records, bytes: bytesOf(records), readThrough }
}

/** Forgets what waits to be sent. */
export function discard(buffer: PartitionBuffer): PartitionBuffer {
  const skipped = buffer.skipped.filter(({ through }) => through <= buffer.sent)
  return { ...buffer, records: [], bytes: 0, readThrough: buffer.sent, skipped }
}

/** The offset that the broker can commit by itself; undefined when there is none. */
export function committable({ committed, skipped }: PartitionBuffer): number | undefined {
  return skipped.length === 0 ? undefined : committableThrough(committed, skipped)
}

/** Bytes of the values of some records. */
export function bytesOf(records: readonly LogRecord[]): number {
  let bytes = 0
  for (const record of records) bytes += record.value.byteLength
  return bytes
}
