// commit-schedule.ts - when what was processed is committed.
//
// Rule 1: every decision about the time of a commit lives in this file; which cursors may be committed
//         is decided in committer.ts.
// Rule 2: this file waits for nothing. Times are milliseconds since the epoch.
//
// However long a policy likes to wait, two things must not happen: that the commit timeout passes, and
// that the broker stops sending because `max_uncommitted_events` are under way. So every policy commits
// before the deadline with time left for retries, and when half of those events may be waiting.

import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'

/** Commits when the first of these limits is reached. At least one must be given. */
export interface CommitAfter {
  /** Events that are processed and not committed, at least 1. Counting them parses them. */
  readonly events?: number
  /** Batches that are processed and not committed, at least 1. */
  readonly batches?: number
  /** Seconds since the first of them was processed, at least 0. */
  readonly seconds?: number
}

/**
 * When processed batches are committed.
 *
 * - `every-batch`: each at once; what becomes ready while a commit is under way goes out with the next.
 * - `latest`: as late as the commit timeout allows, for the fewest requests and the most repeated events
 *   after a crash.
 * - `manual`: `run` never commits by itself; the handler calls `batch.commit()`. In a loop it is the same
 *   as `every-batch`, because a loop always commits by itself.
 * - limits: after so many events or batches, or so much time.
 */
export type CommitPolicy = 'every-batch' | 'latest' | 'manual' | CommitAfter

/** A policy with all its limits. */
export interface CommitSchedule {
  readonly maxEvents: number
  readonly maxBatches: number
  readonly maxWaitMs: number
  /** Time before the deadline that is kept for the request and its retries. */
  readonly marginMs: number
}

/** What a schedule has to fit into. */
export interface CommitBounds {
  readonly batchLimit: number
  readonly maxUncommittedEvents: number
  readonly commitTimeoutSeconds: number
}

/** Batches that may be committed and are not. */
export interface PendingCommits {
  readonly batches: number
  readonly events: number
  /** When the first of them was processed. */
  readonly since: number
  /** When the first commit timeout passes. */
  readonly deadline: number
}

const never = Number.POSITIVE_INFINITY

/**
 * Completes a policy.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function commitSchedule(policy: CommitPolicy, bounds: CommitBounds): CommitSchedule {
  const half = Math.max(1, Math.floor(bounds.maxUncommittedEvents / bounds.batchLimit / 2))
  const marginMs = Math.min(10_000, bounds.commitTimeoutSeconds * 250)
  const patient = { maxEvents: never, maxBatches: half, maxWaitMs: never, marginMs }
  if (policy === 'every-batch' || policy === 'manual') return { ...patient, maxBatches: 1 }
  if (policy === 'latest') return patient
  const { events, batches, seconds } = checkedLimits(policy)
  return {
    maxEvents: events ?? never,
    maxBatches: Math.min(batches ?? never, half),
    maxWaitMs: seconds === undefined ? never : seconds * 1000,
    marginMs,
  }
}

function checkedLimits(policy: CommitAfter): CommitAfter {
  if (typeof policy !== 'object' || policy === null) {
    throw invalidArgument(
      `commitPolicy must be 'every-batch', 'latest', 'manual' or limits such as { batches: 10, seconds: 5 }, not ${JSON.stringify(policy)}`,
    )
  }
  const { events, batches, seconds } = policy
  if (events === undefined && batches === undefined && seconds === undefined) {
    throw invalidArgument('commitPolicy must have at least one of events, batches and seconds')
  }
  if (events !== undefined) checkedNumber('commitPolicy.events', events, { least: 1 })
  if (batches !== undefined) checkedNumber('commitPolicy.batches', batches, { least: 1 })
  if (seconds !== undefined) checkedNumber('commitPolicy.seconds', seconds, { least: 0 })
  return policy
}

/** What is pending after another batch was processed. */
export function addPending(
  pending: PendingCommits | undefined,
  batch: { readonly at: number; readonly events: number; readonly deadline: number },
): PendingCommits {
  if (pending === undefined)
    return { batches: 1, events: batch.events, since: batch.at, deadline: batch.deadline }
  return {
    batches: pending.batches + 1,
    events: pending.events + batch.events,
    since: pending.since,
    deadline: Math.min(pending.deadline, batch.deadline),
  }
}

/** When to commit what is pending: a time that has passed means now. */
export function commitDueAt(schedule: CommitSchedule, pending: PendingCommits): number {
  const { batches, events, since, deadline } = pending
  if (batches >= schedule.maxBatches || events >= schedule.maxEvents) return since
  return Math.min(since + schedule.maxWaitMs, deadline - schedule.marginMs)
}
