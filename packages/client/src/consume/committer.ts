// committer.ts - which cursors of one stream may be committed, and what an answer means for them.
//
// Rule 1: every decision about commits lives in this file.
// Rule 2: this file sends nothing and waits for nothing.
//
// Committing a cursor commits everything before it in its partition (Nakadi manual, "Committing
// cursors"). So a batch that was acknowledged may only be committed when all batches before it were;
// otherwise a batch that failed would be skipped in silence.
//
// Every step copies the list of its partition. That list is short: it holds what was delivered and not
// acknowledged, at most `maxUncommittedEvents` events, and a batch has at least one of them.

import type { CursorCommitResult, SubscriptionCursor } from '@rioni/protocol'

/** A batch that was handed out and is not committed. */
export interface HandedOut {
  /** Counts the batches of one partition. Offsets are opaque and say nothing about their order. */
  readonly sequence: number
  readonly cursor: SubscriptionCursor
  readonly acknowledged: boolean
}

/** The batches of one partition, from the first that is not acknowledged on. */
export interface Lane {
  /** In order; the first is never acknowledged. */
  readonly open: readonly HandedOut[]
  /** The last batch of the contiguous acknowledged prefix, while it waits to be committed. */
  readonly ready: HandedOut | undefined
  readonly nextSequence: number
  /** Batches before this sequence are settled: committed, or of no use to commit. */
  readonly settled: number
  /** When the commit timeout of what is not settled began, in milliseconds since the epoch. */
  readonly since: number
}

/** A partition before its first batch. */
export const emptyLane: Lane = { open: [], ready: undefined, nextSequence: 0, settled: 0, since: 0 }

/** The lane after a batch was handed out. Its sequence is the lane's `nextSequence` before. */
export function handOut(lane: Lane, cursor: SubscriptionCursor, at: number): Lane {
  const batch: HandedOut = { sequence: lane.nextSequence, cursor, acknowledged: false }
  const since = isSettled(lane) ? at : lane.since
  return { ...lane, open: [...lane.open, batch], nextSequence: lane.nextSequence + 1, since }
}

/** Whether nothing that was handed out can or must be committed any more. */
export function isSettled(lane: Lane): boolean {
  return lane.settled === lane.nextSequence
}

/** The lane after a batch was acknowledged. Every acknowledged batch at its head becomes ready. */
export function acknowledge(lane: Lane, sequence: number): Lane {
  const open = lane.open.map((batch) =>
    batch.sequence === sequence ? { ...batch, acknowledged: true } : batch,
  )
  const firstLeft = open.findIndex((batch) => !batch.acknowledged)
  const done = firstLeft === -1 ? open : open.slice(0, firstLeft)
  return { ...lane, open: open.slice(done.length), ready: done.at(-1) ?? lane.ready }
}

/** The lane after its ready batch was taken to be committed. */
export function takeReady(lane: Lane): Lane {
  return { ...lane, ready: undefined }
}

/** The lane after a commit that nobody confirmed: it is tried again, unless a newer one covers it. */
export function giveBack(lane: Lane, batch: HandedOut): Lane {
  return batch.sequence < lane.settled ? lane : { ...lane, ready: lane.ready ?? batch }
}

/** The lane after a batch was committed: the commit timeout of the rest begins anew. */
export function settle(lane: Lane, sequence: number, at: number): Lane {
  return { ...lane, settled: Math.max(lane.settled, sequence + 1), since: at }
}

/**
 * The lane after its partition has gone to another stream. What was handed out will be delivered again;
 * if it comes back to this stream, it does so as new batches.
 */
export function abandon(lane: Lane): Lane {
  return { ...lane, open: [], ready: undefined, settled: lane.nextSequence }
}

/** What the broker made of one cursor. */
type CursorFate = 'committed' | 'outdated' | 'lost'

/** The broker's answer to a commit of several cursors. */
export type CommitAnswer =
  | { readonly kind: 'accepted'; readonly results: readonly CursorCommitResult[] }
  /** 422: nothing was committed, because of at least one of the cursors. */
  | { readonly kind: 'refused' }

/** What an answer means: the fate of every cursor in order, or that each must be tried alone. */
export type CommitVerdict =
  | { readonly kind: 'judged'; readonly fates: readonly CursorFate[] }
  | { readonly kind: 'split' }

/**
 * Judges an answer. One cursor whose partition has gone to another stream spoils the whole commit
 * (422), so the cursors of a larger one are tried alone; a cursor that is refused alone is lost, and
 * its events will be delivered again. `outdated` means that a later position is committed already.
 */
export function judgeCommit(cursorCount: number, answer: CommitAnswer): CommitVerdict {
  if (answer.kind === 'refused')
    return cursorCount > 1 ? { kind: 'split' } : { kind: 'judged', fates: ['lost'] }
  const fates = Array.from(
    { length: cursorCount },
    (_, index) => answer.results[index]?.result ?? 'committed',
  )
  return { kind: 'judged', fates }
}
