import type { Cursor } from '@rioni/protocol'
import { NakadiError } from '../error.ts'
import type { CallOptions } from './call.ts'
import { type Endpoint, type Exchanged, exchange, type OpenAnswer } from './exchange.ts'
import { releasing } from './open-stream.ts'

/** Which low-level stream to open. */
export interface EventStreamTarget {
  readonly eventType: string
  /** Where to begin, at most one per partition; the stream has these partitions. @default the end of all */
  readonly cursors?: readonly Cursor[]
  readonly parameters: EventStreamParameters
}

/** How the broker is to deliver. */
export type EventStreamParameters = {
  /** Most events in a batch, at least 1. */
  readonly batch_limit?: number
  /** Events after which the broker ends the stream; 0 means never. */
  readonly stream_limit?: number
  /** Seconds after which a batch is sent although it is not full. */
  readonly batch_flush_timeout?: number
  /** Seconds after which the broker ends the stream. */
  readonly stream_timeout?: number
  /** Keep-alive batches in a row, on every partition, after which it ends; 0 means never. */
  readonly stream_keep_alive_limit?: number
}

/** An open low-level stream. Leaving the iteration, or aborting the signal it was opened with, closes it. */
export interface EventStream {
  readonly body: AsyncIterable<Uint8Array>
}

/** Opens a low-level stream, once. */
export type OpenEventStream = (target: EventStreamTarget, options?: CallOptions) => Promise<EventStream>

/** Makes the function that opens the low-level streams of one client. */
export function createOpenEventStream(endpoint: Endpoint): OpenEventStream {
  return async ({ eventType, cursors, parameters }, options = {}) => {
    const flowId = options.flowId ?? endpoint.random.uuid()
    const result = await exchange(
      endpoint,
      {
        operation: 'streamEvents',
        parameters: { name: eventType },
        query: parameters,
        headers: cursors === undefined ? {} : { 'x-nakadi-cursors': JSON.stringify(cursors) },
        signal: options.signal,
        flowId,
        lasts: true,
      },
      receiveEventStream,
    )
    if (result.ok) return result.value
    throw new NakadiError({ ...result.failure, flowId })
  }
}

async function receiveEventStream(answer: OpenAnswer): Promise<Exchanged<EventStream>> {
  answer.deadline.stopClock()
  return { ok: true, value: { body: releasing(answer) } }
}
