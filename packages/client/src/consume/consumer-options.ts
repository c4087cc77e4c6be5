import type { EventTypePartition, NewSubscription, StreamParameters } from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'
import { type CommitPolicy, type CommitSchedule, commitSchedule } from './commit-schedule.ts'
import type { ConnectionPolicy } from './connection.ts'
import { newSubscription } from './ensure-subscription.ts'
import {
  connectionPolicy,
  normalizeStreamTuning,
  type StreamTuning,
  streamParameters,
} from './stream-tuning.ts'
import type { SubscriptionIdentity } from './subscription-identity.ts'

/** How a consumer reads. */
export interface StreamOptions extends StreamTuning {
  /** Batches that may wait for the loop before the connection is no longer read, at least 1. @default 16 */
  readonly maxUnreadBatches?: number
  /**
   * Bytes of batches that may wait for the loop, or be in the hands of `run`, before the connection is no
   * longer read, at least 1. One batch and one chunk may exceed it.
   *
   * @default 67108864
   */
  readonly maxUnreadBytes?: number
  /** When processed batches are committed. @default 'every-batch' */
  readonly commitPolicy?: CommitPolicy
  /**
   * Reads exactly these partitions, whoever else streams the subscription; another stream that names one
   * of them is refused (409), and so is this one. Must not be empty.
   *
   * @default a fair share of all partitions
   */
  readonly partitions?: readonly EventTypePartition[]
  /** Most bytes of one batch; a larger one breaks the connection. @default 67108864 */
  readonly maxLineBytes?: number
  /** How long `close()` waits for the batch in hand and for commits. @default 10000 */
  readonly closeTimeoutMs?: number
  /**
   * Asks for a compressed stream: less traffic, more work on both sides. What comes out is bounded by
   * `maxLineBytes` all the same. One that a proxy compresses unasked is read too.
   *
   * @default false
   */
  readonly compressed?: boolean
  /** Closes the consumer; the loop ends as after `close()`. */
  readonly signal?: AbortSignal
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
  readonly partitions: readonly EventTypePartition[]
  readonly compressed: boolean
  readonly schedule: CommitSchedule
  /** Whether `run` commits by itself. */
  readonly commits: boolean
  readonly commitTimeoutMs: number
  readonly maxUnreadBatches: number
  readonly maxUnreadBytes: number
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
  const { maxUnreadBytes = 64 * 1024 * 1024, commitPolicy = 'every-batch' } = options
  const tuning = normalizeStreamTuning(options)
  return {
    source: subscriptionSource(eventTypes, options),
    parameters: streamParameters(tuning),
    partitions: checkedPartitions(eventTypes, options.partitions),
    compressed: options.compressed ?? false,
    policy: connectionPolicy(tuning),
    schedule: commitSchedule(commitPolicy, tuning),
    commits: commitPolicy !== 'manual',
    commitTimeoutMs: tuning.commitTimeoutSeconds * 1000,
    maxUnreadBytes: checkedNumber('maxUnreadBytes', maxUnreadBytes, { least: 1 }),
    maxUnreadBatches: checkedNumber('maxUnreadBatches', maxUnreadBatches, { least: 1, whole: true }),
    maxLineBytes: checkedNumber('maxLineBytes', maxLineBytes, { least: 1 }),
    closeTimeoutMs: checkedNumber('closeTimeoutMs', closeTimeoutMs, { least: 0 }),
    signal: checkedSignal(options.signal),
  }
}

/** What listens to anything else would never hear it. */
function checkedSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal
  throw invalidArgument('signal must be an AbortSignal, such as that of an AbortController')
}

/** The broker refuses these too, with a message that names no option. */
function checkedPartitions(
  eventTypes: readonly string[],
  partitions: readonly EventTypePartition[] | undefined,
): readonly EventTypePartition[] {
  if (partitions === undefined) return []
  if (partitions.length === 0) {
    throw invalidArgument('partitions must name at least one; leave it out for a fair share of all')
  }
  const names = partitions.map(({ event_type, partition }) => `${event_type} ${partition}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidArgument(`partitions names ${twice} twice; leave one out`)
  const foreign = partitions.find(({ event_type }) => !eventTypes.includes(event_type))
  if (foreign === undefined) return partitions
  throw invalidArgument(
    `partitions names ${foreign.event_type}, of which this consumer reads no events; there are ${eventTypes.join(', ')}`,
  )
}

function subscriptionSource(
  eventTypes: readonly string[],
  options: ConsumerOptions,
): NormalizedConsumerOptions['source'] {
  if (eventTypes.length === 0) throw invalidArgument('a consumer needs at least one event type')
  if (options.subscriptionId !== undefined) {
    return { kind: 'existing', subscriptionId: options.subscriptionId }
  }
  return { kind: 'create-or-get', subscription: newSubscription(eventTypes, options) }
}
