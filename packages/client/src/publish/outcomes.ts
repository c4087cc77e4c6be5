// outcomes.ts - what the broker's answer to a batch means for each of its events.
//
// Rule 1: every decision about which events are settled and which go out again lives in this file.
// Rule 2: this file sends nothing and waits for nothing.
//
// The broker answers by position in the batch, never by eid, because eids may be missing or doubled.
// 200 stores everything. 422 stores nothing: it stops at the first event it does not accept, which
// is `failed`; all others are `aborted`, although nothing is wrong with them. 207 stores some: the
// log refused the `failed` ones for a reason of its own.

import type { BatchItemResponse, PublishingStep } from '@rioni/protocol'
import type { NakadiError } from '../error.ts'
import type { EventIssue } from '../event-validator.ts'
import type { PublishResult } from './publish-events.ts'

/** What became of one event. */
export type PublishOutcome =
  | {
      /** The broker has stored the event. */
      readonly status: 'submitted'
      readonly eid: string
      /** Whether it may have been stored more than once, with the same eid. */
      readonly maybeDuplicated: boolean
    }
  | {
      /** The event was certainly not stored, and sending it again as it is would not change that. */
      readonly status: 'rejected'
      readonly eid: string
      /**
       * Where it failed: a phase of the broker, or before it was sent at all. `validating` is either the broker's
       * validation or that of the producer's own validator, which has `issues`.
       */
      readonly step: PublishingStep | 'before-sending'
      /** The reason, in the words of the broker or of the validator. */
      readonly detail: string
      /** What the producer's own validator found. The event was not sent. */
      readonly issues?: readonly EventIssue[]
      /** Present when the request failed as a whole. */
      readonly error?: NakadiError
    }
  | {
      /**
       * The event was certainly not stored, and nothing is known against it: the broker refused its batch because
       * of other events, again and again (`maxRefusals`). It may be published again.
       */
      readonly status: 'aborted'
      readonly eid: string
      readonly detail: string
    }
  | {
      /** Nobody knows whether the event was stored: the answer did not arrive, or did not say. */
      readonly status: 'unknown'
      readonly eid: string
      readonly detail: string
      readonly error?: NakadiError
    }

/** An event on its way, and what earlier rounds have said about it. What is sent is the same in every round. */
export interface OutgoingEvent {
  readonly eid: string
  /** Whether an earlier round has stored it; it goes out again only to keep the order. */
  readonly submitted: boolean
  /** Whether an attempt whose answer was lost may have stored it, in an earlier round. */
  readonly maybeStored?: boolean
  /** Events of the same key stay in order. Without one, those of the same partition do. */
  readonly key?: string | undefined
}

/**
 * Which events go out again when the broker's log took only some of a batch (207).
 *
 * - `per-key`: what failed, and what follows it with the same key. Keeps the order of every key; what follows was
 *   stored, so it becomes a duplicate.
 * - `all`: the whole batch. Keeps the order of the batch, with the most duplicates.
 * - `failed-only`: what failed alone. No duplicates, but it ends up behind newer events of its key.
 * - `none`: nothing; the outcome of what failed is `unknown`.
 */
export type PartialRetry = 'per-key' | 'all' | 'failed-only' | 'none'

/** How an answer is judged. */
export interface Judging {
  readonly retry: PartialRetry
  /** Whether events that the log refused must be settled now instead of sent again. */
  readonly lastRound: boolean
}

/** An event and what became of it. */
export interface Settled<E extends OutgoingEvent> {
  readonly event: E
  readonly outcome: PublishOutcome
}

/** What to do after an answer. */
export interface Verdict<E extends OutgoingEvent> {
  readonly settled: readonly Settled<E>[]
  /** What goes out in the next round, in order. Always less, or after a pause. */
  readonly again: readonly E[]
  /** Whether the broker's log had trouble, so that the next round should wait. */
  readonly troubled: boolean
}

/** Judges the answer to a batch. */
export function judge<E extends OutgoingEvent>(
  events: readonly E[],
  result: PublishResult,
  judging: Judging,
): Verdict<E> {
  if (result.status === 200) {
    return { settled: events.map((event) => stored(event, result)), again: [], troubled: false }
  }
  const pairs = events.map((event, index): Judged<E> => ({ event, item: result.items[index] }))
  return result.status === 422 ? judgeRefusal(pairs, result) : judgePartialSuccess(pairs, result, judging)
}

interface Judged<E> {
  readonly event: E
  /** Missing when the answer is shorter than the batch. */
  readonly item: BatchItemResponse | undefined
}

/** 422: the offender is rejected, the innocent go out again. Without an offender nothing would change. */
function judgeRefusal<E extends OutgoingEvent>(
  pairs: readonly Judged<E>[],
  { maybeRepeated }: PublishResult,
): Verdict<E> {
  const offenders = pairs.filter(({ item }) => item?.publishing_status === 'failed')
  const rejected = offenders.length > 0 ? offenders : pairs
  const settled = rejected.map(({ event, item }) => refusedByBroker(event, item))
  const gone = new Set(rejected)
  return {
    settled,
    again: pairs
      .filter((pair) => !gone.has(pair))
      .map(({ event }) => (maybeRepeated ? { ...event, maybeStored: true } : event)),
    troubled: false,
  }
}

