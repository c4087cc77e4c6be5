import { describe, expect, it } from 'vitest'
import { type ConsumeFlags, consumerSettings } from './consumer-settings.ts'

const flags: ConsumeFlags = { owningApplication: 'billing', batchLimit: 100, commit: true }

describe('consuming', () => {
  it('goes on for ever by default', () => {
    expect(consumerSettings(flags)).toEqual({
      commit: true,
      limit: Number.POSITIVE_INFINITY,
      idleSeconds: Number.POSITIVE_INFINITY,
      options: { owningApplication: 'billing', batchLimit: 100, batchFlushTimeoutSeconds: 1 },
    })
  })

  it.each([
    { given: { consumerGroup: 'blue' }, want: { consumerGroup: 'blue' } },
    { given: { readFrom: 'begin' as const }, want: { readFrom: 'begin' } },
    { given: { commitTimeout: 5 }, want: { commitTimeoutSeconds: 5 } },
    { given: { stopWhenIdle: 3 }, want: { streamKeepAliveLimit: 3 } },
    { given: { limit: 7 }, want: { streamLimit: 7 } },
  ])('with $given asks for $want', ({ given, want }) => {
    expect(consumerSettings({ ...flags, ...given }).options).toMatchObject(want)
  })
})

describe('looking without committing', () => {
  const looking = { ...flags, commit: false }

  it('ends by itself, after 1000 events or five quiet seconds', () => {
    const { limit, idleSeconds, options } = consumerSettings(looking)
    expect({ limit, idleSeconds }).toEqual({ limit: 1000, idleSeconds: 5 })
    expect(options).toMatchObject({ maxUncommittedEvents: 1000, streamKeepAliveLimit: 5 })
  })

  it('gives the partitions back soon', () => {
    expect(consumerSettings(looking).options.commitTimeoutSeconds).toBe(10)
    expect(consumerSettings({ ...looking, commitTimeout: 30 }).options.commitTimeoutSeconds).toBe(30)
  })

  it('lets as many events be uncommitted as are shown, and never fewer than a batch', () => {
    expect(consumerSettings({ ...looking, limit: 5000 }).options.maxUncommittedEvents).toBe(5000)
    expect(consumerSettings({ ...looking, limit: 1 }).options.maxUncommittedEvents).toBe(100)
  })

  it('does not let the broker end the stream at the limit, since it counts what is committed', () => {
    expect(consumerSettings({ ...looking, limit: 5 }).options).not.toHaveProperty('streamLimit')
  })
})
