// The streaming phase: which partitions the stream has, what it sends of them, and when it stops.

import {
  allowedEvents,
  bufferedBytes,
  commit,
  createBuffer,
  discard,
  drain,
  type Flow,
  flush,
  flushAt,
  nextOffset,
  type PartitionBuffer,
  receive,
  uncommittedEvents,
  withBuffer,
  withoutBuffer,
} from './batching.ts'
import { next, type SessionInput } from './session.ts'
import { partitionKey } from './state.ts'
import { committedOrdinal, settleClosing } from './stream-closing.ts'
import type {
  StreamEffect,
  StreamInput,
  Streaming,
  StreamPosition,
  StreamSettings,
  StreamStep,
} from './stream-state.ts'

/** More than this is not read at once, however much may be sent. */
const MAX_RECORDS_PER_READ = 1000

/** A stream without partitions, at its beginning. */
export function startStreaming(sessionId: string, settings: StreamSettings, at: number): Streaming {
  return {
    phase: 'streaming',
    sessionId,
    settings,
    startedAt: at,
    flow: { limits: settings, buffers: new Map(), sentEvents: 0, room: 0 },
    locating: new Map(),
    reading: new Map(),
    releasing: new Map(),
    commitClockAt: at,
    committedEvents: 0,
    withoutPartitionsSince: at,
    skippedEvents: 0,
    greeted: false,
  }
}

/** One step of a stream that is sending. */
export function stepStreaming(state: Streaming, input: StreamInput, at: number): StreamStep {
  switch (input.type) {
    case 'positions':
      return proceed(...takePositions(state, input.positions, at), at)
    case 'located':
      return proceed(...takeBounds(state, input, at), at)
    case 'records':
      return proceed(takeRecords(state, input), [], at)
    case 'room':
      return proceed({ ...state, flow: { ...state.flow, room: input.bytes } }, [], at)
    case 'timer':
      return proceed(state, [], at)
    case 'clientGone':
    case 'cursorsReset':
    case 'blocked':
    case 'sessionLost':
    case 'brokerClosing':
    case 'shutdown':
      return stop(state, input.type, at)
    case 'released':
      return [state, []]
  }
}

/** When a time limit is reached or a batch falls due. */
export function streamingWakesAt(state: Streaming): number {
  const { settings, flow } = state
  const times = [state.startedAt + settings.streamTimeoutMs, ...state.releasing.values()]
  if (uncommittedEvents(flow) > 0) times.push(state.commitClockAt + settings.commitTimeoutMs)
  if (state.withoutPartitionsSince !== undefined) times.push(lonelyUntil(state, state.withoutPartitionsSince))
  // A connection that takes nothing says so itself when it does again.
  if (flow.room > 0) for (const key of activeKeys(state)) times.push(dueAt(flow, key))
  return Math.min(...times)
}

/** Learns who owns which partition and what is committed. */
function takePositions(
  state: Streaming,
  positions: readonly StreamPosition[],
  at: number,
): readonly [state: Streaming, effects: StreamEffect[]] {
  const effects: StreamEffect[] = []
  let current = state
  for (const position of positions) {
    const key = partitionKey(position)
    const buffer = current.flow.buffers.get(key)
    if (position.session !== state.sessionId) current = losePartition(current, position, effects)
    else if (buffer !== undefined) current = updatePartition(current, position, { buffer, at, effects })
    else {
      if (!current.locating.has(key)) effects.push({ type: 'locate', partition: position })
      current = { ...current, locating: new Map(current.locating).set(key, position) }
    }
  }
  return [noteLoneliness(current, at), effects]
}

function losePartition(state: Streaming, partition: StreamPosition, effects: StreamEffect[]): Streaming {
  const key = partitionKey(partition)
  if (!state.flow.buffers.has(key) && !state.locating.has(key)) return state
  if (state.reading.has(key)) effects.push({ type: 'stopReading', partition })
  return {
    ...state,
    flow: withoutBuffer(state.flow, key),
    locating: without(state.locating, key),
    reading: without(state.reading, key),
    releasing: without(state.releasing, key),
  }
}

interface Update {
  readonly buffer: PartitionBuffer
  readonly at: number
  readonly effects: StreamEffect[]
}

