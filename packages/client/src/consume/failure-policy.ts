// failure-policy.ts - what becomes of events whose handler failed.
//
// Rule 1: every decision about a failed handler lives in this file.
// Rule 2: nothing is passed over unless the policy of the consumer says so.

import type { Random } from '../random.ts'
import { fullJitter } from '../retry.ts'

/** How often and how patiently a handler is called again with the same events. */
export interface HandlerRetry {
  /** Calls in all, those of earlier streams included, at least 1. @default 5 */
  readonly maxAttempts: number
  /** Longest wait in milliseconds before the second call; it doubles with every further one. @default 200 */
  readonly baseDelayMs: number
  /** Bound on the doubled wait, in milliseconds. @default 10000 */
  readonly maxDelayMs: number
}

/**
 * What happens when a handler has failed too often.
 *
 * - `stop`: nothing more is read, other partitions finish what they have, and `run` rejects.
 * - `skip`: the events are passed over, for ever.
 * - `dead-letter`: they are handed to `deadLetter`, and passed over once it resolves.
 * - `redeliver`: their partition stands still while others go on, until the broker ends the stream at the
 *   commit timeout and delivers again. Meant for subscriptions of which the broker itself counts
 *   deliveries and gives an event up (`deadLetters` of `ensureSubscription`).
 */
export type GiveUpAction = 'stop' | 'skip' | 'dead-letter' | 'redeliver'

/** One failed call of a handler. */
export interface FailedCall {
  /** 1 for the first call ever, whatever stream it was on. */
  readonly attempt: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** When the commit timeout of the partition passes. */
  readonly deadline: number
}

/** What to do after a failed call. */
export type FailureDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: GiveUpAction }

/** A policy that says all. */
export interface FailurePolicy {
  readonly retry: HandlerRetry
  readonly onFailure: GiveUpAction
}

/** What is left of the commit timeout must be enough for another call and the commit after it. */
const leastHandlingMs = 500

/**
 * Decides about a failed call. Calling again here is only worth while as long as the broker would take
 * the commit; afterwards the events come again by themselves, and the count goes on.
 */
export function decideFailure(call: FailedCall, policy: FailurePolicy, random: Random): FailureDecision {
  const { maxAttempts, baseDelayMs, maxDelayMs } = policy.retry
  if (call.attempt >= maxAttempts) return { kind: policy.onFailure }
  const delayMs = fullJitter(Math.min(maxDelayMs, baseDelayMs * 2 ** (call.attempt - 1)), random)
  return call.at + delayMs + leastHandlingMs > call.deadline
    ? { kind: 'redeliver' }
    : { kind: 'retry', delayMs }
}
