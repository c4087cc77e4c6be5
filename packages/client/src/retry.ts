// retry.ts - whether and when a failed request is sent again.
//
// Everything here is arithmetic over plain data. The numbers are those of the AWS SDK's standard
// retry mode: full jitter, few attempts, and a budget that all requests of one client share, so that
// retries cannot multiply the load on a broker that is down.

import { checkedNumber } from './checked-number.ts'
import type { RequestOutcome } from './error.ts'
import type { Random } from './random.ts'

/** How often and how patiently requests are repeated. */
export interface RetryPolicy {
  /** Attempts in all, the first included. @default 3 */
  readonly maxAttempts: number
  /** Longest wait before the second attempt; it doubles with every further one. @default 100 */
  readonly baseDelayMs: number
  /** The same after 429, where the broker asks for less load. @default 500 */
  readonly throttledDelayMs: number
  /** Bound on the doubled wait. @default 20000 */
  readonly maxDelayMs: number
  /** Bound on the wait that a `Retry-After` header may ask for. @default 300000 */
  readonly maxRetryAfterMs: number
}

/** The policy of a client that was given none. */
export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 3,
  baseDelayMs: 100,
  throttledDelayMs: 500,
  maxDelayMs: 20_000,
  maxRetryAfterMs: 300_000,
}

/**
 * Completes a policy.
 *
 * @throws NakadiError `invalid-argument` if a number is out of its range.
 */
export function normalizeRetryPolicy(given: Partial<RetryPolicy> = {}): RetryPolicy {
  const policy = { ...defaultRetryPolicy, ...given }
  checkedNumber('retry.maxAttempts', policy.maxAttempts, { least: 1, because: '1 sends a request once' })
  checkedNumber('retry.baseDelayMs', policy.baseDelayMs, { least: 0 })
  checkedNumber('retry.throttledDelayMs', policy.throttledDelayMs, { least: 0 })
  checkedNumber('retry.maxDelayMs', policy.maxDelayMs, { least: 0 })
  checkedNumber('retry.maxRetryAfterMs', policy.maxRetryAfterMs, { least: 0 })
  return policy
}

/** The retries a client may still afford. */
export interface RetryBudget {
  readonly tokens: number
}

const budgetCapacity = 500
const retryCost = 5
/** A timeout has kept the broker busy for longer, and says more about its health. */
const timeoutRetryCost = 10
const firstTryReward = 1

/** What a client starts with. */
export const fullRetryBudget: RetryBudget = { tokens: budgetCapacity }

/** One failed attempt, as the policy needs to know it. */
export interface FailedAttempt {
  /** 1 for the first attempt. */
  readonly attempt: number
  readonly kind: 'throttled' | 'timeout' | 'other'
  readonly outcome: RequestOutcome
  /** Whether the cause may pass without a change to the request. */
  readonly retryable: boolean
  /** What `Retry-After` asked for. */
  readonly retryAfterMs?: number | undefined
  /** Whether sending the request a second time does no harm when the first was carried out. */
  readonly repeatable: boolean
}

/** What to do after a failed attempt. */
export type RetryDecision =
  | { readonly kind: 'give-up' }
  | { readonly kind: 'retry'; readonly delayMs: number; readonly cost: number }

/**
 * Decides about a failed attempt. A request whose outcome is unknown is only repeated when that does
 * no harm; one that was not sent or was refused without effect, always.
 */
export function decideRetry(
  failed: FailedAttempt,
  budget: RetryBudget,
  { policy, random }: { readonly policy: RetryPolicy; readonly random: Random },
): RetryDecision {
  const cost = failed.kind === 'timeout' ? timeoutRetryCost : retryCost
  const harmless = failed.outcome !== 'unknown' || failed.repeatable
  if (!failed.retryable || !harmless || failed.attempt >= policy.maxAttempts || budget.tokens < cost) {
    return { kind: 'give-up' }
  }
  return { kind: 'retry', delayMs: retryDelayMs(failed, policy, random), cost }
}

/** The budget after a retry that costs `cost`. */
export function spend(budget: RetryBudget, cost: number): RetryBudget {
  return { tokens: Math.max(0, budget.tokens - cost) }
}

/** The budget after a retry that is no request of a client's own, or undefined when it cannot be afforded. */
export function payForRetry(budget: RetryBudget): RetryBudget | undefined {
  return budget.tokens < retryCost ? undefined : spend(budget, retryCost)
}

/** The budget after a success: the cost of its last retry comes back, or a little if it needed none. */
export function reward(budget: RetryBudget, lastCost: number): RetryBudget {
  return { tokens: Math.min(budgetCapacity, budget.tokens + (lastCost === 0 ? firstTryReward : lastCost)) }
}

function retryDelayMs(failed: FailedAttempt, policy: RetryPolicy, random: Random): number {
  if (failed.retryAfterMs !== undefined) return clamp(failed.retryAfterMs, 0, policy.maxRetryAfterMs)
  const base = failed.kind === 'throttled' ? policy.throttledDelayMs : policy.baseDelayMs
  return fullJitter(Math.min(policy.maxDelayMs, base * 2 ** (failed.attempt - 1)), random)
}

/**
 * A random wait in [0, capMs]. Clients that failed together do not come back together.
 */
export function fullJitter(capMs: number, random: Random): number {
  return random.below(Math.floor(capMs) + 1)
}

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds or a date. Returns milliseconds
 * from `now`, never negative, or undefined when there is nothing to go by.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  if (!Number.isNaN(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
