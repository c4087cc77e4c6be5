import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../random.ts'
import { decideFailure, type FailurePolicy, type GiveUpAction } from './failure-policy.ts'

const highest: Random = { uuid: () => '', below: (n) => n - 1 }
const retry = { maxAttempts: 3, baseDelayMs: 200, maxDelayMs: 300 }
const actions: readonly GiveUpAction[] = ['stop', 'skip', 'dead-letter', 'redeliver']

function decide(attempt: number, left: number, onFailure: GiveUpAction = 'stop') {
  return decideFailure({ attempt, at: 0, deadline: left }, { retry, onFailure }, highest)
}

describe('events whose handler failed', () => {
  it('are tried again here, later with each time', () => {
    expect([decide(1, 60_000), decide(2, 60_000)]).toEqual([
      { kind: 'retry', delayMs: 200 },
      { kind: 'retry', delayMs: 300 },
    ])
  })

  it('come again by themselves when the commit timeout leaves no time to try again here', () => {
    expect([decide(1, 700).kind, decide(1, 699).kind]).toEqual(['retry', 'redeliver'])
  })

  for (const action of actions) {
    it(`become what the policy says after maxAttempts: ${action}`, () => {
      expect(decide(3, 60_000, action)).toEqual({ kind: action })
      expect(decide(7, -1, action)).toEqual({ kind: action })
    })
  }

  it('are never passed over unless the policy says so, and never before maxAttempts', () => {
    const policy = fc.record<FailurePolicy>({
      retry: fc.record({
        maxAttempts: fc.integer({ min: 1, max: 9 }),
        baseDelayMs: fc.nat(1000),
        maxDelayMs: fc.nat(9000),
      }),
      onFailure: fc.constantFrom(...actions),
    })
    fc.assert(
      fc.property(policy, fc.integer({ min: 1, max: 20 }), fc.integer(), (given, attempt, deadline) => {
        const { kind } = decideFailure({ attempt, at: 0, deadline }, given, highest)
        if (kind === 'skip' || kind === 'dead-letter') {
          expect(given.onFailure).toBe(kind)
          expect(attempt).toBeGreaterThanOrEqual(given.retry.maxAttempts)
        }
      }),
    )
  })
})

describe('every failed call', () => {
  const attempts = { 'before the last': 1, 'the last': 3, 'after the last': 4 }
  const times = { 'time enough': 60_000, 'too little time': 600, 'no time': -1 }
  for (const [attempt, count] of Object.entries(attempts)) {
    for (const [time, left] of Object.entries(times)) {
      for (const action of actions) {
        const want = count >= 3 ? action : left === 60_000 ? 'retry' : 'redeliver'
        it(`${attempt}, with ${time}, under ${action}: ${want}`, () => {
          expect(decide(count, left, action).kind).toBe(want)
        })
      }
    }
  }
})
