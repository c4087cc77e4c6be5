import { describe, expect, it } from 'vitest'
import { patternSize } from './pattern-size.ts'
import { compilePattern } from './patterns.ts'
import { SchemaError } from './schema-error.ts'

describe('the size of a pattern', () => {
  it.each([
    { given: 'abc', want: 3 },
    { given: '[a-z]+\\d*', want: 4 },
    { given: '^[\\]a]{2,10}$', want: 12 },
    { given: '(?:ab){3}', want: 12 },
    { given: '(?P<name>a{1,100}){1,100}', want: 10_200 },
    { given: '((a|b){1,30}){1,30}', want: 30 * (30 * 5 + 2) },
    { given: 'a{5,}', want: 6 },
    { given: 'a{', want: 2 },
    { given: '[[:alpha:]]]', want: 2 },
    { given: '(?i)a', want: 2 },
    { given: '(?i)\\p{L}', want: 1_501 },
    { given: '((', want: 0 },
  ])('$given is $want', ({ given, want }) => {
    expect(patternSize(given)).toBe(want)
  })

  it('is found in linear time', () => {
    expect(patternSize('('.repeat(200_000))).toBe(0)
    expect(patternSize('['.repeat(20_000))).toBe(20_000)
  })
})

describe('a pattern that cannot be compiled', () => {
  it('is told with what is wrong', () => {
    expect(() => compilePattern('a(?=b)')).toThrow(SchemaError)
  })
})
