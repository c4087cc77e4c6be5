import type { StreamOptions } from './consume/consumer-options.ts'
import type { ProducerOptions } from './publish/producer-options.ts'

type Preset = {
  /** For producers of any event type. */
  readonly producer: Pick<ProducerOptions, 'maxEvents' | 'maxBatchBytes' | 'lingerMs'>
  /** For consumers of any subscription. */
  readonly consumer: Pick<
    StreamOptions,
    | 'batchLimit'
    | 'batchFlushTimeoutSeconds'
    | 'maxUncommittedEvents'
    | 'commitTimeoutSeconds'
    | 'commitPolicy'
    | 'maxUnreadBatches'
  >
}

/**
 * Values for options that belong together, to be spread into one's own: `{ ...presets.throughput.consumer, owningApplication }`.
 * The guide on tuning tells what each costs and what was measured.
 */
export const presets: { readonly [Aim in 'throughput' | 'latency']: Preset } = {
  /** As many events as possible: large batches, few requests. Events wait for company. */
  throughput: {
    producer: { maxEvents: 2_000, maxBatchBytes: 10_000_000, lingerMs: 50 },
    consumer: {
      batchLimit: 500,
      batchFlushTimeoutSeconds: 1,
      maxUncommittedEvents: 10_000,
      commitTimeoutSeconds: 60,
      commitPolicy: { batches: 20, seconds: 1 },
      maxUnreadBatches: 32,
    },
  },
  /** Every event as soon as possible: nothing waits for company, and each batch is committed at once. */
  latency: {
    producer: { maxEvents: 500, maxBatchBytes: 1_000_000, lingerMs: 0 },
    consumer: {
      batchLimit: 1,
      batchFlushTimeoutSeconds: 1,
      maxUncommittedEvents: 1_000,
      commitTimeoutSeconds: 30,
      commitPolicy: 'every-batch',
      maxUnreadBatches: 16,
    },
  },
}
