import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alphanumeric, seededRandom } from './random.ts'

describe('seeded random numbers', () => {
  it('repeat for the same seed and differ for another', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed)
      return [random.uuid(), random.below(1_000_000), alphanumeric(random, 24)]
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('make UUIDs of version 4 and numbers below the bound', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
        const random = seededRandom(seed)
        expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        const number = random.below(bound)
        expect(Number.isInteger(number) && number >= 0 && number < bound).toBe(true)
      }),
    )
  })

  it('reach every number below the bound', () => {
    const random = seededRandom(1)
    const drawn = new Set(Array.from({ length: 200 }, () => random.below(8)))
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
