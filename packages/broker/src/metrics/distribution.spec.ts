import { describe, expect, it } from 'vitest'
import { createDistribution } from './distribution.ts'

function distributionOf(values: readonly number[]) {
  const distribution = createDistribution()
  for (const value of values) distribution.record(value)
  return distribution.snapshot()
}

describe('a distribution', () => {
  it('of nothing is all zeros', () => {
    expect(new Set(Object.values(distributionOf([])))).toEqual(new Set([0]))
  })

  it('tells extremes, mean, deviation and percentiles', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(distributionOf(hundred)).toMatchObject({
      count: 100,
      min: 1,
      max: 100,
      mean: 50.5,
      p50: 51,
      p75: 76,
      p99: 100,
    })
    expect(distributionOf([2, 4]).stddev).toBe(1)
  })

  it('counts all values and remembers the latest 1028', () => {
    const many = Array.from({ length: 2000 }, (_, index) => index)
    expect(distributionOf(many)).toMatchObject({ count: 2000, min: 2000 - 1028, max: 1999 })
  })
})
