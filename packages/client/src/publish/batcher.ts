// batcher.ts - when a batch is sent, what goes into it, and when the producer is full.
//
// Rule 1: every decision about batches lives in this file.
// Rule 2: this file sends nothing, holds nothing and reads no clock.

/** When a batch is full, how long one that is not full waits, and how much may be on its way. */
export interface BatchPolicy {
  readonly maxEvents: number
  readonly maxBatchBytes: number
  readonly lingerMs: number
  readonly maxBufferedEvents: number
  readonly maxBufferedBytes: number
}

/** The two things that can be done with events. A request does one of them. */
export type EventOperation = 'publishEvents' | 'deleteEvents'

/** An event that waits to be sent. */
export interface WaitingEvent {
  readonly operation: EventOperation
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number
}

/** Events that wait to be sent, the oldest first. */
export interface WaitingEvents {
  readonly length: number
  at(index: number): WaitingEvent | undefined
}

/** What waits in one lane, and under which circumstances. */
export interface Queue {
  readonly waiting: WaitingEvents
  /** Of all waiting events together, so that it need not be summed up for every event that is added. */
  readonly bytes: number
  /** Whether a request of this lane is in flight. */
  readonly busy: boolean
  /** Whether somebody waits for the queue to become empty, so that lingering makes no sense. */
  readonly hurried: boolean
}

/** What to do now. */
export type BatchStep =
  | { readonly kind: 'send'; readonly count: number }
  | { readonly kind: 'wakeAt'; readonly at: number }
  | { readonly kind: 'wait' }

const wait: BatchStep = { kind: 'wait' }

/**
 * Says what to do with the queue of a lane. It has one request in flight at a time: a second one could
 * overtake it, and with it the order of the events of one key. Until it is answered events gather, so
 * batches grow with the load.
 */
export function nextBatch(queue: Queue, policy: BatchPolicy, now: number): BatchStep {
  if (queue.busy) return wait
  const { waiting } = queue
  const oldest = waiting.at(0)
  if (oldest === undefined) return wait
  const at = oldest.acceptedAt + policy.lingerMs
  const isDue = queue.hurried || now >= at
  return isDue || fillsBatch(queue, policy)
    ? { kind: 'send', count: cutBatch(waiting, policy) }
    : { kind: 'wakeAt', at }
}

/** `[` and `]` around the events of a batch, and `,` between two of them. */
const [bracketBytes, commaBytes] = [2, 1]

/** Whether the first batch of the queue can take no more, whatever comes. */
function fillsBatch({ waiting, bytes }: Queue, { maxEvents, maxBatchBytes }: BatchPolicy): boolean {
  const { length } = waiting
  return (
    length >= maxEvents ||
    bytes + bracketBytes + commaBytes * (length - 1) >= maxBatchBytes ||
    waiting.at(0)?.operation !== waiting.at(length - 1)?.operation
  )
}

/** How many of the oldest events make one batch: as many as fit of one operation, and at least one. */
function cutBatch(waiting: WaitingEvents, { maxEvents, maxBatchBytes }: BatchPolicy): number {
  const operation = waiting.at(0)?.operation
  const most = Math.min(waiting.length, maxEvents)
  let bytes = bracketBytes - commaBytes
  for (let count = 0; count < most; count++) {
    const event = waiting.at(count)
    bytes += commaBytes + (event?.bytes ?? 0)
    if (count > 0 && (bytes > maxBatchBytes || event?.operation !== operation)) return count
  }
  return most
}

/** What a producer has accepted and not settled. */
export interface Load {
  readonly events: number
  readonly bytes: number
}

/** Whether one more event may be accepted. An empty producer has room for any event. */
export function hasRoom(load: Load, policy: BatchPolicy): boolean {
  if (load.events === 0) return true
  return load.events < policy.maxBufferedEvents && load.bytes < policy.maxBufferedBytes
}
