import { describe, expect, it } from 'vitest'
import { createMeter } from './meter.ts'

function setUp() {
  let at = 0
  const meter = createMeter(() => at)
  return { meter, pass: (ms: number) => (at += ms) }
}

describe('a meter', () => {
  it('has counted nothing at its beginning', () => {
    const { meter } = setUp()
    const rates = { m1_rate: 0, m5_rate: 0, m15_rate: 0, mean_rate: 0 }
    expect(meter.snapshot()).toEqual({ count: 0, ...rates, units: 'events/second' })
  })

  it('tells the rate of the first five seconds as the rate of all times', () => {
    const { meter, pass } = setUp()
    meter.mark(10)
    pass(5000)
    expect(meter.snapshot()).toMatchObject({ count: 10, m1_rate: 2, m5_rate: 2, m15_rate: 2, mean_rate: 2 })
  })

  it('keeps a steady rate', () => {
    const { meter, pass } = setUp()
    for (let tick = 0; tick < 100; tick += 1) {
      meter.mark(5)
      pass(5000)
    }
    expect(meter.snapshot().m1_rate).toBeCloseTo(1, 10)
  })

  it('forgets in as many minutes as it says, to a third', () => {
    const { meter, pass } = setUp()
    meter.mark(5)
    pass(5000)
    expect(meter.snapshot().m1_rate).toBe(1)
    pass(60_000)
    const { m1_rate, m5_rate } = meter.snapshot()
    expect(m1_rate).toBeCloseTo(Math.exp(-1), 10)
    expect(m5_rate).toBeCloseTo(Math.exp(-1 / 5), 10)
  })
})
