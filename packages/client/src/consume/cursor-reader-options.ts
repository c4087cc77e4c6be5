import type { Cursor } from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import type { EventStreamParameters } from '../request/open-event-stream.ts'
import type { ConnectionPolicy } from './connection.ts'
import { type CursorStore, createMemoryCursorStore } from './cursor-store.ts'
import { connectionPolicy, normalizeStreamTuning, type StreamTuning } from './stream-tuning.ts'

/** How a low-level stream is read. */
export interface CursorReaderOptions
  extends Pick<
    StreamTuning,
    'batchLimit' | 'batchFlushTimeoutSeconds' | 'streamTimeoutSeconds' | 'streamKeepAliveLimit'
  > {
  /** Where to begin partitions of which the store knows nothing, or exactly these partitions. @default 'end' */
  readonly from?: 'begin' | 'end' | readonly Cursor[]
  /** Keeps what `batch.save()` saves. @default one in memory */
  readonly store?: CursorStore
  /** Batches that may wait for the loop before the connection is no longer read, at least 1. @default 16 */
  readonly maxUnreadBatches?: number
  /** Most bytes of one batch, at least 1. @default 67108864 */
  readonly maxLineBytes?: number
  /** Closes the reader; the loop ends as after `close()`. */
  readonly signal?: AbortSignal
}

/** A complete set of options. */
export interface NormalizedCursorReaderOptions {
  readonly from: 'begin' | 'end' | readonly Cursor[]
  readonly store: CursorStore
  readonly parameters: EventStreamParameters
  readonly keepAliveLimit: number
  readonly policy: ConnectionPolicy
  readonly maxUnreadBatches: number
  readonly maxLineBytes: number
  readonly signal: AbortSignal | undefined
}

/**
 * Completes the options.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function normalizeCursorReaderOptions(options: CursorReaderOptions): NormalizedCursorReaderOptions {
  const { from = 'end', store = createMemoryCursorStore(), signal } = options
  const { maxUnreadBatches = 16, maxLineBytes = 64 * 1024 * 1024 } = options
  const tuning = normalizeStreamTuning(options)
  const { streamTimeoutSeconds } = tuning
  return {
    from,
    store,
    signal,
    parameters: {
      batch_limit: tuning.batchLimit,
      batch_flush_timeout: tuning.batchFlushTimeoutSeconds,
      stream_keep_alive_limit: tuning.streamKeepAliveLimit,
      ...(streamTimeoutSeconds === undefined ? {} : { stream_timeout: streamTimeoutSeconds }),
    },
    keepAliveLimit: tuning.streamKeepAliveLimit,
    policy: connectionPolicy(tuning),
    maxUnreadBatches: checkedNumber('maxUnreadBatches', maxUnreadBatches, { least: 1 }),
    maxLineBytes: checkedNumber('maxLineBytes', maxLineBytes, { least: 1 }),
  }
}
