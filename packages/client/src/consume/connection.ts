// connection.ts - the life of a consumer's connection to its subscription.
//
//   connecting --opened--> streaming --ended--> backingOff --woken--> connecting
//   connecting --refused--> backingOff, or closed when waiting would not help
//   any --stop--> closed
//
// Rule 1: every transition lives in this file. An input that means nothing in a state changes nothing,
//         because timers and connections may report after the state they belonged to.
// Rule 2: this file does no I/O. Time comes in with the inputs, chance as a parameter.

import { NakadiError } from '../error.ts'
import type { Random } from '../random.ts'
import { fullJitter } from '../retry.ts'
import type { CloseReason } from './close-reason.ts'
import { type StreamConflict, streamConflictOf } from './stream-conflict.ts'

/** Where a connection is. Times are milliseconds since the epoch. */
export type ConnectionState =
  | {
      readonly kind: 'connecting'
      /** Failures in a row, without progress between them. */
      readonly failures: number
      readonly since: number
    }
  | {
      readonly kind: 'streaming'
      readonly failures: number
      readonly since: number
      readonly streamId: string
      /** When the stream must be given up unless a line comes in or reading is held up. */
      readonly silentAt: number
      /** Whether events have come in. Opening a stream is no progress: a broken one may open and end for ever. */
      readonly progressed: boolean
      /** Whether reading is held up by the consumer itself, so that silence says nothing about the broker. */
      readonly paused: boolean
    }
  | {
      readonly kind: 'backingOff'
      readonly failures: number
      readonly since: number
      readonly until: number
      readonly cause: CloseReason | NakadiError
      /** What stands in the way, when the broker refused with 409. */
      readonly conflict?: StreamConflict
    }
  | {
      readonly kind: 'closed'
      /** `stopped` by its owner, `finished` because a limit was reached, or `failed`. */
      readonly reason: 'stopped' | 'finished'
    }
  | { readonly kind: 'closed'; readonly reason: 'failed'; readonly error: NakadiError }

/** What happens to a connection. */
export type ConnectionInput =
  | { readonly kind: 'opened'; readonly at: number; readonly streamId: string }
  | { readonly kind: 'refused'; readonly at: number; readonly error: NakadiError }
  /** A complete line came in; `events` tells whether it had any. */
  | { readonly kind: 'line'; readonly at: number; readonly events: boolean }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed'; readonly at: number }
  | { readonly kind: 'ended'; readonly at: number; readonly reason: CloseReason }
  | { readonly kind: 'woken'; readonly at: number }
  | { readonly kind: 'stop' }

/** What the owner of the connection has to do. */
export type ConnectionEffect =
  | { readonly kind: 'connect' }
  /** Send `woken` at this time. Replaces an earlier one. */
  | { readonly kind: 'wakeAt'; readonly at: number }
  | { readonly kind: 'abortStream' }

/** A state and what to do on entering it. */
export type ConnectionStep = readonly [state: ConnectionState, effects: readonly ConnectionEffect[]]

/** How patient a connection is. */
export interface ConnectionPolicy {
  /** Longest wait after the first failure. */
  readonly baseDelayMs: number
  /** Factor by which it grows with every further failure in a row. */
  readonly delayFactor: number
  readonly maxDelayMs: number
  /** A stream that has lived this long was healthy, even without events. */
  readonly healthyMs: number
  /** Longest silence between two lines; the broker sends keep-alive batches more often. */
  readonly silenceMs: number
  /** Longest silence before the first line: partitions may have to be handed over by other streams. */
  readonly firstLineMs: number
  /**
   * The wait after 409, which is no failure: the slot of a lost stream becomes free at its commit
   * timeout, and a consumer in reserve waits for ever.
   */
  readonly minConflictDelayMs: number
  readonly maxConflictDelayMs: number
  /** Longest wait while cursors are reset, which is over as soon as the streams have ended. */
  readonly resetDelayMs: number
  /** Bound on the wait that `Retry-After` may ask for. */
  readonly maxRetryAfterMs: number
}

/** What decides beside state and input. */
export interface ConnectionContext {
  readonly policy: ConnectionPolicy
  readonly random: Random
}

/** The beginning of a connection. */
export function startConnection(at: number): ConnectionStep {
  return [{ kind: 'connecting', failures: 0, since: at }, [{ kind: 'connect' }]]
}

/** The next state and what to do. */
export function stepConnection(
  state: ConnectionState,
  input: ConnectionInput,
  context: ConnectionContext,
): ConnectionStep {
  if (state.kind === 'closed') return [state, []]
  if (input.kind === 'stop') return [{ kind: 'closed', reason: 'stopped' }, [{ kind: 'abortStream' }]]
  switch (state.kind) {
    case 'connecting':
      return stepConnecting(state, input, context)
    case 'streaming':
      return stepStreaming(state, input, context)
    case 'backingOff':
      return stepBackingOff(state, input)
  }
}

type In<Kind extends ConnectionState['kind']> = Extract<ConnectionState, { readonly kind: Kind }>

