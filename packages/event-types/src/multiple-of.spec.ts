import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMultipleOf } from './multiple-of.ts'

describe('a multiple', () => {
  it.each([
    { value: 19.99, divisor: 0.01, want: true },
    { value: 0.3, divisor: 0.1, want: true },
    { value: 19.995, divisor: 0.01, want: false },
    { value: 7, divisor: 2, want: false },
    { value: 0, divisor: 3, want: true },
    { value: -4.5, divisor: 1.5, want: true },
    { value: 1e300, divisor: 1e-300, want: true },
    { value: 1e-300, divisor: 2e-300, want: false },
  ])('of $divisor: $value is $want', ({ value, divisor, want }) => {
    expect(isMultipleOf(value, divisor)).toBe(want)
  })

  it('is decided in decimal notation', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 })
    return fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 5000 }), (value, divisor) => {
        expect(isMultipleOf(value / 100, divisor / 100)).toBe(value % divisor === 0)
      }),
    )
  })
})
