import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from './random.ts'
import {
  decideRetry,
  type FailedAttempt,
  fullJitter,
  fullRetryBudget,
  parseRetryAfter,
  defaultRetryPolicy as policy,
  reward,
  spend,
} from './retry.ts'

/** Chance that always rolls its maximum, or its minimum. */
const highest: Random = { uuid: () => '', below: (n) => n - 1 }
const lowest: Random = { uuid: () => '', below: () => 0 }

const failed: FailedAttempt = {
  attempt: 1,
  kind: 'other',
  outcome: 'rejected',
  retryable: true,
  repeatable: false,
}

function decide(overrides: Partial<FailedAttempt>, budget = fullRetryBudget, random = highest) {
  return decideRetry({ ...failed, ...overrides }, budget, { policy, random })
}

describe('a failed attempt', () => {
  const table: readonly { title: string; given: Partial<FailedAttempt>; want: 'retry' | 'give-up' }[] = [
    {
      title: 'is repeated when it was refused without effect',
      given: { outcome: 'rejected' },
      want: 'retry',
    },
    { title: 'is repeated when it was not sent', given: { outcome: 'not-sent' }, want: 'retry' },
    {
      title: 'is not repeated when it may have been carried out',
      given: { outcome: 'unknown' },
      want: 'give-up',
    },
    {
      title: 'is repeated when it may have been carried out and repeating does no harm',
      given: { outcome: 'unknown', repeatable: true },
      want: 'retry',
    },
    { title: 'is not repeated when its cause will not pass', given: { retryable: false }, want: 'give-up' },
    {
      title: 'is not repeated after the last attempt',
      given: { attempt: policy.maxAttempts },
      want: 'give-up',
    },
  ]
  for (const { title, given, want } of table) it(title, () => expect(decide(given).kind).toBe(want))

  it('is not repeated when the budget of the client is used up', () => {
    expect(decide({}, { tokens: 4 }).kind).toBe('give-up')
  })

  it('costs twice as much when it was a timeout', () => {
    expect(decide({ kind: 'timeout' })).toMatchObject({ cost: 10 })
    expect(decide({ kind: 'other' })).toMatchObject({ cost: 5 })
  })
})

describe('the wait before a retry', () => {
  it('is at most the base delay, doubled with every attempt', () => {
    expect(decide({ attempt: 1 })).toMatchObject({ delayMs: 100 })
    expect(decide({ attempt: 2 })).toMatchObject({ delayMs: 200 })
  })

  it('is at most 500 ms at first when the broker throttles', () => {
    expect(decide({ kind: 'throttled' })).toMatchObject({ delayMs: 500 })
  })

  it('may be nothing at all', () => {
    expect(decide({}, fullRetryBudget, lowest)).toMatchObject({ delayMs: 0 })
  })

  it('is what Retry-After asks for, at most 5 minutes', () => {
    expect(decide({ retryAfterMs: 7000 })).toMatchObject({ delayMs: 7000 })
    expect(decide({ retryAfterMs: 1e12 })).toMatchObject({ delayMs: 300_000 })
  })

  it('is spread evenly: of 1,000 clients that failed together no tenth comes back crowded', () => {
    let seed = 1
    const next = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % n
    }
    const buckets = new Array<number>(10).fill(0)
    for (let client = 0; client < 1000; client++) {
      const bucket = Math.min(9, Math.floor(fullJitter(1000, { uuid: () => '', below: next }) / 100))
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    expect(Math.max(...buckets)).toBeLessThan(300)
  })
})

describe('the retry budget', () => {
  it('gives the cost of the last retry back on success, and one token when there was none', () => {
    expect(reward(spend(fullRetryBudget, 10), 10)).toEqual(fullRetryBudget)
    expect(reward({ tokens: 7 }, 0)).toEqual({ tokens: 8 })
  })

  it('stays within 0 and its capacity whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.constantFrom(0, 5, 10))), (events) => {
        let budget = fullRetryBudget
        for (const [success, cost] of events) budget = success ? reward(budget, cost) : spend(budget, cost)
        expect(budget.tokens).toBeGreaterThanOrEqual(0)
        expect(budget.tokens).toBeLessThanOrEqual(fullRetryBudget.tokens)
      }),
    )
  })

  it('allows 100 retries in a row while nothing succeeds', () => {
    let [budget, retries] = [fullRetryBudget, 0]
    for (let step = decide({}, budget); step.kind === 'retry'; step = decide({}, budget)) {
      budget = spend(budget, step.cost)
      retries += 1
    }
    expect(retries).toBe(100)
  })
})

describe('a Retry-After header', () => {
  const now = Date.UTC(2026, 0, 1)
  const table: readonly { given: string | undefined; want: number | undefined }[] = [
    { given: undefined, want: undefined },
    { given: '', want: undefined },
    { given: '120', want: 120_000 },
    { given: '0', want: 0 },
    { given: '-5', want: 0 },
    { given: 'Thu, 01 Jan 2026 00:00:10 GMT', want: 10_000 },
    { given: 'Wed, 31 Dec 2025 23:00:00 GMT', want: 0 },
    { given: 'soon', want: undefined },
  ]
  for (const { given, want } of table) {
    it(`${JSON.stringify(given)} means ${want} ms`, () => expect(parseRetryAfter(given, now)).toBe(want))
  }
})

describe('every failed attempt', () => {
  const outcomes = ['not-sent', 'rejected', 'unknown'] as const
  const kinds = ['throttled', 'timeout', 'other'] as const
  const both = [true, false] as const
  for (const outcome of outcomes) {
    for (const kind of kinds) {
      for (const retryable of both) {
        for (const repeatable of both) {
          const want = retryable && (outcome !== 'unknown' || repeatable) ? 'retry' : 'give-up'
          const traits = [retryable ? 'passing' : 'lasting', repeatable ? 'repeatable' : 'not repeatable']
          it(`${outcome}, ${kind}, ${traits.join(', ')}: ${want}`, () => {
            const given = { outcome, kind, retryable, repeatable }
            expect(decide(given).kind).toBe(want)
            expect(decide({ ...given, attempt: policy.maxAttempts }).kind).toBe('give-up')
            expect(decide(given, { tokens: kind === 'timeout' ? 9 : 4 }).kind).toBe('give-up')
            expect(decide(given, { tokens: kind === 'timeout' ? 10 : 5 }).kind).toBe(want)
          })
        }
      }
    }
  }
})
