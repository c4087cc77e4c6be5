import type { Attributes, Meter } from '@opentelemetry/api'
import { subscription } from './attributes.ts'

/** What is counted and timed as it happens. Times are seconds. */
export interface Instruments {
  /** Events that were sent, whatever came of it. */
  sent(events: number, attributes: Attributes): void
  /** Events that were delivered to the application. */
  consumed(events: number, attributes: Attributes): void
  /** A call of `publish`, or a commit, has taken so long. */
  operated(seconds: number, attributes: Attributes): void
  /** A handler, or a round of a loop, has taken so long. */
  processed(seconds: number, attributes: Attributes): void
  /** So many more events are published and not settled; fewer, when negative. */
  publishing(events: number, attributes: Attributes): void
  /** So many more handlers, or rounds of a loop, are at work; fewer, when negative. */
  processing(calls: number, attributes: Attributes): void
  /** A stream is over, or none was opened. */
  reconnected(subscriptionId: string, reason: string): void
}

/** The bounds that the conventions advise for durations of messaging operations. */
const advice = {
  explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
}

/** Makes the instruments. */
export function createInstruments(meter: Meter): Instruments {
  const sent = meter.createCounter('messaging.client.sent.messages', {
    unit: '{message}',
    description: 'Events that the producer has tried to send.',
  })
  const consumed = meter.createCounter('messaging.client.consumed.messages', {
    unit: '{message}',
    description: 'Events that were delivered to the application.',
  })
  const operated = meter.createHistogram('messaging.client.operation.duration', {
    unit: 's',
    description: 'Duration of publishing and of commits.',
    advice,
  })
  const processed = meter.createHistogram('messaging.process.duration', {
    unit: 's',
    description: 'Duration of processing.',
    advice,
  })
  const reconnects = meter.createCounter('rioni.consumer.reconnects', {
    unit: '{reconnect}',
    description: 'Streams that have ended or could not be opened, by reason.',
  })
  const publishing = meter.createUpDownCounter('rioni.producer.in_flight', {
    unit: '{message}',
    description: 'Events that were published and are not settled.',
  })
  const processing = meter.createUpDownCounter('rioni.consumer.in_flight', {
    unit: '{call}',
    description: 'Handlers, or rounds of loops, that are at work.',
  })
  return {
    sent: (events, attributes) => sent.add(events, attributes),
    consumed: (events, attributes) => consumed.add(events, attributes),
    operated: (seconds, attributes) => operated.record(seconds, attributes),
    processed: (seconds, attributes) => processed.record(seconds, attributes),
    publishing: (events, attributes) => publishing.add(events, attributes),
    processing: (calls, attributes) => processing.add(calls, attributes),
    reconnected: (subscriptionId, reason) =>
      reconnects.add(1, { ...subscription(subscriptionId), 'rioni.reconnect.reason': reason }),
  }
}
