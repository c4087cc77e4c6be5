// One low-level stream as a value: `stepEventStream(state, input, at) -> [state, effects]`. The client keeps its
// own positions, so nothing is registered, shared out or committed: the stream reads, batches and sends, until
// one of its limits ends it. "Low-level API" in the Nakadi manual.

import type { EventTypePartition } from '@rioni/protocol'
import type { Batch } from './batching.ts'
import type { LogRecord } from './log-record.ts'

/** What the client asked for, complete. Durations are in milliseconds. */
export interface EventStreamSettings {
  /** Most events in a batch. */
  readonly batchLimit: number
  /** A partition that has sent nothing for so long sends what it has, be it nothing. */
  readonly batchFlushTimeoutMs: number
  /** The stream ends after so many events; 0 means never. */
  readonly streamLimit: number
  /** The stream ends after this time. */
  readonly streamTimeoutMs: number
  /** The stream ends after so many empty batches in a row on every partition; 0 means never. */
  readonly keepAliveLimit: number
  /** Bytes of events that may wait to be sent; beyond it the heaviest partition sends all it has. */
  readonly maxBufferedBytes: number
}

/** A partition of a stream: what has been sent and what waits to be. */
export interface Lane {
  readonly partition: EventTypePartition
  /** The ordinal of the last event that was sent, or that the client has already. */
  readonly sent: number
  /** Whether `sent` is where the stream began, and no event that it has sent. */
  readonly isAtStart: boolean
  /** The ordinal up to which records have been read; some may have been left out. */
  readonly readThrough: number
  readonly isReading: boolean
  /** Events after `sent`, oldest first. */
  readonly records: readonly LogRecord[]
  readonly bytes: number
  readonly lastSentAt: number
  /** Empty batches in a row. */
  readonly keepAlives: number
}

/** Sends batches. */
export interface OpenEventStream {
  readonly phase: 'open'
  readonly settings: EventStreamSettings
  readonly startedAt: number
  /** By `partitionKey`. */
  readonly lanes: ReadonlyMap<string, Lane>
  /** Events that have been taken in, whether sent or not. */
  readonly readEvents: number
  /** Bytes that the connection takes before its reader has to catch up; not positive means none. */
  readonly room: number
}

export type EventStreamState = OpenEventStream | { readonly phase: 'ended' }

export type EventStreamInput =
  /** The answer to `read`: what the consumer may get of it, and the ordinal up to which it was read. */
  | {
      readonly type: 'records'
      readonly key: string
      readonly records: readonly LogRecord[]
      readonly through: number
    }
  /** The connection takes so many bytes more before its reader has to catch up. */
  | { readonly type: 'room'; readonly bytes: number }
  /** The time that `eventStreamWakesAt` named has come. */
  | { readonly type: 'timer' }
  /** There is no reason to go on: the client or the event type is gone, or the client may not read it any more. */
  | { readonly type: 'over' }

export type EventStreamEffect =
  /** Read records from an ordinal on, waiting for the first one if need be. */
  | {
      readonly type: 'read'
      readonly partition: EventTypePartition
      readonly from: number
      readonly maxRecords: number
    }
  | { readonly type: 'send'; readonly batch: Batch }
  /** End the connection. */
  | { readonly type: 'end' }

export type EventStreamStep = readonly [state: EventStreamState, effects: readonly EventStreamEffect[]]

/** Where a partition of a new stream starts. */
export interface EventStreamStart {
  readonly partition: EventTypePartition
  /** The ordinal of the last event that the client has already. */
  readonly after: number
}

/** A stream that has sent nothing yet. It begins to read when its connection has room. */
export function startEventStream(
  partitions: ReadonlyMap<string, EventStreamStart>,
  settings: EventStreamSettings,
  at: number,
): OpenEventStream {
  const lanes = [...partitions].map(([key, { partition, after }]): [string, Lane] => [
    key,
    {
      partition,
      sent: after,
      isAtStart: true,
      readThrough: after,
      isReading: false,
      records: [],
      bytes: 0,
      lastSentAt: at,
      keepAlives: 0,
    },
  ])
  return { phase: 'open', settings, startedAt: at, lanes: new Map(lanes), readEvents: 0, room: 0 }
}

