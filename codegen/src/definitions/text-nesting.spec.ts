import { describe, expect, it } from 'vitest'
import { isNestedTooDeep } from './text-nesting.ts'

const LEVELS = 1_001

describe('a text', () => {
  it.each([
    { of: 'brackets', make: (levels: number) => '['.repeat(levels) },
    { of: 'objects', make: (levels: number) => '{"a":'.repeat(levels) },
    { of: 'lists on one line', make: (levels: number) => '- '.repeat(levels) },
    { of: 'indentation', make: (levels: number) => `a:\n${' '.repeat(levels)}b: 1` },
  ])('of many $of is nested too deep, and of some it is not', ({ make }) => {
    expect(isNestedTooDeep(make(LEVELS))).toBe(true)
    expect(isNestedTooDeep(make(200))).toBe(false)
  })

  it('of many things side by side is not nested', () => {
    expect(isNestedTooDeep('{"a":[1]},'.repeat(LEVELS))).toBe(false)
  })
})
