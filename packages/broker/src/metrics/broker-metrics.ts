// What a broker counts, and how it is told: as Nakadi tells it (JSON), and for Prometheus (text).
// Counting is additions to numbers; whatever costs more happens when somebody asks.

import type { OperationId } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import { createDistribution, type Distribution } from './distribution.ts'
import type { Gauges } from './gauges.ts'
import { createMeter, type Meter } from './meter.ts'
import { type MetricsJson, metricsJson, type Timer } from './metrics-json.ts'
import { createPrometheus } from './prometheus.ts'

/** What is counted as it happens. */
export interface BrokerMetrics {
  /** A request was answered; without an operation it was refused before it was routed. */
  answered(operation: OperationId | undefined, status: number, durationMs: number): void
  /** Records were appended to the event log. */
  appended(events: number, bytes: number): void
  /** A batch was given to a stream; a keep-alive has no events. */
  delivered(events: number, bytes: number): void
  /** Cursors of a commit moved forward. */
  committed(cursors: number): void
  /** A command got its outcome. */
  proposed(durationMs: number): void

  /** All of `/metrics`. */
  node(): MetricsJson
  /** All of `/request-metrics`. */
  requests(): MetricsJson
  /** All of `/stream-metrics`. */
  streams(): MetricsJson
  /** All of `/prometheus`, in the text format. */
  prometheus(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** What metrics are made of. */
export interface BrokerMetricsOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly gauges: Gauges
  /** Whether to tell of the process too: memory, CPU, event loop, garbage collection. */
  readonly ofProcess: boolean
}

/** Creates metrics in which nothing has happened yet. */
export function createBrokerMetrics({ clock, gauges, ofProcess }: BrokerMetricsOptions): BrokerMetrics {
  const now = () => clock.now()
  const createTimer = (): Timer => ({ meter: createMeter(now), distribution: createDistribution() })
  const requests = new Map<string, Timer>()
  const answers = new Map<string, Meter>()
  const commands = createTimer()
  const batchEvents: Distribution = createDistribution()
  const streamed = { batches: createMeter(now), events: createMeter(now), bytes: createMeter(now) }
  const stored = { events: createMeter(now), bytes: createMeter(now), cursors: createMeter(now) }
  const prometheus = createPrometheus({ answers, streamed, stored, gauges, ofProcess })

  return {
    answered(operation, status, durationMs) {
      const name = operation ?? 'none'
      record(obtain(requests, name, createTimer), durationMs)
      obtain(answers, `${name}.${status}`, () => createMeter(now)).mark()
      prometheus.answered(name, durationMs)
    },
    appended(events, bytes) {
      stored.events.mark(events)
      stored.bytes.mark(bytes)
    },
    delivered(events, bytes) {
      streamed.batches.mark()
      streamed.events.mark(events)
      streamed.bytes.mark(bytes)
      if (events > 0) batchEvents.record(events)
    },
    committed: (cursors) => stored.cursors.mark(cursors),
    proposed(durationMs) {
      record(commands, durationMs)
      prometheus.proposed(durationMs)
    },
    node: () =>
      metricsJson({
        gauges: {
          eventTypes: gauges.eventTypes(),
          subscriptions: gauges.subscriptions(),
          storageBytes: gauges.storageBytes(),
        },
        meters: {
          appendedEvents: stored.events,
          appendedBytes: stored.bytes,
          committedCursors: stored.cursors,
        },
        timers: { commands },
      }),
    requests: () =>
      metricsJson({ meters: Object.fromEntries(answers), timers: Object.fromEntries(requests) }),
    streams: () =>
      metricsJson({
        gauges: { openStreams: gauges.openStreams() },
        histograms: { eventsPerBatch: batchEvents },
        meters: streamed,
      }),
    prometheus: () => prometheus.tell(),
  }
}

function record({ meter, distribution }: Timer, durationMs: number): void {
  meter.mark()
  distribution.record(durationMs)
}

function obtain<V>(map: Map<string, V>, key: string, create: () => V): V {
  const existing = map.get(key)
  if (existing !== undefined) return existing
  const created = create()
  map.set(key, created)
  return created
}
