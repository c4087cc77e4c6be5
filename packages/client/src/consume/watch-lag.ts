// watch-lag.ts - how far a subscription is behind, asked for now and then, and whether more streams would help.

import type {
  SubscriptionEventTypeStats,
  SubscriptionPartitionStats,
  SubscriptionStats,
} from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import { pause } from '../clock.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, type NakadiError } from '../error.ts'
import type { ObservedLag } from '../observe/instrumentation.ts'

/** How far a subscription is behind. */
export interface SubscriptionLag {
  /** When the broker was asked, in milliseconds since the epoch. */
  readonly at: number
  /** Events after the committed positions, over all event types. */
  readonly unconsumedEvents: number
  /** Age of the oldest of them in seconds, if the broker knows it. */
  readonly lagSeconds: number | undefined
  readonly eventTypes: readonly ObservedLag[]
  readonly partitions: number
  /** Streams that are open, of all consumers of the subscription. */
  readonly streams: number
  /**
   * How many more streams would get a partition. While the subscription is behind, so many consumers more would help;
   * at 0 only faster ones, or more partitions, do.
   */
  readonly roomForStreams: number
}

/** How lag is watched. */
export interface LagWatchOptions {
  /** Milliseconds between two questions, at least 1000: each costs the broker reads. @default 30000 */
  readonly intervalMs?: number
  /** Gets every answer. */
  readonly onLag?: (lag: SubscriptionLag) => void
  /** Hears of questions that failed; they are asked again after the interval. */
  readonly onError?: (error: NakadiError) => void
  /** Ends it, as `close()` does. */
  readonly signal?: AbortSignal
}

/** A watch over the lag of a subscription. */
export interface LagWatch extends AsyncDisposable {
  /** The last answer. */
  readonly latest: SubscriptionLag | undefined
  /** Asks no more. Resolves when nothing of it is left. */
  close(): Promise<void>
}

/**
 * Asks the broker how far a subscription is behind.
 *
 * @throws NakadiError `not-found` and what else a request may fail with.
 */
export async function readLag(
  client: Client,
  subscriptionId: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<SubscriptionLag> {
  const stats = await client.subscriptions.stats(subscriptionId, { ...options, showTimeLag: true })
  return lagOf(stats, client.clock.now())
}

/**
 * Asks at once, and then after every interval, until it is closed. What it learns also becomes gauges, if the client has an
 * `instrumentation`. One process per subscription is enough to do so.
 *
 * @throws NakadiError `invalid-argument`.
 */
export function watchLag(client: Client, subscriptionId: string, options: LagWatchOptions = {}): LagWatch {
  const intervalMs = checkedNumber('intervalMs', options.intervalMs ?? 30_000, { least: 1000 })
  const closing = new AbortController()
  const signal =
    options.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, options.signal])
  const { instrumentation } = client.observation
  let latest: SubscriptionLag | undefined

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      try {
        latest = await readLag(client, subscriptionId, { signal })
        instrumentation?.lagging(subscriptionId, latest.eventTypes)
        options.onLag?.(latest)
      } catch (error) {
        if (!signal.aborted) options.onError?.(asNakadiError(error))
      }
      await pause(client.clock, intervalMs, signal)
    }
    instrumentation?.lagging(subscriptionId, [])
  }

  const watching = watch()
  const close = () => {
    closing.abort()
    return watching
  }
  return {
    get latest() {
      return latest
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** What statistics say about lag. */
function lagOf({ items }: SubscriptionStats, at: number): SubscriptionLag {
  const all = items.flatMap(({ partitions }) => partitions)
  const streams = new Set(all.flatMap(({ stream_id }) => (stream_id ? [stream_id] : []))).size
  return {
    at,
    unconsumedEvents: unconsumed(all),
    lagSeconds: oldest(all),
    eventTypes: items.map(lagOfEventType),
    partitions: all.length,
    streams,
    roomForStreams: Math.max(0, all.length - streams),
  }
}

function lagOfEventType({ event_type, partitions }: SubscriptionEventTypeStats): ObservedLag {
  return {
    eventType: event_type,
    unconsumedEvents: unconsumed(partitions),
    lagSeconds: oldest(partitions),
  }
}

function unconsumed(partitions: readonly SubscriptionPartitionStats[]): number {
  return partitions.reduce((sum, { unconsumed_events = 0 }) => sum + unconsumed_events, 0)
}

function oldest(partitions: readonly SubscriptionPartitionStats[]): number | undefined {
  const ages = partitions.flatMap(({ consumer_lag_seconds: age }) => (age === undefined ? [] : [age]))
  return ages.length === 0 ? undefined : Math.max(...ages)
}
