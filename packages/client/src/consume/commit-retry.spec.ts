import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../random.ts'
import { commitAttemptMs, decideCommitRetry } from './commit-retry.ts'

const highest: Random = { uuid: () => '', below: (n) => n - 1 }

describe('a commit that got no answer', () => {
  const table = [
    { attempt: 1, left: 60_000, want: { kind: 'retry', delayMs: 200 } },
    { attempt: 3, left: 60_000, want: { kind: 'retry', delayMs: 800 } },
    { attempt: 9, left: 60_000, want: { kind: 'retry', delayMs: 5000 } },
    { attempt: 1, left: 450, want: { kind: 'retry', delayMs: 200 } },
    { attempt: 1, left: 449, want: { kind: 'give-up' } },
    { attempt: 1, left: -1, want: { kind: 'give-up' } },
  ] as const
  for (const { attempt, left, want } of table) {
    it(`is ${want.kind === 'retry' ? `sent again after ${want.delayMs} ms at most` : 'given up'} after attempt ${attempt} with ${left} ms left`, () => {
      expect(decideCommitRetry({ attempt, at: 0, deadline: left }, highest)).toEqual(want)
    })
  }

  it('is never sent again after the commit timeout', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(60_000),
        fc.nat(60_000),
        (attempt, at, deadline) => {
          const decision = decideCommitRetry({ attempt, at, deadline }, highest)
          if (decision.kind === 'retry') expect(at + decision.delayMs).toBeLessThan(deadline)
        },
      ),
    )
  })

  it('has half of the time that is left, at least half a second and at most ten', () => {
    expect([60_000, 4000, 100, -1].map((left) => commitAttemptMs(0, left))).toEqual([10_000, 2000, 500, 500])
  })
})

describe('every failed commit', () => {
  const lefts = [-1000, 0, 249, 250, 449, 450, 649, 650, 5249, 5250, 60_000]
  const longest = [200, 400, 800, 1600, 3200, 5000, 5000]
  for (const [index, delayMs] of longest.entries()) {
    for (const left of lefts) {
      const want = delayMs + 250 > left ? 'give-up' : 'retry'
      it(`of attempt ${index + 1} with ${left} ms left: ${want}`, () => {
        const decision = decideCommitRetry({ attempt: index + 1, at: 5, deadline: 5 + left }, highest)
        expect(decision).toEqual(want === 'retry' ? { kind: 'retry', delayMs } : { kind: 'give-up' })
      })
    }
  }
})
