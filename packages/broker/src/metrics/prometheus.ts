// The same figures for Prometheus. A registry of its own for every broker: several live in one process.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Gauges } from './gauges.ts'
import type { Meter } from './meter.ts'

/** The counters that exist anyway; they are read when somebody asks. */
export interface PrometheusSources {
  readonly gauges: Gauges
  /** Whether to tell of the process too. */
  readonly ofProcess: boolean
  /** By `operation.status`. */
  readonly answers: ReadonlyMap<string, Meter>
  readonly streamed: Readonly<Record<'batches' | 'events' | 'bytes', Meter>>
  readonly stored: Readonly<Record<'events' | 'bytes' | 'cursors', Meter>>
}

/** Only durations are told to Prometheus as they occur: it has its own buckets for them. */
export interface Prometheus {
  answered(operation: string, durationMs: number): void
  proposed(durationMs: number): void
  tell(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** In seconds. */
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const COMMAND_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]

/** Creates the registry of one broker. */
export function createPrometheus({
  answers,
  streamed,
  stored,
  gauges,
  ofProcess,
}: PrometheusSources): Prometheus {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })

  new Counter({
    name: 'http_requests_total',
    help: 'Requests that were answered, by operation and status.',
    labelNames: ['operation', 'status'],
    registers,
    collect() {
      this.reset()
      for (const [key, { count }] of answers) {
        const [operation = '', status = ''] = key.split('.')
        this.inc({ operation, status }, count)
      }
    },
  })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time until the answer to a request began.',
    labelNames: ['operation'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const commands = new Histogram({
    name: 'rioni_command_duration_seconds',
    help: 'Time until a change of the state had its outcome, on a disk included.',
    buckets: COMMAND_BUCKETS,
    registers,
  })

  const counter = (name: string, help: string, source: Meter) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(source.count)
      },
    })
  counter('rioni_events_appended_total', 'Events written to the log.', stored.events)
  counter('rioni_event_bytes_appended_total', 'Bytes of the events written to the log.', stored.bytes)
  counter('rioni_cursors_committed_total', 'Commits that moved a partition forward.', stored.cursors)
  counter(
    'rioni_batches_delivered_total',
    'Batches given to streams, keep-alives included.',
    streamed.batches,
  )
  counter('rioni_events_delivered_total', 'Events given to streams.', streamed.events)
  counter('rioni_batch_bytes_delivered_total', 'Bytes of the batches given to streams.', streamed.bytes)

  const gauge = (name: string, help: string, read: () => number | undefined) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read()
        if (value === undefined) this.remove()
        else this.set(value)
      },
    })
  gauge('rioni_open_streams', 'Streams that are open.', gauges.openStreams)
  gauge('rioni_event_types', 'Event types that exist.', gauges.eventTypes)
  gauge('rioni_subscriptions', 'Subscriptions that exist.', gauges.subscriptions)
  gauge('rioni_storage_bytes', 'Bytes that the storage occupies.', gauges.storageBytes)

  return {
    answered: (operation, durationMs) => requests.observe({ operation }, durationMs / 1000),
    proposed: (durationMs) => commands.observe(durationMs / 1000),
    async tell() {
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
