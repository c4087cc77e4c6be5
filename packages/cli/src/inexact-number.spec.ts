import { describe, expect, it } from 'vitest'
import { findInexactNumber } from './inexact-number.ts'

describe('a number in an event', () => {
  it.each([
    { given: '{"a":9007199254740991,"b":-1.5e-7,"c":[0.1],"d":"12345678901234567890"}', want: undefined },
    { given: '{"id":9007199254740993}', want: '/id' },
    { given: '{"id":-12345678901234567890}', want: '/id' },
    { given: '{"list":[1,{"a/b~c":1e999}]}', want: '/list/1/a~1b~0c' },
  ])('of $given that is inexact is found at $want', ({ given, want }) => {
    expect(findInexactNumber(JSON.parse(given))).toBe(want)
  })

  it('is found below any depth', () => {
    const depth = 20_000
    const text = `${'['.repeat(depth)}1e999${']'.repeat(depth)}`
    expect(findInexactNumber(JSON.parse(text))).toHaveLength(2 * depth)
  })
})