function stepConnecting(
  state: In<'connecting'>,
  input: ConnectionInput,
  context: ConnectionContext,
): ConnectionStep {
  if (input.kind === 'refused') return refuse(state, input, context)
  if (input.kind !== 'opened') return [state, []]
  const { at, streamId } = input
  const { failures } = state
  const silentAt = at + context.policy.firstLineMs
  return [
    { kind: 'streaming', failures, since: at, streamId, silentAt, progressed: false, paused: false },
    [{ kind: 'wakeAt', at: silentAt }],
  ]
}

function stepStreaming(
  state: In<'streaming'>,
  input: ConnectionInput,
  context: ConnectionContext,
): ConnectionStep {
  const { silenceMs } = context.policy
  switch (input.kind) {
    case 'line':
      return [{ ...state, silentAt: input.at + silenceMs, progressed: state.progressed || input.events }, []]
    case 'paused':
      return [{ ...state, paused: true }, []]
    case 'resumed':
      return [{ ...state, paused: false, silentAt: input.at + silenceMs }, []]
    case 'woken':
      return watch(state, input.at, context)
    case 'ended':
      return end(state, input, context)
    default:
      return [state, []]
  }
}

function stepBackingOff(state: In<'backingOff'>, input: ConnectionInput): ConnectionStep {
  if (input.kind !== 'woken') return [state, []]
  if (input.at < state.until) return [state, [{ kind: 'wakeAt', at: state.until }]]
  return [{ kind: 'connecting', failures: state.failures, since: input.at }, [{ kind: 'connect' }]]
}

/**
 * The watchdog: gives up a stream that is silent although somebody listens. It counts lines, not bytes,
 * because a dying connection may drip.
 */
function watch(state: In<'streaming'>, at: number, context: ConnectionContext): ConnectionStep {
  if (state.paused) return [state, [{ kind: 'wakeAt', at: at + context.policy.silenceMs }]]
  if (at < state.silentAt) return [state, [{ kind: 'wakeAt', at: state.silentAt }]]
  const message =
    'the broker has sent nothing for too long, not even a keep-alive batch; the connection is probably dead'
  const [next, effects] = end(state, { at, reason: { kind: 'silent', message } }, context)
  return [next, [{ kind: 'abortStream' }, ...effects]]
}

/** A stream ended. Waits less when it did its work, and longer with every one that did not. */
function end(
  state: In<'streaming'>,
  { at, reason }: { readonly at: number; readonly reason: CloseReason },
  { policy, random }: ConnectionContext,
): ConnectionStep {
  if (reason.kind === 'stream-limit' || reason.kind === 'keep-alive-limit') {
    return [{ kind: 'closed', reason: 'finished' }, []]
  }
  if (reason.kind === 'unreadable') {
    return [{ kind: 'closed', reason: 'failed', error: unreadable(reason) }, []]
  }
  const healthy = state.progressed || at - state.since >= policy.healthyMs
  const failures = healthy ? 0 : state.failures + 1
  return backOff({ failures, at, delayMs: backoffMs(failures, policy, random), cause: reason })
}

function unreadable({ message, error }: CloseReason): NakadiError {
  return new NakadiError({
    code: 'protocol',
    outcome: 'unknown',
    message: `The stream cannot be read: ${message}.`,
    cause: error,
  })
}

/** No stream was opened: for ever, for want of a slot, or for a while. */
function refuse(
  state: In<'connecting'>,
  { at, error }: { readonly at: number; readonly error: NakadiError },
  { policy, random }: ConnectionContext,
): ConnectionStep {
  const conflict = streamConflictOf(error)
  if (conflict !== undefined) {
    const longest = conflict === 'cursors-reset' ? policy.resetDelayMs : policy.maxConflictDelayMs
    const spread = longest - policy.minConflictDelayMs
    const delayMs = policy.minConflictDelayMs + fullJitter(spread, random)
    return backOff({ failures: state.failures, at, delayMs, cause: error, conflict })
  }
  if (!error.retryable) return [{ kind: 'closed', reason: 'failed', error }, []]
  const failures = state.failures + 1
  const delayMs =
    error.retryAfterMs === undefined
      ? backoffMs(failures, policy, random)
      : Math.min(error.retryAfterMs, policy.maxRetryAfterMs)
  return backOff({ failures, at, delayMs, cause: error })
}

interface Backoff {
  readonly failures: number
  readonly at: number
  readonly delayMs: number
  readonly cause: CloseReason | NakadiError
  readonly conflict?: StreamConflict
}

function backOff({ at, delayMs, ...others }: Backoff): ConnectionStep {
  const until = at + delayMs
  return [{ kind: 'backingOff', since: at, until, ...others }, [{ kind: 'wakeAt', at: until }]]
}

function backoffMs(failures: number, policy: ConnectionPolicy, random: Random): number {
  const grown = policy.baseDelayMs * policy.delayFactor ** Math.max(0, failures - 1)
  return fullJitter(Math.min(policy.maxDelayMs, grown), random)
}