/** Takes in a commit, and whether another session has begun or ceased to wait for the partition. */
function updatePartition(
  state: Streaming,
  position: StreamPosition,
  { buffer, at, effects }: Update,
): Streaming {
  const key = partitionKey(position)
  const committed = committedOrdinal(position, buffer)
  const progress = Math.max(0, committed - buffer.committed)
  const isLeaving = position.state === 'reassigning'
  const after = isLeaving ? discard(commit(buffer, committed)) : commit(buffer, committed)
  const interrupted = state.reading.has(key) && (isLeaving || state.reading.get(key) !== nextOffset(after))
  if (interrupted) effects.push({ type: 'stopReading', partition: position })
  if (isLeaving && after.sent <= after.committed) {
    effects.push({ type: 'release', sessionId: state.sessionId, partitions: [position] })
  }
  const deadline = state.releasing.get(key) ?? at + state.settings.commitTimeoutMs
  return {
    ...state,
    flow: after === buffer ? state.flow : withBuffer(state.flow, key, after),
    reading: interrupted ? without(state.reading, key) : state.reading,
    releasing: isLeaving ? new Map(state.releasing).set(key, deadline) : without(state.releasing, key),
    committedEvents: state.committedEvents + progress,
    commitClockAt: progress > 0 ? at : state.commitClockAt,
  }
}

function noteLoneliness(state: Streaming, at: number): Streaming {
  const lonely = state.flow.buffers.size === 0 && state.locating.size === 0
  return { ...state, withoutPartitionsSince: lonely ? (state.withoutPartitionsSince ?? at) : undefined }
}

/** Starts a partition at its committed offset, or at the oldest event if that one has expired. */
function takeBounds(
  state: Streaming,
  { key, bounds }: StreamInput & { readonly type: 'located' },
  at: number,
): readonly [state: Streaming, effects: StreamEffect[]] {
  const effects: StreamEffect[] = []
  const position = state.locating.get(key)
  if (position === undefined) return [state, effects]
  const committed = position.committed ?? bounds.first - 1
  const ordinal = Math.max(committed, bounds.first - 1)
  const partition = { event_type: position.event_type, partition: position.partition }
  const buffer = createBuffer(partition, ordinal, at)
  const started: Streaming = {
    ...state,
    flow: withBuffer(state.flow, key, buffer),
    locating: without(state.locating, key),
    skippedEvents: state.skippedEvents + (ordinal - committed),
  }
  // Another session may have begun to wait for the partition in the meantime.
  const isLeaving = position.state === 'reassigning'
  return [isLeaving ? updatePartition(started, position, { buffer, at, effects }) : started, effects]
}

function takeRecords(state: Streaming, input: StreamInput & { readonly type: 'records' }): Streaming {
  const { key, from, records } = input
  const buffer = state.flow.buffers.get(key)
  if (buffer === undefined || state.reading.get(key) !== from) return state
  const flow = withBuffer(state.flow, key, receive(buffer, records, state.settings))
  return { ...state, flow, reading: without(state.reading, key) }
}

/** Stops if it is time to, and otherwise sends what is due and reads on. */
function proceed(state: Streaming, effects: readonly StreamEffect[], at: number): StreamStep {
  const ending = endingBefore(state, at)
  if (ending !== undefined) return withEffects(effects, stop(state, ending, at))
  const [sent, sends] = send(state, flush(state.flow, activeKeys(state), at), at)
  if (hasOnlyKeptAlive(sent)) return withEffects([...effects, ...sends], stop(sent, 'keepAliveLimit', at))
  const [after, reads] = planReads(sent)
  return [after, [...effects, ...sends, ...reads]]
}

function withEffects(before: readonly StreamEffect[], [state, effects]: StreamStep): StreamStep {
  return [state, [...before, ...effects]]
}

/** The reason to stop now, apart from the keep-alive limit, which follows from what is sent. */
function endingBefore(state: Streaming, at: number): SessionInput | undefined {
  const { settings, flow, withoutPartitionsSince } = state
  if (settings.streamLimit > 0 && state.committedEvents >= settings.streamLimit) return 'streamLimit'
  if (at >= state.startedAt + settings.streamTimeoutMs) return 'streamTimeout'
  if (uncommittedEvents(flow) > 0 && at >= state.commitClockAt + settings.commitTimeoutMs)
    return 'commitTimeout'
  for (const deadline of state.releasing.values()) if (at >= deadline) return 'partitionOverdue'
  const lonely = withoutPartitionsSince !== undefined && at >= lonelyUntil(state, withoutPartitionsSince)
  return lonely ? 'noPartitions' : undefined
}

/** A stream without a partition ends after two commit timeouts. */
function lonelyUntil(state: Streaming, since: number): number {
  return since + 2 * state.settings.commitTimeoutMs
}

function hasOnlyKeptAlive(state: Streaming): boolean {
  const { keepAliveLimit } = state.settings
  const keys = activeKeys(state)
  if (keepAliveLimit === 0 || keys.length === 0) return false
  return keys.every((key) => (state.flow.buffers.get(key)?.keepAlives ?? 0) >= keepAliveLimit)
}

