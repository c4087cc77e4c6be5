// What a client may ask of a low-level stream, from the query of its request.

import type { EventStreamSettings } from '../core/event-stream.ts'
import type { BrokerContext } from './handler.ts'
import { optionalInteger, type ReadBody, readWith } from './read-fields.ts'
import { chooseStreamTimeout } from './stream-parameters.ts'

/** The parameters of a low-level stream, each in its place. Times are in seconds. */
export interface EventStreamQuery {
  readonly batchLimit: number
  readonly streamLimit: number
  readonly batchFlushTimeout: number
  readonly streamTimeout: number
  readonly keepAliveLimit: number
}

const DEFAULT_FLUSH_TIMEOUT_SECONDS = 30

/** Fills in the defaults. What is no integer makes the query unreadable. */
export function readEventStreamQuery(
  query: URLSearchParams,
  { random }: Pick<BrokerContext, 'random'>,
): ReadBody<EventStreamQuery> {
  return readWith(() => {
    const integer = (name: string) => optionalInteger(query.get(name), name)
    const value = {
      batchLimit: integer('batch_limit') ?? 1,
      streamLimit: integer('stream_limit') ?? 0,
      // Zero stands for the default, unlike in a subscription stream.
      batchFlushTimeout: integer('batch_flush_timeout') || DEFAULT_FLUSH_TIMEOUT_SECONDS,
      streamTimeout: chooseStreamTimeout(integer('stream_timeout'), random),
      keepAliveLimit: integer('stream_keep_alive_limit') ?? 0,
    }
    return { kind: 'read', value }
  })
}

/** The text for a client whose parameters contradict each other. */
export function contradiction(query: EventStreamQuery): string | undefined {
  const { batchLimit, batchFlushTimeout, streamLimit, streamTimeout } = query
  if (streamLimit !== 0 && streamLimit < batchLimit) return "stream_limit can't be lower than batch_limit"
  if (streamTimeout < batchFlushTimeout) return "stream_timeout can't be lower than batch_flush_timeout"
  return batchLimit < 1 ? "batch_limit can't be lower than 1" : undefined
}

/** The real broker looks at its partitions ten times a second, so empty batches come no faster. */
const MIN_FLUSH_TIMEOUT_MS = 100

/** The settings of a stream whose parameters do not contradict each other. */
export function toEventStreamSettings(
  query: EventStreamQuery,
  { limits }: Pick<BrokerContext, 'limits'>,
): EventStreamSettings {
  return {
    batchLimit: query.batchLimit,
    batchFlushTimeoutMs: Math.max(MIN_FLUSH_TIMEOUT_MS, query.batchFlushTimeout * 1000),
    streamLimit: query.streamLimit,
    streamTimeoutMs: query.streamTimeout * 1000,
    keepAliveLimit: query.keepAliveLimit,
    maxBufferedBytes: limits.maxEventStreamBufferBytes,
  }
}
