import type { EventTypePartition, StreamParameters } from '@rioni/protocol'
import { NakadiError } from '../error.ts'
import type { CallOptions } from './call.ts'
import { type Endpoint, type Exchanged, exchange, type OpenAnswer } from './exchange.ts'
import { failureOfAnswer } from './failure.ts'
import { redactError } from './redact.ts'

/** An open stream of a subscription. */
export interface SubscriptionStream {
  /** `X-Nakadi-StreamId`: every commit of the stream's cursors must name it. */
  readonly streamId: string
  /**
   * The bytes as they come, to be cut into lines. Ends when the broker ends the stream, rejects when the
   * connection breaks. Leaving the iteration, or aborting the signal it was opened with, closes the
   * connection.
   */
  readonly body: AsyncIterable<Uint8Array>
}

/** Which stream to open. */
export interface StreamTarget {
  readonly subscriptionId: string
  readonly parameters: StreamParameters
  /** Exactly these partitions. @default a share that the broker chooses */
  readonly partitions?: readonly EventTypePartition[]
  /** Whether to ask for gzip. @default false */
  readonly compressed?: boolean
}

/** Opens a stream, once: when to try again is the business of whoever keeps the connection. */
export type OpenStream = (target: StreamTarget, options?: CallOptions) => Promise<SubscriptionStream>

/** Makes the function that opens the streams of one client. Time to the headers is limited, the rest is not. */
export function createOpenStream(endpoint: Endpoint): OpenStream {
  return async (target, options = {}) => {
    const flowId = options.flowId ?? endpoint.random.uuid()
    const request = { ...streamRequest(target), signal: options.signal, flowId, lasts: true }
    const result = await exchange(endpoint, request, receiveStream)
    if (result.ok) return result.value
    throw new NakadiError({ ...result.failure, flowId })
  }
}

/** Partitions can only be named in a body, and so the parameters go there too. */
function streamRequest({ subscriptionId, parameters, partitions = [], compressed = false }: StreamTarget) {
  const path = {
    parameters: { subscription_id: subscriptionId },
    headers: compressed ? { 'accept-encoding': 'gzip' } : {},
  }
  return partitions.length === 0
    ? ({ ...path, operation: 'streamSubscription', query: parameters } as const)
    : ({
        ...path,
        operation: 'streamSubscriptionPartitions',
        body: JSON.stringify({ ...parameters, partitions }),
      } as const)
}

async function receiveStream(answer: OpenAnswer): Promise<Exchanged<SubscriptionStream>> {
  const { label, response, deadline } = answer
  deadline.stopClock()
  const streamId = response.headers['x-nakadi-streamid']
  if (streamId === undefined) {
    return { ok: false, failure: failureOfAnswer(label, response.status, 'no X-Nakadi-StreamId header') }
  }
  return { ok: true, value: { streamId, body: releasing(answer) } }
}

/** The bytes of an answer; its deadline is let go when they are over or nobody wants more. Errors show no token. */
export async function* releasing({
  response,
  deadline,
  secrets,
}: OpenAnswer): AsyncGenerator<Uint8Array, void> {
  try {
    yield* response.body
  } catch (error) {
    throw redactError(error, secrets)
  } finally {
    deadline.release()
  }
}
