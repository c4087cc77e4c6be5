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

/** An event that waits to be sent. */
export interface WaitingEvent {
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number
}

/** What waits, and under which circumstances. */
export interface Queue {
  /** The oldest first. */
  readonly waiting: readonly WaitingEvent[]
  readonly requestsInFlight: number
  /** Whether somebody waits for the queue to become empty, so that lingering makes no sense. */
  readonly hurried: boolean
}

/** What to do now. */
export type BatchStep =
  | { readonly kind: 'send'; readonly count: number }
  | { readonly kind: 'wakeAt'; readonly at: number }
  | { readonly kind: 'wait' }

/**
 * Says what to do with the queue. One request is in flight at a time: a second one could overtake it,
 * and with it the order of the events of one key. Until it is answered events gather, so batches grow
 * with the load.
 */
export function nextBatch(queue: Queue, policy: BatchPolicy, now: number): BatchStep {
  const [oldest] = queue.waiting
  if (oldest === undefined || queue.requestsInFlight > 0) return { kind: 'wait' }
  const { count, full } = cutBatch(queue.waiting, policy)
  const at = oldest.acceptedAt + policy.lingerMs
  return full || queue.hurried || now >= at ? { kind: 'send', count } : { kind: 'wakeAt', at }
}

/** `[` and `]` around the events of a batch, and `,` between two of them. */
const [bracketBytes, commaBytes] = [2, 1]

/** How many of the oldest events make one batch, at least one, and whether it can take no more. */
function cutBatch(
  waiting: readonly WaitingEvent[],
  { maxEvents, maxBatchBytes }: BatchPolicy,
): { readonly count: number; readonly full: boolean } {
  let [count, bytes] = [0, bracketBytes]
  for (const event of waiting) {
    bytes += event.bytes + (count > 0 ? commaBytes : 0)
    if (count > 0 && bytes > maxBatchBytes) return { count, full: true }
    count += 1
    if (count >= maxEvents) return { count, full: true }
  }
  return { count, full: bytes >= maxBatchBytes }
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
