import type { Attributes, Meter } from '@opentelemetry/api'
import type { ObservedConsumer, ObservedLag } from '../observe/instrumentation.ts'
import { destination, subscription } from './attributes.ts'

/** What is looked at whenever metrics are collected. */
export interface Gauges {
  /** Looks at a consumer until the returned function is called. */
  consuming(consumer: ObservedConsumer): () => void
  /** Remembers how far a subscription is behind; nothing forgets it. */
  lagging(subscriptionId: string, lags: readonly ObservedLag[]): void
}

/** Makes the gauges. Consumers of one subscription in one process are one series: the worst of them is told. */
export function createGauges(meter: Meter): Gauges {
  const consumers = new Set<ObservedConsumer>()
  const lags = new Map<string, readonly ObservedLag[]>()

  gauge(
    meter,
    ['rioni.consumer.commit_age', 's', 'For how long something delivered has waited for its commit.'],
    () => worst(consumers, ({ commitAgeMs }) => commitAgeMs / 1000),
  )
  gauge(
    meter,
    [
      'rioni.consumer.time_since_progress',
      's',
      'Since the last commit, or since nothing was left to commit.',
    ],
    () => worst(consumers, ({ idleMs }) => idleMs / 1000),
  )
  gauge(meter, ['rioni.consumer.disconnected', '1', '1 while a consumer has no stream.'], () =>
    worst(consumers, ({ connected }) => (connected ? 0 : 1)),
  )
  gauge(meter, ['rioni.consumer.lag', '{message}', 'Events after the committed positions.'], () =>
    lagsBy(lags, ({ unconsumedEvents }) => unconsumedEvents),
  )
  gauge(
    meter,
    ['rioni.consumer.time_lag', 's', 'Age of the oldest event after the committed positions.'],
    () => lagsBy(lags, ({ lagSeconds }) => lagSeconds),
  )

  return {
    consuming(consumer) {
      consumers.add(consumer)
      return () => {
        consumers.delete(consumer)
      }
    },
    lagging(subscriptionId, seen) {
      if (seen.length === 0) lags.delete(subscriptionId)
      else lags.set(subscriptionId, seen)
    },
  }
}

type Reading = readonly [value: number, attributes: Attributes]

function gauge(
  meter: Meter,
  [name, unit, description]: readonly [string, string, string],
  read: () => Iterable<Reading>,
): void {
  meter.createObservableGauge(name, { unit, description }).addCallback((result) => {
    for (const [value, attributes] of read()) result.observe(value, attributes)
  })
}

function worst(
  consumers: Iterable<ObservedConsumer>,
  read: (consumer: ObservedConsumer) => number,
): Iterable<Reading> {
  const bySubscription = new Map<string, Reading>()
  for (const consumer of consumers) {
    const { subscriptionId, consumerGroup } = consumer
    const value = Math.max(read(consumer), bySubscription.get(subscriptionId)?.[0] ?? 0)
    bySubscription.set(subscriptionId, [value, subscription(subscriptionId, consumerGroup)])
  }
  return bySubscription.values()
}

function lagsBy(
  lags: ReadonlyMap<string, readonly ObservedLag[]>,
  read: (lag: ObservedLag) => number | undefined,
): Reading[] {
  return [...lags].flatMap(([subscriptionId, seen]) =>
    seen.flatMap((lag): Reading[] => {
      const value = read(lag)
      const attributes = { ...subscription(subscriptionId), ...destination(lag.eventType) }
      return value === undefined ? [] : [[value, attributes]]
    }),
  )
}