/** What becomes of a stream through one input, and what is to be done about it. */
export function stepEventStream(
  state: EventStreamState,
  input: EventStreamInput,
  at: number,
): EventStreamStep {
  if (state.phase === 'ended') return [state, []]
  switch (input.type) {
    case 'records':
      return proceed(...takeRecords(state, input, at), at)
    case 'room':
      return proceed({ ...state, room: input.bytes }, [], at)
    case 'timer':
      return proceed(state, [], at)
    case 'over':
      return [{ phase: 'ended' }, [{ type: 'end' }]]
  }
}

/** When the stream needs a `timer` input at the latest; undefined when it has ended. */
export function eventStreamWakesAt(state: EventStreamState): number | undefined {
  if (state.phase === 'ended') return undefined
  const { settings, lanes, room, startedAt } = state
  const times = [startedAt + settings.streamTimeoutMs]
  // A connection that takes nothing says so itself when it does again.
  if (room > 0) for (const lane of lanes.values()) times.push(lane.lastSentAt + settings.batchFlushTimeoutMs)
  return Math.min(...times)
}

type Sent = readonly [state: OpenEventStream, batches: readonly Batch[]]

/**
 * Takes in what was read. When that is more than may wait, it is taken in piece by piece, so that no batch
 * grows far beyond the limit.
 */
function takeRecords(
  state: OpenEventStream,
  { key, records, through }: EventStreamInput & { readonly type: 'records' },
  at: number,
): Sent {
  const lane = state.lanes.get(key)
  if (lane === undefined) return [state, []]
  const batches: Batch[] = []
  const wanted = records.slice(0, remainingEvents(state))
  let current = withLane(state, key, { ...lane, readThrough: through, isReading: false })
  for (let from = 0; from < wanted.length; ) {
    const piece = wanted.slice(from, from + fitting(current, wanted.slice(from)))
    const [after, sent] = flush(receive(current, key, piece), at)
    batches.push(...sent)
    current = after
    from += piece.length
  }
  return [current, batches]
}

/** How many records it takes to exceed the limit of what may wait; all of them if they do not. */
function fitting(state: OpenEventStream, records: readonly LogRecord[]): number {
  let bytes = bufferedBytes(state)
  const last = records.findIndex((record) => {
    bytes += record.value.byteLength
    return bytes > state.settings.maxBufferedBytes
  })
  return last < 0 ? records.length : last + 1
}

function receive(state: OpenEventStream, key: string, records: readonly LogRecord[]): OpenEventStream {
  const lane = state.lanes.get(key)
  if (lane === undefined) return state
  const received = {
    ...lane,
    records: [...lane.records, ...records],
    bytes: lane.bytes + bytesOf(records),
    keepAlives: 0,
  }
  return { ...withLane(state, key, received), readEvents: state.readEvents + records.length }
}

/** Sends what is due, and ends or reads on. */
function proceed(state: OpenEventStream, before: readonly Batch[], at: number): EventStreamStep {
  const [flushed, due] = flush(state, at)
  const sends = [...before, ...due].map(sending)
  if (hasOnlyKeptAlive(flushed)) return [{ phase: 'ended' }, [...sends, { type: 'end' }]]
  const timeIsUp = at >= state.startedAt + state.settings.streamTimeoutMs
  if (timeIsUp || remainingEvents(flushed) === 0) {
    return [{ phase: 'ended' }, [...sends, ...drain(flushed, at).map(sending), { type: 'end' }]]
  }
  const [after, reads] = planReads(flushed)
  return [after, [...sends, ...reads]]
}

function sending(batch: Batch): EventStreamEffect {
  return { type: 'send', batch }
}

/** Sends every batch that is full or whose time is up, and the heaviest partitions while too much waits. */
function flush(state: OpenEventStream, at: number): Sent {
  const batches: Batch[] = []
  let current = state
  const sendOf = (key: string, size: number) => {
    const [after, batch] = send(current, key, { size, at })
    current = after
    if (batch !== undefined) batches.push(batch)
  }
  for (const key of state.lanes.keys()) {
    for (let size = dueSize(current, key, at); size !== undefined; size = dueSize(current, key, at)) {
      sendOf(key, size)
    }
  }
  while (current.room > 0 && bufferedBytes(current) > current.settings.maxBufferedBytes) {
    const [key, { records }] = [...current.lanes].reduce((a, b) => (b[1].bytes > a[1].bytes ? b : a))
    sendOf(key, records.length)
  }
  return [current, batches]
}

