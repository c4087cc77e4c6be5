import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { start, step, wakesAt } from '../core/stream.ts'
import type { StreamEffect, StreamSettings } from '../core/stream-state.ts'
import { createStepper } from './stepper.ts'

const SETTINGS: StreamSettings = {
  batchLimit: 1,
  batchFlushTimeoutMs: 1000,
  batchTimespanMs: 0,
  maxUncommittedEvents: 10,
  streamLimit: 0,
  maxBufferedBytes: 1000,
  streamTimeoutMs: 60_000,
  commitTimeoutMs: 5000,
  keepAliveLimit: 0,
  deadLetters: undefined,
}

/** A stepper of a fresh stream. The stream has no partition, so it ends by itself after 10 seconds. */
function setUp(perform: (effect: StreamEffect) => void) {
  const clock = createManualClock(0)
  const performed: string[] = []
  const take = createStepper({ initial: start('s', SETTINGS, 0), step, wakesAt }, clock, (effect) => {
    performed.push(`${effect.type} at ${clock.now()}`)
    perform(effect)
  })
  return { clock, take, performed }
}

describe('the driver of a stream', () => {
  it('wakes the stream when it wants to be woken', async () => {
    const { clock, take, performed } = setUp(() => {})
    take({ type: 'positions', positions: [] })
    await clock.advance(60_000)
    expect(performed).toEqual(['unregister at 10000'])
  })

  it('takes in what an effect brings about after the effects before it', () => {
    const { take, performed } = setUp(({ type }) => {
      if (type === 'unregister') take({ type: 'released' })
    })
    take({ type: 'shutdown' })
    expect(performed).toEqual(['unregister at 0', 'end at 0'])
  })

  it('takes in the next input after an effect has failed', () => {
    const { take, performed } = setUp(({ type }) => {
      if (type === 'unregister') throw new Error('disk full')
    })
    expect(() => take({ type: 'shutdown' })).toThrow('disk full')
    take({ type: 'released' })
    expect(performed).toEqual(['unregister at 0', 'end at 0'])
  })
})
