// The streaming phase: what the stream sends of its partitions, and when it stops.

import {
  allowedEvents,
  bufferedBytes,
  drain,
  type Flow,
  flush,
  flushAt,
  uncommittedEvents,
  withBuffer,
} from './batching.ts'
import { committable, isUncommitted, nextOffset } from './partition-buffer.ts'
import { next, type SessionInput } from './session.ts'
import { settleClosing } from './stream-closing.ts'
import { autoCommits, takeBounds, takePositions, takeRecords } from './stream-partitions.ts'
import { closingMessage, greeting, withFailures } from './stream-remarks.ts'
import type { StreamEffect, StreamInput, Streaming, StreamSettings, StreamStep } from './stream-state.ts'
import { eventToGiveUp } from './suspicion.ts'

/** How often the broker commits what it has skipped, counted from the start of the stream. */
const AUTO_COMMIT_MS = 5000

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
    positions: [],
    reading: new Map(),
    releasing: new Map(),
    commitClockAt: at,
    committedEvents: 0,
    withoutPartitionsSince: at,
    skippedEvents: 0,
    greeted: false,
    failures: [],
    autoCommitAt: at + AUTO_COMMIT_MS,
  }
}

/** One step of a stream that is sending. */
export function stepStreaming(state: Streaming, input: StreamInput, at: number): StreamStep {
  if (at < state.autoCommitAt) return takeInput(state, input, at)
  const rounds = Math.floor((at - state.startedAt) / AUTO_COMMIT_MS)
  const later = { ...state, autoCommitAt: state.startedAt + (rounds + 1) * AUTO_COMMIT_MS }
  return withEffects(autoCommits(state.flow.buffers.values()), takeInput(later, input, at))
}

function takeInput(state: Streaming, input: StreamInput, at: number): StreamStep {
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
    case 'revoked':
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
  for (const buffer of flow.buffers.values()) {
    if (committable(buffer) !== undefined) times.push(state.autoCommitAt)
  }
  // A connection that takes nothing says so itself when it does again.
  if (flow.room > 0) for (const key of activeKeys(state)) times.push(dueAt(flow, key))
  return Math.min(...times)
}

/** Stops if it is time to, and otherwise sends what is due and reads on. */
function proceed(state: Streaming, effects: readonly StreamEffect[], at: number): StreamStep {
  const ending = endingBefore(state, at)
  if (ending !== undefined) return withEffects(effects, stop(state, ending, at))
  const [suspecting, givenUp] = giveUp(state)
  const [sent, sends] = send(suspecting, flush(suspecting.flow, activeKeys(state), at), at)
  if (hasOnlyKeptAlive(sent)) {
    return withEffects([...effects, ...givenUp, ...sends], stop(sent, 'keepAliveLimit', at))
  }
  const [after, reads] = planReads(sent)
  return [after, [...effects, ...givenUp, ...sends, ...reads]]
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

/** Gives up events that have failed too often, where it is their turn. */
function giveUp(state: Streaming): readonly [state: Streaming, effects: readonly StreamEffect[]] {
  const { deadLetters } = state.settings
  if (deadLetters === undefined) return [state, []]
  const effects: StreamEffect[] = []
  let { flow } = state
  for (const key of activeKeys(state)) {
    const buffer = flow.buffers.get(key)
    const effect = buffer && eventToGiveUp(buffer, deadLetters)
    if (buffer?.suspicion === undefined || effect === undefined) continue
    effects.push(effect)
    flow = withBuffer(flow, key, {
      ...buffer,
      suspicion: { ...buffer.suspicion, givingUp: effect.record.offset },
    })
  }
  return [effects.length === 0 ? state : { ...state, flow }, effects]
}

/**
 * Turns batches into effects. The first batch of a stream greets, unless it has something else to say; the
 * commit clock may start.
 */
function send(
  state: Streaming,
  [flow, batches]: ReturnType<typeof flush>,
  at: number,
): readonly [state: Streaming, effects: readonly StreamEffect[]] {
  if (batches.length === 0) return [state, []]
  const effects: StreamEffect[] = batches.map((batch, index) => {
    if (index > 0) return { type: 'send', batch }
    const remark = batch.debug ?? (state.greeted ? undefined : greeting(state.skippedEvents))
    const debug = withFailures(remark, state.failures)
    return { type: 'send', batch: debug === undefined ? batch : { ...batch, debug } }
  })
  const clockStarts = uncommittedEvents(state.flow) === 0 && uncommittedEvents(flow) > 0
  const commitClockAt = clockStarts ? at : state.commitClockAt
  return [{ ...state, flow, greeted: true, failures: [], commitClockAt }, effects]
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
  if (next('streaming', reason) === 'cleanup') {
    const commits = autoCommits(state.flow.buffers.values())
    return [{ phase: 'cleanup' }, [...effects, ...commits, { type: 'unregister', failed: [] }]]
  }
  const [last, sends] =
    reason === 'streamTimeout' ? send(state, drain(state.flow, activeKeys(state), at), at) : [state, []]
  const { flow, locating, settings, sessionId } = last
  effects.push(...sends, ...farewell(last, reason), ...autoCommits(flow.buffers.values()))
  const uncommitted = new Map([...flow.buffers].filter(([, buffer]) => isUncommitted(buffer)))
  const idle = [...flow.buffers]
    .filter(([key]) => !uncommitted.has(key))
    .map(([, { partition }]) => partition)
  const partitions = [...idle, ...locating.values()]
  if (partitions.length > 0 && uncommitted.size > 0) effects.push({ type: 'release', sessionId, partitions })
  const deadline = last.commitClockAt + settings.commitTimeoutMs
  const countsFailures = settings.deadLetters !== undefined
  return settleClosing({ phase: 'closing', sessionId, uncommitted, deadline, countsFailures }, effects, at)
}

function stopReading(state: Streaming): StreamEffect[] {
  const buffers = [...state.flow.buffers].filter(([key]) => state.reading.has(key))
  return buffers.map(([, { partition }]) => ({ type: 'stopReading', partition }))
}

/** The batch that tells the consumer why the stream ends. It needs a partition to hang on to. */
function farewell(state: Streaming, reason: SessionInput): readonly StreamEffect[] {
  const [buffer] = state.flow.buffers.values()
  const debug = closingMessage(reason, state.committedEvents)
  if (buffer === undefined || debug === undefined) return []
  const { partition, sent: ordinal, isAtStart: isStart } = buffer
  return [{ type: 'send', batch: { partition, ordinal, isStart, events: [], debug } }]
}
