// What a stream may send now: the buffers of its partitions, and the limits over them.
// Says nothing about sessions, connections or commits timing out; that is `stream.ts`.

import type { EventTypePartition } from '@rioni/protocol'
import type { LogRecord } from './log-record.ts'

/** The limits of one stream. Durations are in milliseconds. */
export interface BatchLimits {
  /** Most events in a batch. */
  readonly batchLimit: number
  /** A partition that has sent nothing for so long sends what it has, be it nothing. */
  readonly batchFlushTimeoutMs: number
  /** Events of a batch are appended within this time of each other; 0 means any. */
  readonly batchTimespanMs: number
  /** Events that may be sent and not yet committed, over all partitions. */
  readonly maxUncommittedEvents: number
  /** Events that the stream may send in its life; 0 means any number. */
  readonly streamLimit: number
  /** Bytes of events that may wait to be sent, over all partitions. */
  readonly maxBufferedBytes: number
}

/** One partition of a stream: what has been sent and what waits to be. Its offsets are ordinals. */
export interface PartitionBuffer {
  readonly partition: EventTypePartition
  /** The last committed offset. */
  readonly committed: number
  /** The last offset that was sent; equal to `committed` when nothing is uncommitted. */
  readonly sent: number
  /** Records after `sent`, oldest first. */
  readonly records: readonly LogRecord[]
  readonly bytes: number
  readonly lastSentAt: number
  /** The first append time that belongs to a later batch; undefined until there is a record. */
  readonly windowEndsAt: number | undefined
  /** Empty batches in a row. */
  readonly keepAlives: number
}

/** The buffers of a stream, by `partitionKey`, and how much it has sent. */
export interface Flow {
  readonly limits: BatchLimits
  readonly buffers: ReadonlyMap<string, PartitionBuffer>
  readonly sentEvents: number
  /** Bytes that the connection takes before its reader has to catch up; not positive means none. */
  readonly room: number
}

/** One line of a stream. */
export interface Batch {
  readonly partition: EventTypePartition
  /** The ordinal of the last event, or of the last batch before when there are no events. */
  readonly ordinal: number
  readonly events: readonly LogRecord[]
  /** A remark for people, on a few batches only. */
  readonly debug?: string
}

/** The real broker looks at its partitions ten times a second, so empty batches come no faster. */
const MIN_KEEP_ALIVE_MS = 100

/** A partition that starts after the ordinal `start`. */
export function createBuffer(partition: EventTypePartition, start: number, at: number): PartitionBuffer {
  return {
    partition,
    committed: start,
    sent: start,
    records: [],
    bytes: 0,
    lastSentAt: at,
    windowEndsAt: undefined,
    keepAlives: 0,
  }
}

/** The flow with one buffer put in or replaced. */
export function withBuffer(flow: Flow, key: string, buffer: PartitionBuffer): Flow {
  return { ...flow, buffers: new Map(flow.buffers).set(key, buffer) }
}

/** The flow without one buffer. */
export function withoutBuffer(flow: Flow, key: string): Flow {
  const buffers = new Map(flow.buffers)
  buffers.delete(key)
  return { ...flow, buffers }
}

/** The offset that is to be read next. */
export function nextOffset(buffer: PartitionBuffer): number {
  return (buffer.records.at(-1)?.offset ?? buffer.sent) + 1
}

/** Takes in records that were read at `nextOffset`. */
export function receive(
  buffer: PartitionBuffer,
  records: readonly LogRecord[],
  limits: BatchLimits,
): PartitionBuffer {
  const [first] = records
  if (first === undefined) return buffer
  return {
    ...buffer,
    records: buffer.records.length === 0 ? records : [...buffer.records, ...records],
    bytes: buffer.bytes + bytesOf(records),
    windowEndsAt: buffer.windowEndsAt ?? first.at + limits.batchTimespanMs,
  }
}

/**
 * Takes in a committed offset. One beyond what was sent skips the events up to it; one before the last
 * commit (which only a reset of cursors does) starts over from there.
 */
export function commit(buffer: PartitionBuffer, committed: number): PartitionBuffer {
  if (committed < buffer.committed) return { ...buffer, committed, sent: committed, records: [], bytes: 0 }
  if (committed <= buffer.sent) return { ...buffer, committed }
  const records = buffer.records.filter((record) => record.offset > committed)
  return { ...buffer, committed, sent: committed, records, bytes: bytesOf(records) }
}

/** Forgets what waits to be sent. */
export function discard(buffer: PartitionBuffer): PartitionBuffer {
  return { ...buffer, records: [], bytes: 0 }
}

/** How many events the consumer has been sent and has not committed. */
export function uncommittedEvents(flow: Flow): number {
  let count = 0
  for (const buffer of flow.buffers.values()) count += buffer.sent - buffer.committed
  return count
}

/** How many more events may be sent; not positive means none. */
export function allowedEvents(flow: Flow): number {
  const { maxUncommittedEvents, streamLimit } = flow.limits
  const allowed = maxUncommittedEvents - uncommittedEvents(flow)
  return streamLimit > 0 ? Math.min(allowed, streamLimit - flow.sentEvents) : allowed
}

/** Bytes of events that wait to be sent. */
export function bufferedBytes(flow: Flow): number {
  let bytes = 0
  for (const buffer of flow.buffers.values()) bytes += buffer.bytes
  return bytes
}

