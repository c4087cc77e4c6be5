import { type AccessOptions, normalizeAccessOptions } from './access-options.ts'
import { type Clock, systemClock } from './clock.ts'
import type { SubscriptionOwner } from './core/commands.ts'
import { type BrokerObserver, guardObserver } from './observer.ts'
import { type Random, systemRandom } from './random.ts'
import { createMemoryStorage } from './storage/memory.ts'
import type { Storage } from './storage/storage.ts'

/** Bounds on what clients may do. */
export interface BrokerLimits {
  /** Bytes of a request body, before and after inflating. @default 20971520 (20 MiB) */
  readonly maxBodyBytes: number
  /** Bytes of one event's JSON text, as it was sent. @default 999000 */
  readonly maxEventBytes: number
  /** Partitions of all event types of one subscription. @default 100 */
  readonly maxSubscriptionPartitions: number
  /** The longest commit timeout that a stream may have, in seconds. @default 60 */
  readonly maxCommitTimeoutSeconds: number
  /** Bytes of events that wait inside one low-level stream; beyond it batches are sent before they are full. @default 50000000 */
  readonly maxEventStreamBufferBytes: number
  /** Bytes of events that wait inside one stream; beyond it batches are sent before they are full. @default 50000000 */
  readonly maxStreamBufferBytes: number
  /** Streams that are open at the same time; further ones are a 503. @default 5000 */
  readonly maxOpenStreams: number
}

/** How to set up a broker. Everything has a default. */
export interface BrokerOptions extends AccessOptions {
  /** Time and timers. @default systemClock */
  readonly clock?: Clock
  /** Ids and random choices. @default systemRandom */
  readonly random?: Random
  /** Where events and state are kept. The broker closes it. @default a new memory storage */
  readonly storage?: Storage
  /** Bounds; those left out keep their defaults. */
  readonly limits?: Partial<BrokerLimits>
  /**
   * The subscriptions of this application and consumer group do not keep an event type from being
   * deleted; they are deleted with it. @default nakadi_archiver, nakadi_to_s3
   */
  readonly deletableSubscriptions?: SubscriptionOwner
  /**
   * While the feature `force_data_lake_annotations` is on, event types that these subjects create must say
   * whether a data lake keeps their events; `*` is everyone. @default nobody
   */
  readonly dataLakeSubjects?: readonly string[]
  /** Told of what happens, for logs; callbacks that are missing are not called. @default nobody is told */
  readonly observer?: Partial<BrokerObserver>
  /**
   * Whether `/prometheus` tells of the whole process too: memory, CPU, event loop, garbage collection. For a
   * process that is nothing but this broker. @default false
   */
  readonly processMetrics?: boolean
}

const DEFAULT_LIMITS: BrokerLimits = {
  maxBodyBytes: 20 * 1024 * 1024,
  maxEventBytes: 999_000,
  maxSubscriptionPartitions: 100,
  maxCommitTimeoutSeconds: 60,
  maxEventStreamBufferBytes: 50_000_000,
  maxStreamBufferBytes: 50_000_000,
  maxOpenStreams: 5000,
}

/** The archive of events, which must not stand in the way of those whom the events belong to. */
const DELETABLE_SUBSCRIPTIONS: SubscriptionOwner = {
  owning_application: 'nakadi_archiver',
  consumer_group: 'nakadi_to_s3',
}

/** Options with nothing left out. */
export interface CompleteBrokerOptions extends Required<BrokerOptions> {
  readonly limits: BrokerLimits
  readonly observer: BrokerObserver
}

/** Fills in the defaults. */
export function normalizeBrokerOptions(options: BrokerOptions): CompleteBrokerOptions {
  return {
    ...normalizeAccessOptions(options),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    storage: options.storage ?? createMemoryStorage(),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    deletableSubscriptions: options.deletableSubscriptions ?? DELETABLE_SUBSCRIPTIONS,
    dataLakeSubjects: options.dataLakeSubjects ?? [],
    observer: guardObserver(options.observer ?? {}),
    processMetrics: options.processMetrics ?? false,
  }
}
