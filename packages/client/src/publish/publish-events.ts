import type { BatchItemResponse } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'
import type { EventOperation } from './batcher.ts'
import { type Compression, createBodyEncoder, type EncodeBody } from './compression.ts'

/** Options of one publishing request. */
export interface PublishOptions extends CallOptions {
  /**
   * Whether to send the events again when nobody knows whether they were stored. They may then be
   * stored twice, with the same eid.
   *
   * @default false
   */
  readonly repeatUnknown?: boolean
  /** Which bodies are sent compressed. @default none */
  readonly compression?: Compression
  /**
   * The only subscription that shall get the events (`X-CONSUMER-TAG`). Deleting events takes no notice of it.
   *
   * @default all
   */
  readonly onlyForSubscription?: string
}

/** How the broker answered one publishing request. */
export interface PublishResult {
  /** `200`: all stored. `422`: none stored. `207`: some. */
  readonly status: number
  /** One per event, in order; empty when all were stored. */
  readonly items: readonly BatchItemResponse[]
  readonly attempts: number
  /** Whether an earlier attempt may have stored the events too. */
  readonly maybeRepeated: boolean
}

/**
 * Sends a batch in one request, as it is: nothing is filled in, split or sent again in parts. A
 * resolved promise does not mean that the events were stored; the items say that. Prefer a producer, or `publishBatch`.
 *
 * @param events a list of events, or the JSON text of one, or its bytes in UTF-8
 * @throws NakadiError when the request as a whole was refused or got no answer.
 */
export type PublishEvents = (
  eventType: string,
  events: readonly unknown[] | string | Uint8Array,
  options?: PublishOptions,
) => Promise<PublishResult>

/** Makes the publishing or the deleting function of one client. */
export function createPublishEvents(call: Call, operation: EventOperation): PublishEvents {
  return async (eventType, events, options = {}) => {
    const isBody = typeof events === 'string' || events instanceof Uint8Array
    const encode = encoderOf(options.compression)
    const { body, headers } = await encode(isBody ? events : JSON.stringify(events))
    const answer = await call({
      operation,
      parameters: { name: eventType },
      body,
      headers: { ...headers, ...consumerTag(options.onlyForSubscription) },
      repeatable: options.repeatUnknown ?? false,
      options,
    })
    const { status, attempts, maybeRepeated } = answer
    return { status, items: answer.body ?? [], attempts, maybeRepeated }
  }
}

/** A producer sends the same options with every batch, so they are checked once. */
const encoders = new WeakMap<Compression, EncodeBody>()

function encoderOf(compression: Compression | undefined): EncodeBody {
  if (compression === undefined) return createBodyEncoder(undefined)
  const encoder = encoders.get(compression) ?? createBodyEncoder(compression)
  encoders.set(compression, encoder)
  return encoder
}

function consumerTag(subscriptionId: string | undefined): Readonly<Record<string, string>> {
  return subscriptionId === undefined
    ? {}
    : { 'x-consumer-tag': `consumer_subscription_id=${subscriptionId}` }
}
