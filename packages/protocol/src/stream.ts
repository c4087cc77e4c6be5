import type { Cursor, EventTypePartition, SubscriptionCursor } from './cursor.ts'

/** One line of a subscription stream: a position, the events up to it, and rarely a remark. */
export interface StreamBatch<E> {
  /** The position after `events`; committing it confirms them. */
  readonly cursor: SubscriptionCursor
  /** Absent in a keep-alive batch; never empty. */
  readonly events?: readonly E[]
  /** Why the stream started late or is about to end, for people to read. */
  readonly info?: { readonly debug?: string }
}

/** One line of a low-level stream of one event type. */
export interface EventStreamBatch<E> {
  readonly cursor: Cursor
  /** Absent in a keep-alive batch; never empty. */
  readonly events?: readonly E[]
}

/**
 * The query parameters of a subscription stream. An alias, not an interface, so that `operationPath` takes
 * it as a query.
 */
export type StreamParameters = {
  /** Most events in a batch, at least 1. @default 1 */
  readonly batch_limit?: number
  /** Committed events after which the broker ends the stream; 0 means never. @default 0 */
  readonly stream_limit?: number
  /** Seconds of event time that one batch may span; 0 means any. @default 0 */
  readonly batch_timespan?: number
  /** Seconds after which a batch is sent although it is not full. @default 30 */
  readonly batch_flush_timeout?: number
  /** Seconds after which the broker ends the stream, 1 .. 4200. @default a random value of 3000 .. 4199 */
  readonly stream_timeout?: number
  /** Keep-alive batches in a row, on every partition, after which the stream ends; 0 means never. @default 0 */
  readonly stream_keep_alive_limit?: number
  /** Events that may be sent and not yet committed. @default 10 */
  readonly max_uncommitted_events?: number
  /** Seconds within which sent events must be committed; 0 means the broker's maximum. @default 60 */
  readonly commit_timeout?: number
}

/** The body of a subscription stream that is opened with POST: the same, and the partitions wanted. */
export interface StreamRequest extends StreamParameters {
  /** Exactly these partitions, or any when empty. @default [] */
  readonly partitions?: readonly EventTypePartition[]
}
