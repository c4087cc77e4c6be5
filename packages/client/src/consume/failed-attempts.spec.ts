import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FailedAttempts,
  noFailedAttempts,
  noteFailedAttempt,
  settlePosition,
} from './failed-attempts.ts'

describe('failed attempts', () => {
  it('are counted per position until it is settled', () => {
    let attempts: FailedAttempts = noFailedAttempts
    for (const position of ['a', 'b', 'a']) attempts = noteFailedAttempt(attempts, position)
    expect([...attempts]).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    expect([...settlePosition(attempts, 'a')]).toEqual([['b', 1]])
    expect(settlePosition(attempts, 'c')).toBe(attempts)
  })

  it('are kept for the 10,000 positions that failed last', () => {
    let attempts: FailedAttempts = new Map(Array.from({ length: 10_000 }, (_, index) => [`${index}`, 1]))
    attempts = noteFailedAttempt(attempts, '0')
    attempts = noteFailedAttempt(attempts, 'new')
    expect([attempts.size, attempts.get('0'), attempts.has('1')]).toEqual([10_000, 2, false])
  })
})

describe('any sequence of failures and settlements', () => {
  it('counts what failed since it was last settled, and never knows more than 10,000 positions', () => {
    const action = fc.tuple(fc.constantFrom('fail', 'settle'), fc.constantFrom('a', 'b', 'c'))
    fc.assert(
      fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
        let attempts: FailedAttempts = noFailedAttempts
        const want = new Map<string, number>()
        for (const [kind, position] of actions) {
          const before = [...attempts]
          const next =
            kind === 'fail' ? noteFailedAttempt(attempts, position) : settlePosition(attempts, position)
          // A step leaves the value it was made from as it was.
          expect([...attempts]).toEqual(before)
          attempts = next
          if (kind === 'fail') want.set(position, (want.get(position) ?? 0) + 1)
          else want.delete(position)
          expect(new Map(attempts)).toEqual(want)
        }
      }),
    )
  })
})
