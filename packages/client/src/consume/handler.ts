// handler.ts - what users of `run` and `runEach` write: handlers, and what to do when they fail.

import type { SubscriptionCursor } from '@rioni/protocol'
import type { Batch, EventBatch } from './batch.ts'
import type { FailureDecision, GiveUpAction, HandlerRetry } from './failure-policy.ts'

/** What a handler knows beside the events. */
export interface HandlerContext {
  /** 1 for the first call with these events, counted across reconnects of this consumer. */
  readonly attempt: number
  /**
   * When the broker will take no commit of these events any more, in milliseconds since the epoch. It
   * moves on with every commit of the partition.
   */
  readonly deadline: number
  /**
   * Aborts when going on is in vain: the deadline has passed, another stream delivers the events again, or
   * closing has taken longer than `closeTimeoutMs`.
   */
  readonly signal: AbortSignal
}

/** One event with its origin. */
export interface DeliveredEvent<Name extends string, Event> {
  readonly eventType: Name
  readonly event: Event
  readonly partition: string
  /** The position after the batch of the event. */
  readonly cursor: SubscriptionCursor
}

/** An event of several event types: a union that `eventType` tells apart. */
export type Delivered<Events extends object> = {
  [Name in keyof Events & string]: DeliveredEvent<Name, Events[Name]>
}[keyof Events & string]

/** Processes a batch. What it returns is awaited; what it throws is a failure. */
export type BatchHandler<Events extends object> = (batch: Batch<Events>, context: HandlerContext) => unknown

/** A handler of batches for each event type of the subscription. */
export type BatchHandlers<Events extends object> = {
  readonly [Name in keyof Events & string]: (
    batch: EventBatch<Name, Events[Name]>,
    context: HandlerContext,
  ) => unknown
}

/** Processes an event. What it returns is awaited; what it throws is a failure. */
export type EventHandler<Events extends object> = (
  delivered: Delivered<Events>,
  context: HandlerContext,
) => unknown

/** A handler of events for each event type of the subscription. */
export type EventHandlers<Events extends object> = {
  readonly [Name in keyof Events & string]: (
    delivered: DeliveredEvent<Name, Events[Name]>,
    context: HandlerContext,
  ) => unknown
}

/** Events that a handler has failed on. */
export interface HandlerFailure {
  readonly eventType: string
  readonly partition: string
  /** The position after the batch of the events. */
  readonly cursor: SubscriptionCursor
  /** The event of `runEach`; the batch, or the events of one key in it, of `run`. Empty when they cannot be read. */
  readonly events: readonly unknown[]
  /** How often the handler has been called with them. */
  readonly attempts: number
  /** What the handler threw. */
  readonly error: unknown
}

/** How `run` and `runEach` work. */
export interface RunOptions<Events extends object> {
  /** Handlers that may run at once, over all partitions, at least 1. @default 16 */
  readonly concurrency?: number
  /**
   * The key of an event. With it events of one partition are processed side by side as far as their keys
   * differ, and in order per key; a batch that `run` hands out then holds the events of one key.
   *
   * @default none: strict order per partition
   */
  readonly key?: (event: Events[keyof Events & string], eventType: keyof Events & string) => string
  /** How often and how patiently a handler is called again. What is left out keeps its default. */
  readonly retry?: Partial<HandlerRetry>
  /** What happens when it has failed too often. @default 'stop' */
  readonly onFailure?: GiveUpAction
  /**
   * Takes the events for `onFailure: 'dead-letter'`; they are passed over once it resolves. When it fails
   * `retry.maxAttempts` times, the consumer stops.
   */
  readonly deadLetter?: (failure: HandlerFailure) => unknown
  /** Hears of every failed call and of what was decided. */
  readonly onHandlerError?: (failure: HandlerFailure, decision: FailureDecision) => void
}