/** When a partition of the flow sends at the latest, although no event and no commit arrives. */
export function flushAt(flow: Flow, buffer: PartitionBuffer): number {
  const timeout = flow.limits.batchFlushTimeoutMs
  const empty = buffer.records.length === 0 || batchSize(flow) === 0
  return buffer.lastSentAt + (empty ? Math.max(timeout, MIN_KEEP_ALIVE_MS) : timeout)
}

/** What a flush has come to so far. */
interface Sending {
  readonly at: number
  readonly batches: Batch[]
  flow: Flow
}

/**
 * Sends every batch that is due: full ones, those whose time is up, and empty ones to keep the
 * connection alive.
 *
 * @param keys the partitions that take part, in order
 */
export function flush(
  flow: Flow,
  keys: Iterable<string>,
  at: number,
): readonly [flow: Flow, batches: readonly Batch[]] {
  const sending: Sending = { at, batches: [], flow }
  sendEach(sending, keys, due)
  dumpOverflow(sending)
  return [sending.flow, sending.batches]
}

/** Sends what waits, in batches that need not be full, for a stream that is about to end. */
export function drain(
  flow: Flow,
  keys: Iterable<string>,
  at: number,
): readonly [flow: Flow, batches: readonly Batch[]] {
  const sending: Sending = { at, batches: [], flow }
  sendEach(sending, keys, waiting)
  return [sending.flow, sending.batches]
}

/** The events of the batch that a partition has to send next; undefined when it is to wait. */
type Next = (sending: Sending, key: string) => readonly LogRecord[] | undefined

/** Sends of one partition after the other until it is to wait. An empty batch is the last of its partition. */
function sendEach(sending: Sending, keys: Iterable<string>, next: Next): void {
  for (const key of keys) {
    for (let events = next(sending, key); events !== undefined; events = next(sending, key)) {
      send(sending, key, { events })
      if (events.length === 0) break
    }
  }
}

/** A batch that is full, or whose time is up. */
function due({ flow, at }: Sending, key: string): readonly LogRecord[] | undefined {
  const buffer = flow.buffers.get(key)
  if (buffer === undefined || flow.room <= 0) return undefined
  const limit = batchSize(flow)
  const window = limit > 0 ? closedWindow(buffer, flow.limits) : 0
  if (window > 0) return buffer.records.slice(0, Math.min(window, allowedEvents(flow)))
  const full = limit > 0 && buffer.records.length >= limit
  return full || at >= flushAt(flow, buffer) ? buffer.records.slice(0, limit) : undefined
}

/** Whatever there is and may be sent. */
function waiting({ flow }: Sending, key: string): readonly LogRecord[] | undefined {
  const events = flow.buffers.get(key)?.records.slice(0, batchSize(flow))
  return events?.length === 0 ? undefined : events
}

function batchSize(flow: Flow): number {
  return Math.max(0, Math.min(flow.limits.batchLimit, allowedEvents(flow)))
}

/** How many records belong to a time window that a later record has closed. */
function closedWindow(buffer: PartitionBuffer, limits: BatchLimits): number {
  const { records, windowEndsAt } = buffer
  const newest = records.at(-1)
  if (limits.batchTimespanMs === 0 || newest === undefined || windowEndsAt === undefined) return 0
  if (newest.at < windowEndsAt) return 0
  return Math.max(
    1,
    records.findIndex((record) => record.at >= windowEndsAt),
  )
}

/** While too much waits, the heaviest partition sends although its batch is not full. */
function dumpOverflow(sending: Sending): void {
  while (bufferedBytes(sending.flow) > sending.flow.limits.maxBufferedBytes && sending.flow.room > 0) {
    const allowed = allowedEvents(sending.flow)
    if (allowed <= 0) return
    const [key, heaviest] = [...sending.flow.buffers].reduce((a, b) => (b[1].bytes > a[1].bytes ? b : a))
    const events = heaviest.records.slice(0, allowed)
    send(sending, key, { events, debug: 'Stream parameters are causing overflow' })
  }
}

function send(sending: Sending, key: string, line: Pick<Batch, 'events' | 'debug'>): void {
  const { flow } = sending
  const buffer = flow.buffers.get(key)
  if (buffer === undefined) return
  const { events } = line
  const after = afterSending(buffer, events, sending)
  sending.batches.push({ partition: buffer.partition, ordinal: after.sent, ...line })
  sending.flow = {
    ...withBuffer(flow, key, after),
    sentEvents: flow.sentEvents + events.length,
    room: flow.room - (buffer.bytes - after.bytes) - LINE_OVERHEAD,
  }
}

function afterSending(
  buffer: PartitionBuffer,
  events: readonly LogRecord[],
  { flow, at }: Sending,
): PartitionBuffer {
  const last = events.at(-1)
  if (last === undefined) return { ...buffer, lastSentAt: at, keepAlives: buffer.keepAlives + 1 }
  return {
    ...buffer,
    sent: last.offset,
    records: buffer.records.slice(events.length),
    bytes: buffer.bytes - bytesOf(events),
    lastSentAt: at,
    windowEndsAt: Math.max(buffer.windowEndsAt ?? 0, last.at) + flow.limits.batchTimespanMs,
    keepAlives: 0,
  }
}

/** Roughly what a line weighs beside its events, so that empty batches use up room too. */
const LINE_OVERHEAD = 200

function bytesOf(records: readonly LogRecord[]): number {
  let bytes = 0
  for (const record of records) bytes += record.value.byteLength
  return bytes
}
