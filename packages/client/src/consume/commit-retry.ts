// commit-retry.ts - whether a commit that got no answer is sent again, and how long one attempt may take.
//
// A commit is only worth sending until the commit timeout of its oldest batch: after it the broker has
// ended the stream, and takes no cursors of it.

import type { Random } from '../random.ts'
import { fullJitter } from '../retry.ts'

/** A commit that failed for a reason that may pass. */
export interface FailedCommit {
  /** 1 for the first attempt. */
  readonly attempt: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** When the commit timeout passes. */
  readonly deadline: number
}

/** What to do after a failed commit. */
export type CommitRetry = { readonly kind: 'give-up' } | { readonly kind: 'retry'; readonly delayMs: number }

const [baseDelayMs, maxDelayMs] = [200, 5000]
/** Less time than this is not enough for a request. */
const leastAttemptMs = 250
/** One attempt gets a part of the time that is left, so that another one fits when it hangs. */
const shareOfBudget = 0.5
const mostAttemptMs = 10_000

/** Decides about a failed commit. */
export function decideCommitRetry({ attempt, at, deadline }: FailedCommit, random: Random): CommitRetry {
  const delayMs = fullJitter(Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1)), random)
  return at + delayMs + leastAttemptMs > deadline ? { kind: 'give-up' } : { kind: 'retry', delayMs }
}

/** Milliseconds for one attempt that begins at `at`: one is always made, even late. */
export function commitAttemptMs(at: number, deadline: number): number {
  return Math.min(mostAttemptMs, Math.max(2 * leastAttemptMs, (deadline - at) * shareOfBudget))
}
