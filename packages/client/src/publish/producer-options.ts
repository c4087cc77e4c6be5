import { checkedNumber } from '../checked-number.ts'
import type { BatchPolicy } from './batcher.ts'

/** How a producer batches. */
export interface ProducerOptions {
  /** Most events in one request. @default 500 */
  readonly maxEvents?: number
  /** Most bytes in one request; a single event may exceed it. @default 5000000 */
  readonly maxBatchBytes?: number
  /**
   * How long an event waits for company while no request is in flight. 0 sends the first one at once;
   * what is published until its answer comes makes the next batch.
   *
   * @default 5
   */
  readonly lingerMs?: number
  /** Most events accepted and not settled; further ones wait in the caller's hands. @default 10000 */
  readonly maxBufferedEvents?: number
  /** The same in bytes. @default 50000000 */
  readonly maxBufferedBytes?: number
  /**
   * How often events go out that the broker's log refused (207), the first time included.
   *
   * @default 5
   */
  readonly maxRounds?: number
  /**
   * What to do when nobody knows whether a batch was stored. `repeat` sends it again with the same
   * eids, so events may be duplicated and the outcome says so; `report` never repeats and reports the
   * outcome `unknown`, so events may be lost.
   *
   * @default 'repeat'
   */
  readonly onUnknown?: 'repeat' | 'report'
}

/** A complete set of options. */
export interface NormalizedProducerOptions extends BatchPolicy {
  readonly maxRounds: number
  readonly repeatUnknown: boolean
}

/**
 * Completes the options.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function normalizeProducerOptions(options: ProducerOptions = {}): NormalizedProducerOptions {
  const { onUnknown = 'repeat' } = options
  return {
    maxEvents: checkedNumber('maxEvents', options.maxEvents ?? 500, { least: 1 }),
    maxBatchBytes: checkedNumber('maxBatchBytes', options.maxBatchBytes ?? 5_000_000, { least: 1 }),
    lingerMs: checkedNumber('lingerMs', options.lingerMs ?? 5, { least: 0 }),
    maxBufferedEvents: checkedNumber('maxBufferedEvents', options.maxBufferedEvents ?? 10_000, { least: 1 }),
    maxBufferedBytes: checkedNumber('maxBufferedBytes', options.maxBufferedBytes ?? 50_000_000, { least: 1 }),
    maxRounds: checkedNumber('maxRounds', options.maxRounds ?? 5, { least: 1 }),
    repeatUnknown: onUnknown === 'repeat',
  }
}
