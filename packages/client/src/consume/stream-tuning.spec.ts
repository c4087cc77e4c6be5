import { describe, expect, it } from 'vitest'
import {
  connectionPolicy,
  normalizeStreamTuning,
  type StreamTuning,
  streamParameters,
} from './stream-tuning.ts'

function tuned(options: StreamTuning = {}) {
  return normalizeStreamTuning(options)
}

describe('the parameters of a stream', () => {
  it('are full batches, ten of them uncommitted, and little latency by default', () => {
    expect(streamParameters(tuned())).toEqual({
      batch_limit: 100,
      max_uncommitted_events: 1000,
      batch_flush_timeout: 1,
      batch_timespan: 0,
      commit_timeout: 60,
      stream_limit: 0,
      stream_keep_alive_limit: 0,
    })
  })

  it('leave the age of the stream to the broker unless it is given', () => {
    expect(streamParameters(tuned({ streamTimeoutSeconds: 60 }))).toMatchObject({ stream_timeout: 60 })
  })

  const table: readonly { given: StreamTuning; want: RegExp }[] = [
    { given: { batchLimit: 0 }, want: /batchLimit must be at least 1, not 0/ },
    { given: { batchLimit: Number.NaN }, want: /batchLimit must be at least 1, not NaN/ },
    { given: { batchLimit: 1.5 }, want: /batchLimit must be a whole number, at least 1, not 1\.5/ },
    { given: { batchLimit: Number.POSITIVE_INFINITY }, want: /batchLimit must be at least 1, not Infinity/ },
    { given: { commitTimeoutSeconds: 1.5 }, want: /commitTimeoutSeconds must be a whole number, 1 \.\. 60/ },
    {
      given: { batchLimit: 50, maxUncommittedEvents: 10 },
      want: /maxUncommittedEvents must be at least 50, not 10 \(that is batchLimit/,
    },
    { given: { commitTimeoutSeconds: 61 }, want: /commitTimeoutSeconds must be 1 \.\. 60, not 61/ },
    {
      given: { batchFlushTimeoutSeconds: 30, streamTimeoutSeconds: 10 },
      want: /streamTimeoutSeconds must be 30 \.\. 4200, not 10/,
    },
    { given: { streamLimit: -1 }, want: /streamLimit must be at least 0, not -1/ },
  ]
  for (const { given, want } of table) {
    it(`are refused as ${JSON.stringify(given)}`, () => expect(() => tuned(given)).toThrow(want))
  }
})

describe('the patience of a connection', () => {
  it('is two keep-alive intervals and a margin', () => {
    expect(connectionPolicy(tuned({ batchFlushTimeoutSeconds: 30 })).silenceMs).toBe(75_000)
  })

  it('outlasts the handover of partitions before the first line', () => {
    expect(connectionPolicy(tuned({ commitTimeoutSeconds: 60 })).firstLineMs).toBeGreaterThan(120_000)
  })
})
