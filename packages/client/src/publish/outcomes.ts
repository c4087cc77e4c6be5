// outcomes.ts - what the broker's answer to a batch means for each of its events.
//
// Rule 1: every decision about which events are settled and which go out again lives in this file.
// Rule 2: this file sends nothing and waits for nothing.
//
// The broker answers by position in the batch, never by eid, because eids may be missing or doubled.
// 200 stores everything. 422 stores nothing: it stops at the first event it does not accept, which
// is `failed`; all others are `aborted`, although nothing is wrong with them. 207 stores some: the
// log did not confirm those that `failed` in step `publishing`, which does not say that it has not kept them: what it was
// waited for in vain may be stored later (Rioni's openapi.yaml, "BatchItemResponse.detail"; Nakadi fails all events of which
// Kafka has not answered in time). What was `aborted`, or failed in an earlier step, has never come to the log.

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
      /**
       * Whether it may have been stored more than once, with the same eid: it was sent again after an attempt that had
       * stored it or may have. False says that no other attempt can have.
       */
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
       * The event was certainly not stored, and nothing is known against it: the broker did not get to it because
       * of other events, again and again (`maxRefusals`, `maxRounds`). It may be published again.
       */
      readonly status: 'aborted'
      readonly eid: string
      readonly detail: string
    }
  | {
      /** Nobody knows whether the event was stored, or will be: the answer did not arrive, or the log did not confirm it. */
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
  /** Whether an attempt in an earlier round may have stored it: its answer was lost, or the log did not confirm it. */
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
 * - `failed-only`: what failed alone. It ends up behind newer events of its key, and is a duplicate only if the log had
 *   stored it without confirming it.
 * - `none`: nothing; the outcome of what failed is `unknown`.
 */
export type PartialRetry = 'per-key' | 'all' | 'failed-only' | 'none'

/** How an answer is judged. */
export interface Judging {
  readonly retry: PartialRetry
  /** Whether events that the log has not confirmed must be settled now instead of sent again. */
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
    return {
      settled: events.map((event) => stored(withHistory(event, result.maybeRepeated))),
      again: [],
      troubled: false,
    }
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
  const settled = rejected.map(({ event, item }) => refusedByBroker(withHistory(event, maybeRepeated), item))
  const gone = new Set(rejected)
  return {
    settled,
    again: pairs.filter((pair) => !gone.has(pair)).map(({ event }) => withHistory(event, maybeRepeated)),
    troubled: false,
  }
}

/** 207: what the log did not confirm goes out again, and with it what must not be overtaken by it. */
function judgePartialSuccess<E extends OutgoingEvent>(
  pairs: readonly Judged<E>[],
  { maybeRepeated }: PublishResult,
  { retry, lastRound }: Judging,
): Verdict<E> {
  const goesAgain = selection(pairs, retry)
  const settled: Settled<E>[] = []
  const again: E[] = []
  for (const pair of pairs) {
    const event = withHistory(pair.event, maybeRepeated)
    const trace = traceInLog(pair)
    if (goesAgain(pair) && !lastRound) again.push(afterRound(event, trace))
    else settled.push(settleTrace(event, pair.item, trace))
  }
  return { settled, again, troubled: again.length > 0 }
}

/**
 * What an answer 207 says of an event in the log: it is there, it may be or may yet come, it was not taken that far because
 * of others, or it is to blame itself.
 */
type Trace = 'stored' | 'unconfirmed' | 'untried' | 'refused'

function traceInLog({ item }: Judged<OutgoingEvent>): Trace {
  if (item?.publishing_status === 'submitted') return 'stored'
  if (item?.publishing_status === 'aborted') return 'untried'
  return item === undefined || item.step === 'publishing' ? 'unconfirmed' : 'refused'
}

/** The event in the next round. */
function afterRound<E extends OutgoingEvent>(event: E, trace: Trace): E {
  if (trace === 'stored') return { ...event, submitted: true }
  return withHistory(event, trace === 'unconfirmed')
}

function settleTrace<E extends OutgoingEvent>(
  event: E,
  item: BatchItemResponse | undefined,
  trace: Trace,
): Settled<E> {
  switch (trace) {
    case 'stored':
      return stored(event)
    case 'unconfirmed':
      return neverConfirmed(event, item)
    case 'untried':
      return neverTried(event, 'the broker did not get to the event because of others of its batch')
    case 'refused':
      return refusedByBroker(event, item)
  }
}

/** The event, with what an attempt that may have stored it adds to what is known. */
function withHistory<E extends OutgoingEvent>(event: E, maybeStored: boolean): E {
  return maybeStored && event.maybeStored !== true ? { ...event, maybeStored } : event
}

/** Says of one event after the other, in order, whether it goes out again. What is to blame itself never does. */
function selection<E extends OutgoingEvent>(
  pairs: readonly Judged<E>[],
  retry: PartialRetry,
): (pair: Judged<E>) => boolean {
  if (retry === 'none') return () => false
  if (retry === 'failed-only') return isMissing
  if (retry === 'all') {
    const isBroken = pairs.some(isMissing)
    return (pair) => isBroken && traceInLog(pair) !== 'refused'
  }
  const broken = new Set<string>()
  return (pair) => {
    if (traceInLog(pair) === 'refused') return false
    const group = orderedGroup(pair)
    if (isMissing(pair)) broken.add(group)
    return broken.has(group) || broken.has(anywhere)
  }
}

/** Whether the log lacks an event, for all that is known, although nothing is wrong with it. */
function isMissing(pair: Judged<OutgoingEvent>): boolean {
  const trace = traceInLog(pair)
  return trace === 'unconfirmed' || trace === 'untried'
}

/** The group of an event without a key whose partition the answer does not tell: it may be any. */
const anywhere = ''

/** Events of one key are in one partition, so without keys the partitions keep their order too. */
function orderedGroup({ event, item }: Judged<OutgoingEvent>): string {
  if (event.key !== undefined) return `key ${event.key}`
  return typeof item?.partition === 'string' ? `partition ${item.partition}` : anywhere
}

function stored<E extends OutgoingEvent>(event: E): Settled<E> {
  const maybeDuplicated = event.submitted || event.maybeStored === true
  return { event, outcome: { status: 'submitted', eid: event.eid, maybeDuplicated } }
}

/** The event is to blame. Whether it was stored nevertheless is unknown if an earlier attempt, under other rules, may have. */
function refusedByBroker<E extends OutgoingEvent>(event: E, item: BatchItemResponse | undefined): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  if (event.maybeStored === true) return neverConfirmed(event, item)
  const detail = item?.detail || 'the broker refused the batch without naming an event'
  return { event, outcome: { status: 'rejected', eid: event.eid, step: item?.step ?? 'none', detail } }
}

function neverConfirmed<E extends OutgoingEvent>(event: E, item: BatchItemResponse | undefined): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  const detail = item?.detail || 'the broker did not say what became of the event'
  return { event, outcome: { status: 'unknown', eid: event.eid, detail } }
}

function neverTried<E extends OutgoingEvent>(event: E, detail: string): Settled<E> {
  if (event.submitted) return alreadyStored(event)
  if (event.maybeStored === true) return neverConfirmed(event, undefined)
  return { event, outcome: { status: 'aborted', eid: event.eid, detail } }
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
  return neverTried(
    event,
    `the broker refused the batch ${refusals} times because of other events in it; nothing is known against this one`,
  )
}