/** How many events a partition has to send now, perhaps none to keep the connection alive; undefined to wait. */
function dueSize({ lanes, room, settings }: OpenEventStream, key: string, at: number): number | undefined {
  const lane = lanes.get(key)
  if (lane === undefined || room <= 0) return undefined
  const isDue =
    lane.records.length >= settings.batchLimit || at - lane.lastSentAt >= settings.batchFlushTimeoutMs
  return isDue ? Math.min(lane.records.length, settings.batchLimit) : undefined
}

/** Everything that waits, although the batches are not full and the connection may have no room. */
function drain(state: OpenEventStream, at: number): readonly Batch[] {
  const batches: Batch[] = []
  let current = state
  for (const [key, { records }] of state.lanes) {
    for (let left = records.length; left > 0; left -= state.settings.batchLimit) {
      const [after, batch] = send(current, key, { size: Math.min(left, state.settings.batchLimit), at })
      current = after
      if (batch !== undefined) batches.push(batch)
    }
  }
  return batches
}

function send(
  state: OpenEventStream,
  key: string,
  { size, at }: { readonly size: number; readonly at: number },
): readonly [state: OpenEventStream, batch: Batch | undefined] {
  const lane = state.lanes.get(key)
  if (lane === undefined) return [state, undefined]
  const events = lane.records.slice(0, size)
  const sent = events.at(-1)?.offset ?? lane.sent
  const isAtStart = lane.isAtStart && size === 0
  const bytes = bytesOf(events)
  const after = {
    ...lane,
    sent,
    isAtStart,
    records: lane.records.slice(size),
    bytes: lane.bytes - bytes,
    lastSentAt: at,
    keepAlives: size === 0 ? lane.keepAlives + 1 : 0,
  }
  const batch = { partition: lane.partition, ordinal: sent, isStart: isAtStart, events }
  return [{ ...withLane(state, key, after), room: state.room - bytes - LINE_OVERHEAD }, batch]
}

/** Roughly what a line weighs beside its events, so that empty batches use up room too. */
const LINE_OVERHEAD = 120

/** More than this is not read at once, however much may be sent. */
const MAX_RECORDS_PER_READ = 1000

/** Reads on wherever a batch is not full yet, while the client keeps up. */
function planReads(state: OpenEventStream): EventStreamStep & readonly [OpenEventStream, unknown] {
  const { settings } = state
  if (state.room <= 0 || bufferedBytes(state) >= settings.maxBufferedBytes) return [state, []]
  const effects: EventStreamEffect[] = []
  const lanes = new Map(state.lanes)
  const maxRecords = Math.min(MAX_RECORDS_PER_READ, remainingEvents(state))
  for (const [key, lane] of state.lanes) {
    if (lane.isReading || lane.records.length >= settings.batchLimit) continue
    lanes.set(key, { ...lane, isReading: true })
    effects.push({ type: 'read', partition: lane.partition, from: lane.readThrough + 1, maxRecords })
  }
  return [{ ...state, lanes }, effects]
}

function hasOnlyKeptAlive({ lanes, settings: { keepAliveLimit } }: OpenEventStream): boolean {
  return keepAliveLimit > 0 && [...lanes.values()].every(({ keepAlives }) => keepAlives >= keepAliveLimit)
}

function remainingEvents({ readEvents, settings: { streamLimit } }: OpenEventStream): number {
  return streamLimit > 0 ? streamLimit - readEvents : Number.POSITIVE_INFINITY
}

function withLane(state: OpenEventStream, key: string, lane: Lane): OpenEventStream {
  return { ...state, lanes: new Map(state.lanes).set(key, lane) }
}

function bufferedBytes({ lanes }: OpenEventStream): number {
  let bytes = 0
  for (const lane of lanes.values()) bytes += lane.bytes
  return bytes
}

function bytesOf(records: readonly LogRecord[]): number {
  let bytes = 0
  for (const record of records) bytes += record.value.byteLength
  return bytes
}