/** 207: what the log refused goes out again, and with it what must not be overtaken by it. */
function judgePartialSuccess<E extends OutgoingEvent>(
  pairs: readonly Judged<E>[],
  result: PublishResult,
  { retry, lastRound }: Judging,
): Verdict<E> {
  const goesAgain = selection(pairs, retry)
  const settled: Settled<E>[] = []
  const again: E[] = []
  for (const pair of pairs) {
    const { event, item } = pair
    const submitted = isSubmitted(pair)
    if (!goesAgain(pair)) settled.push(submitted ? stored(event, result) : neverConfirmed(event, item))
    else if (lastRound) settled.push(submitted ? stored(event, result) : neverConfirmed(event, item))
    else {
      const maybeStored = event.maybeStored === true || result.maybeRepeated
      again.push({ ...event, submitted: event.submitted || submitted, maybeStored })
    }
  }
  return { settled, again, troubled: again.length > 0 }
}

function isSubmitted({ item }: Judged<OutgoingEvent>): boolean {
  return item?.publishing_status === 'submitted'
}

/** Says of one event after the other, in order, whether it goes out again. */
function selection<E extends OutgoingEvent>(
  pairs: readonly Judged<E>[],
  retry: PartialRetry,
): (pair: Judged<E>) => boolean {
  if (retry === 'none') return () => false
  if (retry === 'failed-only') return (pair) => !isSubmitted(pair)
  if (retry === 'all') {
    const isBroken = pairs.some((pair) => !isSubmitted(pair))
    return () => isBroken
  }
  const broken = new Set<string>()
  return (pair) => {
    const group = orderedGroup(pair)
    if (!isSubmitted(pair)) broken.add(group)
    return broken.has(group) || broken.has(anywhere)
  }
}

/** The group of an event without a key whose partition the answer does not tell: it may be any. */
const anywhere = ''

/** Events of one key are in one partition, so without keys the partitions keep their order too. */
function orderedGroup({ event, item }: Judged<OutgoingEvent>): string {
  if (event.key !== undefined) return `key ${event.key}`
  return typeof item?.partition === 'string' ? `partition ${item.partition}` : anywhere
}

function stored<E extends OutgoingEvent>(event: E, { maybeRepeated }: PublishResult): Settled<E> {
  const maybeDuplicated = maybeRepeated || event.submitted || event.maybeStored === true
  return { event, outcome: { status: 'submitted', eid: event.eid, maybeDuplicated } }
}

function refusedByBroker<E extends OutgoingEvent>(event: E, item: BatchItemResponse | undefined): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  const detail = item?.detail || 'the broker refused the batch without naming an event'
  return { event, outcome: { status: 'rejected', eid: event.eid, step: item?.step ?? 'none', detail } }
}

/** The log may have stored an event whose confirmation it missed ("timed out"), so this is no rejection. */
function neverConfirmed<E extends OutgoingEvent>(event: E, item: BatchItemResponse | undefined): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  const detail = item?.detail || 'the broker did not say what became of the event'
  return { event, outcome: { status: 'unknown', eid: event.eid, detail } }
}

function alreadyStored<E extends OutgoingEvent>(event: E): Settled<E> {
  return { event, outcome: { status: 'submitted', eid: event.eid, maybeDuplicated: true } }
}

/**
 * Judges a batch whose request failed as a whole. An unknown outcome and a refusal of the content can
 * be told per event; anything else says nothing about the events, so it stays an error.
 */
export function judgeFailure<E extends OutgoingEvent>(
  events: readonly E[],
  error: NakadiError,
): readonly (Settled<E> | { readonly event: E; readonly error: NakadiError })[] {
  return events.map((event) => {
    if (event.submitted) return alreadyStored(event)
    const detail = error.problem?.detail ?? error.message
    if (error.outcome === 'unknown' || event.maybeStored === true)
      return { event, outcome: { status: 'unknown', eid: event.eid, detail, error } }
    if (isAboutContent(error)) {
      return { event, outcome: { status: 'rejected', eid: event.eid, step: 'none', detail, error } }
    }
    return { event, error }
  })
}

/**
 * Whether one event of the batch may have made the broker refuse all of them: it could not parse the
 * body (400), or the body was too large (413).
 */
export function isAboutContent(error: NakadiError): boolean {
  const status = error.problem?.status
  return error.outcome === 'rejected' && (status === 400 || status === 413)
}

/** Settles what is left of a batch that the broker has refused too often for the sake of single events. */
export function giveUp<E extends OutgoingEvent>(event: E, refusals: number): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  if (event.maybeStored === true) return neverConfirmed(event, undefined)
  const detail = `the broker refused the batch ${refusals} times because of other events in it; nothing is known against this one`
  return { event, outcome: { status: 'aborted', eid: event.eid, detail } }
}
