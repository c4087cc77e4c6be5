// What a stream may send now: the buffers of its partitions, and the limits over them.
// Says nothing about sessions, connections or commits timing out; that is `stream.ts`.

import type { EventTypePartition } from '@rioni/protocol'
import type { LogRecord } from './log-record.ts'
import { bytesOf, isUncommitted, type PartitionBuffer } from './partition-buffer.ts'

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
  /** Whether `ordinal` is where the stream began, or was moved to, and no event that it has sent. */
  readonly isStart: boolean
  readonly events: readonly LogRecord[]
  /** A remark for people, on a few batches only. */
  readonly debug?: string
}

/** The real broker looks at its partitions ten times a second, so empty batches come no faster. */
const MIN_KEEP_ALIVE_MS = 100

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

/** How many offsets lie between what the consumer has been sent and what it has committed. */
export function uncommittedEvents(flow: Flow): number {
  let count = 0
  for (const buffer of flow.buffers.values()) count += buffer.sent - buffer.committed
  return count
}

/** How many more events may be sent; not positive means none. */
export function allowedEvents(flow: Flow): number {
  return allowance(flow.limits, uncommittedEvents(flow), flow.sentEvents)
}

/** One limit counts the offsets that are uncommitted, gaps and skipped ones too, the other the events sent. */
function allowance(
  { maxUncommittedEvents, streamLimit }: BatchLimits,
  uncommitted: number,
  sentEvents: number,
): number {
  const allowed = maxUncommittedEvents - uncommitted
  return streamLimit > 0 ? Math.min(allowed, streamLimit - sentEvents) : allowed
}

/** Bytes of events that wait to be sent. */
export function bufferedBytes({ buffers }: { readonly buffers: Flow['buffers'] }): number {
  let bytes = 0
  for (const buffer of buffers.values()) bytes += buffer.bytes
  return bytes
}

/** When a partition of the flow sends at the latest, although no event and no commit arrives. */
export function flushAt(flow: Flow, buffer: PartitionBuffer): number {
  return flushTime(flow.limits, buffer, batchSize(flow.limits, buffer, allowedEvents(flow)))
}

function flushTime(limits: BatchLimits, buffer: PartitionBuffer, size: number): number {
  const timeout = limits.batchFlushTimeoutMs
  const empty = buffer.records.length === 0 || size === 0
  return buffer.lastSentAt + (empty ? Math.max(timeout, MIN_KEEP_ALIVE_MS) : timeout)
}

/** How large a batch may be: while its events are suspected, one at a time, each after the commit of the last. */
function batchSize({ batchLimit }: BatchLimits, buffer: PartitionBuffer, allowed: number): number {
  const { suspicion } = buffer
  if (suspicion === undefined) return Math.max(0, Math.min(batchLimit, allowed))
  return isUncommitted(buffer) || suspicion.givingUp !== undefined ? 0 : Math.max(0, Math.min(1, allowed))
}

/** What a flush has come to so far. */
interface Sending {
  readonly limits: BatchLimits
  readonly at: number
  readonly batches: Batch[]
  buffers: ReadonlyMap<string, PartitionBuffer>
  /** The same as `buffers` once something has been sent: a copy that may be written to. */
  written: Map<string, PartitionBuffer> | undefined
  sentEvents: number
  uncommitted: number
  room: number
  /** How many more events may be sent; not positive means none. */
  allowed: number
}

/**
 * Sends every batch that is due: full ones, those whose time is up, and empty ones to keep the
 * connection alive.
 *
 * @param keys the partitions that take part, in order
 */
export function flush(
  flow: Flow,
  keys: readonly string[],
  at: number,
): readonly [flow: Flow, batches: readonly Batch[]] {
  const sending = startSending(flow, at)
  sendEach(sending, keys, due)
  dumpOverflow(sending, keys)
  return finishSending(flow, sending)
}

/** Sends what waits, in batches that need not be full, for a stream that is about to end. */
export function drain(
  flow: Flow,
  keys: readonly string[],
  at: number,
): readonly [flow: Flow, batches: readonly Batch[]] {
  const sending = startSending(flow, at)
  sendEach(sending, keys, waiting)
  return finishSending(flow, sending)
}

function startSending(flow: Flow, at: number): Sending {
  const { limits, sentEvents, room } = flow
  const { buffers } = flow
  const uncommitted = uncommittedEvents(flow)
  const allowed = allowance(limits, uncommitted, sentEvents)
  return { limits, at, batches: [], buffers, written: undefined, sentEvents, uncommitted, room, allowed }
}

function finishSending(
  flow: Flow,
  { batches, buffers, sentEvents, room }: Sending,
): readonly [flow: Flow, batches: readonly Batch[]] {
  return [batches.length === 0 ? flow : { limits: flow.limits, buffers, sentEvents, room }, batches]
}

