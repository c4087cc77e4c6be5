import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { javaDoubleText, javaNumberText } from './java-number.ts'

describe('a double, printed as Java prints it', () => {
  it.each([
    { given: 1.1, want: '1.1' },
    { given: 1000, want: '1000.0' },
    { given: 9999999, want: '9999999.0' },
    { given: 1e7, want: '1.0E7' },
    { given: 12345678.9, want: '1.23456789E7' },
    { given: 0.001, want: '0.001' },
    { given: 1e-4, want: '1.0E-4' },
    { given: 123456789012345680000, want: '1.2345678901234568E20' },
    { given: 1.7976931348623157e308, want: '1.7976931348623157E308' },
    { given: -1e7, want: '-1.0E7' },
    { given: -0, want: '-0.0' },
    { given: 0, want: '0.0' },
    { given: Number.POSITIVE_INFINITY, want: 'Infinity' },
  ])('is $want', ({ given, want }) => {
    expect(javaDoubleText(given)).toBe(want)
  })

  it('reads back as the same number', () => {
    return fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(javaDoubleText(value))).toBe(value)
      }),
    )
  })
})

describe('a JSON number, printed as Java prints it', () => {
  it('has no fraction when it is whole and fits 64 bits', () => {
    expect(javaNumberText(12345678901)).toBe('12345678901')
    expect(javaNumberText(-5)).toBe('-5')
    expect(javaNumberText(1.5)).toBe('1.5')
    expect(javaNumberText(1e19)).toBe('1.0E19')
  })
})
