// The closing phase: nothing more is sent, but commits of what was sent still count.
// "A client that lost its connection can thus still commit until the phase ends."

import { commit, isUncommitted, type PartitionBuffer } from './partition-buffer.ts'
import { next, type SessionInput } from './session.ts'
import { partitionKey } from './state.ts'
import { autoCommits, committedOrdinal } from './stream-partitions.ts'
import type { Closing, StreamEffect, StreamInput, StreamPosition, StreamStep } from './stream-state.ts'

/** Ends the phase if there is nothing, or no longer, to wait for. */
export function settleClosing(state: Closing, effects: readonly StreamEffect[], at: number): StreamStep {
  if (state.uncommitted.size === 0) return leave(state, 'allCommitted', effects)
  if (at >= state.deadline) return leave(state, 'commitTimeout', effects)
  return [state, effects]
}

/** One step of a stream that is closing. */
export function stepClosing(state: Closing, input: StreamInput, at: number): StreamStep {
  switch (input.type) {
    case 'positions': {
      const [after, effects] = track(state, input.positions)
      return settleClosing(after, effects, at)
    }
    case 'timer':
      return settleClosing(state, [], at)
    case 'revoked':
    case 'sessionLost':
    case 'shutdown':
      return leave(state, input.type, [])
    default:
      return [state, []]
  }
}

/** Takes in commits. A partition without uncommitted events is released at once. */
function track(
  state: Closing,
  positions: readonly StreamPosition[],
): StreamStep & readonly [Closing, unknown] {
  const uncommitted = new Map<string, PartitionBuffer>()
  const partitions: StreamPosition[] = []
  const caughtUp: PartitionBuffer[] = []
  for (const position of positions) {
    if (position.session !== state.sessionId) continue
    const key = partitionKey(position)
    const buffer = state.uncommitted.get(key)
    const after = buffer && commit(buffer, committedOrdinal(position, buffer))
    if (after !== undefined && isUncommitted(after)) uncommitted.set(key, after)
    else {
      partitions.push(position)
      if (after !== undefined) caughtUp.push(after)
    }
  }
  const effects = [...autoCommits(caughtUp)]
  if (partitions.length > 0) effects.push({ type: 'release', sessionId: state.sessionId, partitions })
  return [{ ...state, uncommitted }, effects]
}

function leave(state: Closing, input: SessionInput, effects: readonly StreamEffect[]): StreamStep {
  if (next('closing', input) !== 'cleanup') return [state, effects]
  const isFailure = state.countsFailures && input === 'commitTimeout'
  const failed = isFailure ? [...state.uncommitted.values()].map(({ partition }) => partition) : []
  return [{ phase: 'cleanup' }, [...effects, { type: 'unregister', failed }]]
}
