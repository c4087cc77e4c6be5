// stream-tuning.ts - how the broker is to deliver: sizes and times, checked against each other.

import type { StreamParameters } from '@rioni/protocol'
import { checkedNumber, mostOfBroker as most } from '../checked-number.ts'
import type { ConnectionPolicy } from './connection.ts'

/** How the broker batches the events of a stream and how long it waits. */
export interface StreamTuning {
  /** Most events in a batch. @default 100 */
  readonly batchLimit?: number
  /** Events that may be delivered and not committed, at least `batchLimit`. @default 10 x batchLimit */
  readonly maxUncommittedEvents?: number
  /**
   * Seconds after which a batch is delivered although it is not full. So this is the latency of a quiet
   * event type, and the interval of keep-alive batches.
   *
   * @default 1
   */
  readonly batchFlushTimeoutSeconds?: number
  /** Seconds of event time that one batch may span; 0 means any. @default 0 */
  readonly batchTimespanSeconds?: number
  /** Seconds after which the broker ends a stream, 1 .. 4200; the consumer opens the next. @default about an hour */
  readonly streamTimeoutSeconds?: number
  /** Seconds within which a batch must be committed, 1 .. 60. @default 60 */
  readonly commitTimeoutSeconds?: number
  /** Committed events after which consumption is finished; 0 means never. @default 0 */
  readonly streamLimit?: number
  /** Keep-alive batches in a row, on every partition, after which it is finished; 0 means never. @default 0 */
  readonly streamKeepAliveLimit?: number
}

/** Every option with its value. */
export interface NormalizedStreamTuning extends Required<Omit<StreamTuning, 'streamTimeoutSeconds'>> {
  /** Left to the broker when undefined, which spreads the ends of many streams at random. */
  readonly streamTimeoutSeconds: number | undefined
}

/** The broker's own bounds (`commit_timeout`, `stream_timeout`). */
const [maxCommitTimeoutSeconds, maxStreamTimeoutSeconds] = [60, 4200]

/**
 * Completes the options and checks them against each other.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function normalizeStreamTuning(options: StreamTuning): NormalizedStreamTuning {
  const { batchLimit = 100, batchFlushTimeoutSeconds = 1, streamTimeoutSeconds } = options
  const { maxUncommittedEvents = 10 * batchLimit, commitTimeoutSeconds = maxCommitTimeoutSeconds } = options
  const { batchTimespanSeconds = 0, streamLimit = 0, streamKeepAliveLimit = 0 } = options
  return {
    batchLimit: checkedNumber('batchLimit', batchLimit, { least: 1, most, whole: true }),
    maxUncommittedEvents: checkedNumber('maxUncommittedEvents', maxUncommittedEvents, {
      least: batchLimit,
      most,
      whole: true,
      because: 'that is batchLimit, and no batch could ever be full',
    }),
    batchFlushTimeoutSeconds: checkedNumber('batchFlushTimeoutSeconds', batchFlushTimeoutSeconds, {
      least: 1,
      most,
      whole: true,
    }),
    commitTimeoutSeconds: checkedNumber('commitTimeoutSeconds', commitTimeoutSeconds, {
      least: 1,
      most: maxCommitTimeoutSeconds,
      whole: true,
    }),
    streamTimeoutSeconds:
      streamTimeoutSeconds === undefined
        ? undefined
        : checkedNumber('streamTimeoutSeconds', streamTimeoutSeconds, {
            least: batchFlushTimeoutSeconds,
            most: maxStreamTimeoutSeconds,
            whole: true,
            because: 'that is batchFlushTimeoutSeconds, and the stream could end before its first batch',
          }),
    batchTimespanSeconds: checkedNumber('batchTimespanSeconds', batchTimespanSeconds, {
      least: 0,
      most,
      whole: true,
    }),
    streamLimit: checkedNumber('streamLimit', streamLimit, { least: 0, most, whole: true }),
    streamKeepAliveLimit: checkedNumber('streamKeepAliveLimit', streamKeepAliveLimit, {
      least: 0,
      most,
      whole: true,
    }),
  }
}

/** The options as the broker calls them. */
export function streamParameters(tuning: NormalizedStreamTuning): StreamParameters {
  const { streamTimeoutSeconds } = tuning
  return {
    batch_limit: tuning.batchLimit,
    max_uncommitted_events: tuning.maxUncommittedEvents,
    batch_flush_timeout: tuning.batchFlushTimeoutSeconds,
    batch_timespan: tuning.batchTimespanSeconds,
    commit_timeout: tuning.commitTimeoutSeconds,
    stream_limit: tuning.streamLimit,
    stream_keep_alive_limit: tuning.streamKeepAliveLimit,
    ...(streamTimeoutSeconds === undefined ? {} : { stream_timeout: streamTimeoutSeconds }),
  }
}

/** For delays of the broker and the network that are no reason to give up a stream. */
const silenceMarginMs = 15_000

/**
 * How patient the connection is with a broker that delivers in this way. Keep-alive batches come every
 * `batchFlushTimeoutSeconds`, so two missing ones and a margin mean that the connection is dead. A new
 * stream may have to wait for partitions that others have to commit and hand over first.
 */
export function connectionPolicy(tuning: NormalizedStreamTuning): ConnectionPolicy {
  const flushMs = tuning.batchFlushTimeoutSeconds * 1000
  const commitTimeoutMs = tuning.commitTimeoutSeconds * 1000
  return {
    baseDelayMs: 250,
    delayFactor: 1.6,
    maxDelayMs: 30_000,
    healthyMs: 60_000,
    silenceMs: 2 * flushMs + silenceMarginMs,
    firstLineMs: 2 * commitTimeoutMs + flushMs + silenceMarginMs,
    minConflictDelayMs: 500,
    maxConflictDelayMs: Math.max(1000, commitTimeoutMs / 4),
    resetDelayMs: 2000,
    maxRetryAfterMs: 300_000,
  }
}
