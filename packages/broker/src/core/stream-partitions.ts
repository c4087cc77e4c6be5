// Which partitions a stream has, how far they are committed, and what has been read of them.

import { withBuffer, withoutBuffer } from './batching.ts'
import {
  commit,
  committable,
  createBuffer,
  discard,
  isUncommitted,
  nextOffset,
  type PartitionBuffer,
  receive,
} from './partition-buffer.ts'
import { partitionKey } from './state.ts'
import { failureRemark } from './stream-remarks.ts'
import type { OrdinalCommit, StreamEffect, StreamInput, Streaming, StreamPosition } from './stream-state.ts'
import { raisedSuspicion, suspicionAt, withSuspicion } from './suspicion.ts'

/** The stream after a change, and what is to be done about it. */
type Changed = readonly [state: Streaming, effects: StreamEffect[]]

/** Learns who owns which partition and what is committed. */
export function takePositions(state: Streaming, positions: readonly StreamPosition[], at: number): Changed {
  const effects: StreamEffect[] = []
  let current = state
  for (const [index, position] of positions.entries()) {
    // A commit changes one partition out of many.
    if (position === state.positions[index]) continue
    const key = partitionKey(position)
    const buffer = current.flow.buffers.get(key)
    if (position.session !== state.sessionId) current = losePartition(current, position, effects)
    else if (buffer !== undefined) current = updatePartition(current, position, { buffer, at, effects })
    else {
      if (!current.locating.has(key)) effects.push({ type: 'locate', partition: position })
      current = { ...current, locating: new Map(current.locating).set(key, position) }
    }
  }
  return [noteLoneliness({ ...current, positions }, at), effects]
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
  const caughtUp = withSuspicion(commit(buffer, committed), position, state.settings.deadLetters)
  const after = isLeaving ? discard(caughtUp) : caughtUp
  const interrupted = state.reading.has(key) && (isLeaving || state.reading.get(key) !== nextOffset(after))
  if (interrupted) effects.push({ type: 'stopReading', partition: position })
  if (isLeaving && !isUncommitted(after)) {
    effects.push(...autoCommits([caughtUp]))
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

/** The committed ordinal of a partition; what the stream knows stands in for the beginning. */
export function committedOrdinal(position: StreamPosition, buffer: PartitionBuffer): number {
  return position.committed ?? buffer.committed
}

function noteLoneliness(state: Streaming, at: number): Streaming {
  const lonely = state.flow.buffers.size === 0 && state.locating.size === 0
  return { ...state, withoutPartitionsSince: lonely ? (state.withoutPartitionsSince ?? at) : undefined }
}

/** Starts a partition at its committed offset, or at the oldest event if that one has expired. */
export function takeBounds(
  state: Streaming,
  { key, bounds }: StreamInput & { readonly type: 'located' },
  at: number,
): Changed {
  const effects: StreamEffect[] = []
  const position = state.locating.get(key)
  if (position === undefined) return [state, effects]
  const committed = position.committed ?? bounds.first - 1
  const ordinal = Math.max(committed, bounds.first - 1)
  const buffer = startBuffer(state, position, { ordinal, at, effects })
  const remark = state.settings.deadLetters && failureRemark(position)
  const started: Streaming = {
    ...state,
    flow: withBuffer(state.flow, key, buffer),
    locating: without(state.locating, key),
    skippedEvents: state.skippedEvents + (ordinal - committed),
    failures: remark === undefined ? state.failures : [...state.failures, remark],
  }
  // Another session may have begun to wait for the partition in the meantime.
  const isLeaving = position.state === 'reassigning'
  return [isLeaving ? updatePartition(started, position, { buffer, at, effects }) : started, effects]
}

interface Start {
  readonly ordinal: number
  readonly at: number
  readonly effects: StreamEffect[]
}

/** A partition at its beginning in this stream, under suspicion if its consumers have failed on it too often. */
function startBuffer(
  { settings }: Streaming,
  position: StreamPosition,
  { ordinal, at, effects }: Start,
): PartitionBuffer {
  const partition = { event_type: position.event_type, partition: position.partition }
  const { deadLetters: policy, batchLimit } = settings
  const buffer = createBuffer(partition, ordinal, at)
  if (policy === undefined) return buffer
  const raised = raisedSuspicion(position, ordinal, { policy, batchLimit })
  if (raised !== undefined) effects.push({ type: 'suspect', partition, through: raised.through })
  return { ...buffer, suspicion: raised ?? suspicionAt(position) }
}

/** Takes in what was read, unless nobody waits for it any more. */
export function takeRecords(state: Streaming, input: StreamInput & { readonly type: 'records' }): Streaming {
  const { key, from } = input
  const buffer = state.flow.buffers.get(key)
  if (buffer === undefined || state.reading.get(key) !== from) return state
  const flow = withBuffer(state.flow, key, receive(buffer, input, state.settings.batchTimespanMs))
  return { ...state, flow, reading: without(state.reading, key) }
}

/** Commits what was skipped and has nothing uncommitted before it. */
export function autoCommits(buffers: Iterable<PartitionBuffer>): readonly StreamEffect[] {
  const commits: OrdinalCommit[] = []
  for (const buffer of buffers) {
    const through = committable(buffer)
    if (through !== undefined) commits.push({ partition: buffer.partition, through })
  }
  return commits.length === 0 ? [] : [{ type: 'autoCommit', commits }]
}

/** A map without one of its entries. */
function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