/** The partitions that are sent: all but those that another session waits for. */
function activeKeys(state: Streaming): readonly string[] {
  return [...state.flow.buffers.keys()].filter((key) => !state.releasing.has(key))
}

function dueAt(flow: Flow, key: string): number {
  const buffer = flow.buffers.get(key)
  return buffer === undefined ? Number.POSITIVE_INFINITY : flushAt(flow, buffer)
}

/** Turns batches into effects. The first batch of a stream greets; the commit clock may start. */
function send(
  state: Streaming,
  [flow, batches]: ReturnType<typeof flush>,
  at: number,
): readonly [state: Streaming, effects: readonly StreamEffect[]] {
  if (batches.length === 0) return [state, []]
  const effects: StreamEffect[] = batches.map((batch, index) => {
    const greets = index === 0 && !state.greeted
    return { type: 'send', batch: greets ? { ...batch, debug: greeting(state.skippedEvents) } : batch }
  })
  const clockStarts = uncommittedEvents(state.flow) === 0 && uncommittedEvents(flow) > 0
  return [{ ...state, flow, greeted: true, commitClockAt: clockStarts ? at : state.commitClockAt }, effects]
}

function greeting(skippedEvents: number): string {
  if (skippedEvents === 0) return 'Stream started'
  return `Stream started; skipped events due to retention time passed, count: ${skippedEvents}`
}

/** Reads on wherever a batch is not full yet, as far as the limits allow. */
function planReads(state: Streaming): readonly [state: Streaming, effects: readonly StreamEffect[]] {
  const { flow, settings } = state
  const allowed = allowedEvents(flow)
  if (allowed <= 0 || bufferedBytes(flow) >= settings.maxBufferedBytes) return [state, []]
  const effects: StreamEffect[] = []
  const reading = new Map(state.reading)
  for (const key of activeKeys(state)) {
    const buffer = flow.buffers.get(key)
    if (buffer === undefined || reading.has(key)) continue
    if (buffer.records.length >= Math.min(settings.batchLimit, allowed)) continue
    const from = nextOffset(buffer)
    reading.set(key, from)
    const maxRecords = Math.min(allowed, MAX_RECORDS_PER_READ)
    effects.push({ type: 'read', partition: buffer.partition, from, maxRecords })
  }
  return [effects.length === 0 ? state : { ...state, reading }, effects]
}

/** Ends the phase: says why, stops reading, and waits for the commits that are still possible. */
function stop(state: Streaming, reason: SessionInput, at: number): StreamStep {
  const effects = stopReading(state)
  if (next('streaming', reason) === 'cleanup')
    return [{ phase: 'cleanup' }, [...effects, { type: 'unregister' }]]
  const [last, sends] =
    reason === 'streamTimeout' ? send(state, drain(state.flow, activeKeys(state), at), at) : [state, []]
  effects.push(...sends, ...farewell(last, reason))
  const uncommitted = new Map([...last.flow.buffers].filter(([, buffer]) => buffer.sent > buffer.committed))
  const idle = [...last.flow.buffers]
    .filter(([key]) => !uncommitted.has(key))
    .map(([, buffer]) => buffer.partition)
  const partitions = [...idle, ...last.locating.values()]
  if (partitions.length > 0 && uncommitted.size > 0) {
    effects.push({ type: 'release', sessionId: state.sessionId, partitions })
  }
  const deadline = last.commitClockAt + last.settings.commitTimeoutMs
  return settleClosing({ phase: 'closing', sessionId: state.sessionId, uncommitted, deadline }, effects, at)
}

function stopReading(state: Streaming): StreamEffect[] {
  const buffers = [...state.flow.buffers].filter(([key]) => state.reading.has(key))
  return buffers.map(([, { partition }]) => ({ type: 'stopReading', partition }))
}

/** The batch that tells the consumer why the stream ends. It needs a partition to hang on to. */
function farewell(state: Streaming, reason: SessionInput): readonly StreamEffect[] {
  const [buffer] = state.flow.buffers.values()
  const debug = closingMessage(state, reason)
  if (buffer === undefined || debug === undefined) return []
  const { partition, sent: ordinal } = buffer
  return [{ type: 'send', batch: { partition, ordinal, events: [], debug } }]
}

function closingMessage(state: Streaming, reason: SessionInput): string | undefined {
  switch (reason) {
    case 'streamTimeout':
      return 'Stream timeout reached'
    case 'commitTimeout':
      return 'Commit timeout reached'
    case 'streamLimit':
      return `Stream limit in events reached: ${state.committedEvents}`
    case 'cursorsReset':
      return 'Resetting subscription cursors'
    case 'blocked':
      return 'Consumption is blocked'
    case 'brokerClosing':
      return 'The broker is shutting down'
    default:
      return undefined
  }
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
