import type {
  NewSubscription,
  ReadFrom,
  StreamParameters,
  SubscriptionCursorWithoutToken,
} from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'
import type { ConnectionPolicy } from './connection.ts'
import {
  connectionPolicy,
  normalizeStreamTuning,
  type StreamTuning,
  streamParameters,
} from './stream-tuning.ts'

/** How a consumer reads. */
export interface StreamOptions extends StreamTuning {
  /** Batches that may wait for the loop before the connection is no longer read. @default 16 */
  readonly maxUnreadBatches?: number
  /** Most bytes of one batch; a larger one breaks the connection. @default 67108864 */
  readonly maxLineBytes?: number
  /** How long `close()` waits for the batch in hand and for commits. @default 10000 */
  readonly closeTimeoutMs?: number
  /** Closes the consumer; the loop ends as after `close()`. */
  readonly signal?: AbortSignal
}

/** A consumer of the subscription that these properties identify. It is created if it does not exist. */
export interface SubscriptionIdentity {
  readonly owningApplication: string
  /** Consumers of the same group share the events. @default 'default' */
  readonly consumerGroup?: string
  /** Where a new subscription starts; ignored when it exists. @default 'end' */
  readonly readFrom?: ReadFrom
  /** One per partition for `readFrom: 'cursors'`. */
  readonly initialCursors?: readonly SubscriptionCursorWithoutToken[]
  readonly subscriptionId?: undefined
}

/** A consumer of a subscription that exists. */
export interface SubscriptionReference {
  readonly subscriptionId: string
}

/** How a consumer reads, and from which subscription. */
export type ConsumerOptions = StreamOptions & (SubscriptionIdentity | SubscriptionReference)

/** A complete set of options. */
export interface NormalizedConsumerOptions {
  readonly source:
    | { readonly kind: 'create-or-get'; readonly subscription: NewSubscription }
    | { readonly kind: 'existing'; readonly subscriptionId: string }
  readonly parameters: StreamParameters
  readonly policy: ConnectionPolicy
  readonly maxUnreadBatches: number
  readonly maxLineBytes: number
  readonly closeTimeoutMs: number
  readonly signal: AbortSignal | undefined
}

/**
 * Completes the options and checks them against each other.
 *
 * @throws NakadiError with code `invalid-argument`, naming the option and a value that would work.
 */
export function normalizeConsumerOptions(
  eventTypes: readonly string[],
  options: ConsumerOptions,
): NormalizedConsumerOptions {
  const { maxUnreadBatches = 16, maxLineBytes = 64 * 1024 * 1024, closeTimeoutMs = 10_000 } = options
  const tuning = normalizeStreamTuning(options)
  return {
    source: subscriptionSource(eventTypes, options),
    parameters: streamParameters(tuning),
    policy: connectionPolicy(tuning),
    maxUnreadBatches: checkedNumber('maxUnreadBatches', maxUnreadBatches, { least: 1 }),
    maxLineBytes: checkedNumber('maxLineBytes', maxLineBytes, { least: 1 }),
    closeTimeoutMs: checkedNumber('closeTimeoutMs', closeTimeoutMs, { least: 0 }),
    signal: options.signal,
  }
}

function subscriptionSource(
  eventTypes: readonly string[],
  options: ConsumerOptions,
): NormalizedConsumerOptions['source'] {
  if (eventTypes.length === 0) throw invalidArgument('a consumer needs at least one event type')
  if (options.subscriptionId !== undefined) {
    return { kind: 'existing', subscriptionId: options.subscriptionId }
  }
  const { owningApplication, consumerGroup, readFrom, initialCursors } = options
  if (typeof owningApplication !== 'string' || owningApplication === '') {
    throw invalidArgument(
      'a consumer needs owningApplication, or the subscriptionId of an existing subscription',
    )
  }
  return {
    kind: 'create-or-get',
    subscription: {
      owning_application: owningApplication,
      event_types: eventTypes,
      ...(consumerGroup === undefined ? {} : { consumer_group: consumerGroup }),
      ...(readFrom === undefined ? {} : { read_from: readFrom }),
      ...(initialCursors === undefined ? {} : { initial_cursors: initialCursors }),
    },
  }
}
