import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameJson } from './same-json.ts'

describe('two values', () => {
  const table: readonly { given: readonly [unknown, unknown]; want: boolean }[] = [
    {
      given: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      want: true,
    },
    { given: [{ a: 1, b: undefined }, { a: 1 }], want: true },
    { given: [{ a: 1, b: null }, { a: 1 }], want: false },
    {
      given: [
        [1, 2],
        [2, 1],
      ],
      want: false,
    },
    { given: [[1], { 0: 1 }], want: false },
    { given: [[], null], want: false },
    { given: ['1', 1], want: false },
    { given: [0, -0], want: true },
  ]
  for (const { given, want } of table) {
    it(`such as ${JSON.stringify(given)} are ${want ? 'the same' : 'different'}`, () => {
      expect(isSameJson(...given)).toBe(want)
    })
  }

  it('are the same when one is a copy of the other', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSameJson(value, JSON.parse(JSON.stringify(value)))))
  })
})