/** The events of the batch that a partition has to send next; undefined when it is to wait. */
type Next = (sending: Sending, buffer: PartitionBuffer) => readonly LogRecord[] | undefined

/** Sends of one partition after the other until it is to wait. An empty batch is the last of its partition. */
function sendEach(sending: Sending, keys: readonly string[], next: Next): void {
  for (const key of keys) {
    for (;;) {
      const buffer = sending.buffers.get(key)
      const events = buffer && next(sending, buffer)
      if (buffer === undefined || events === undefined) break
      send(sending, key, { buffer, events })
      if (events.length === 0) break
    }
  }
}

/** A batch that is full, or whose time is up. */
function due({ limits, at, room, allowed }: Sending, buffer: PartitionBuffer): Due {
  if (room <= 0) return undefined
  const { records } = buffer
  const size = batchSize(limits, buffer, allowed)
  const window = size > 0 && buffer.suspicion === undefined ? closedWindow(buffer, limits) : 0
  if (window > 0) return records.slice(0, Math.min(window, allowed))
  const isFull = size > 0 && records.length >= size
  return isFull || at >= flushTime(limits, buffer, size) ? records.slice(0, size) : undefined
}

/** Whatever there is and may be sent. */
function waiting({ limits, allowed }: Sending, buffer: PartitionBuffer): Due {
  const events = buffer.records.slice(0, batchSize(limits, buffer, allowed))
  return events.length === 0 ? undefined : events
}

type Due = readonly LogRecord[] | undefined

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
function dumpOverflow(sending: Sending, keys: readonly string[]): void {
  while (
    bufferedBytes(sending) > sending.limits.maxBufferedBytes &&
    sending.room > 0 &&
    sending.allowed > 0
  ) {
    const [key, buffer] = heaviest(sending, keys) ?? []
    if (key === undefined || buffer === undefined) return
    const events = buffer.records.slice(0, sending.allowed)
    send(sending, key, { buffer, events, debug: 'Stream parameters are causing overflow' })
  }
}

/** The partition with the most bytes waiting, among those that may send more than one event at a time. */
function heaviest({ buffers }: Sending, keys: readonly string[]): [string, PartitionBuffer] | undefined {
  let found: [string, PartitionBuffer] | undefined
  for (const key of keys) {
    const buffer = buffers.get(key)
    if (buffer === undefined || buffer.bytes === 0 || buffer.suspicion !== undefined) continue
    if (found === undefined || buffer.bytes > found[1].bytes) found = [key, buffer]
  }
  return found
}

interface Line extends Pick<Batch, 'events' | 'debug'> {
  readonly buffer: PartitionBuffer
}

function send(sending: Sending, key: string, { buffer, ...line }: Line): void {
  const { events } = line
  const after = afterSending(buffer, line, sending)
  const { partition, sent: ordinal, isAtStart: isStart } = after
  sending.batches.push({ partition, ordinal, isStart, ...line })
  sending.written ??= new Map(sending.buffers)
  sending.buffers = sending.written.set(key, after)
  sending.sentEvents += events.length
  sending.room -= buffer.bytes - after.bytes + LINE_OVERHEAD
  sending.uncommitted += after.sent - buffer.sent
  sending.allowed = allowance(sending.limits, sending.uncommitted, sending.sentEvents)
}

function afterSending(
  buffer: PartitionBuffer,
  line: Pick<Batch, 'events' | 'debug'>,
  sending: Sending,
): PartitionBuffer {
  const { events } = line
  const last = events.at(-1)
  const windowEndsAt = nextWindowEnd(buffer, line, sending)
  const { at: lastSentAt } = sending
  if (last === undefined) return { ...buffer, lastSentAt, windowEndsAt, keepAlives: buffer.keepAlives + 1 }
  return {
    ...buffer,
    sent: last.offset,
    isAtStart: false,
    records: buffer.records.slice(events.length),
    bytes: buffer.bytes - bytesOf(events),
    lastSentAt,
    windowEndsAt,
    keepAlives: 0,
  }
}

/**
 * When the next time window ends. It follows a window that a later event has closed. A batch that was sent
 * because it was full, or its time up, begins a new one; one that was sent to make room does not. All as the real
 * broker does.
 */
function nextWindowEnd(
  buffer: PartitionBuffer,
  { events, debug }: Pick<Batch, 'events' | 'debug'>,
  { limits, at }: Sending,
): number | undefined {
  const last = events.at(-1)
  if (debug !== undefined) return buffer.windowEndsAt
  if (closedWindow(buffer, limits) === 0) return at + limits.batchTimespanMs
  // The window waits until its events may be sent.
  if (last === undefined) return buffer.windowEndsAt
  return Math.max(buffer.windowEndsAt ?? 0, last.at) + limits.batchTimespanMs
}

/** Roughly what a line weighs beside its events, so that empty batches use up room too. */
const LINE_OVERHEAD = 200
