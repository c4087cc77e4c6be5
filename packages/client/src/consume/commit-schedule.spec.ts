import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addPending,
  type CommitPolicy,
  commitDueAt,
  commitSchedule,
  type PendingCommits,
} from './commit-schedule.ts'

const at = 1_000_000
const bounds = { batchLimit: 10, maxUncommittedEvents: 1000, commitTimeoutSeconds: 60 }

function schedule(policy: CommitPolicy) {
  return commitSchedule(policy, bounds)
}

/** So many batches of ten events, of which the first was processed at `at`, a second after its delivery. */
function pending(batches: number): PendingCommits {
  return { batches, events: 10 * batches, since: at, deadline: at + 59_000 }
}

describe('a commit is due', () => {
  const table: readonly { policy: CommitPolicy; batches: number; want: number; title: string }[] = [
    { title: 'at once', policy: 'every-batch', batches: 1, want: 0 },
    { title: 'at once when the handler commits', policy: 'manual', batches: 1, want: 0 },
    { title: '10 s before the commit timeout', policy: 'latest', batches: 1, want: 49_000 },
    { title: 'at once when half of what may be uncommitted is', policy: 'latest', batches: 50, want: 0 },
    { title: 'at once after so many batches', policy: { batches: 3 }, batches: 3, want: 0 },
    { title: 'not before so many batches', policy: { batches: 3 }, batches: 2, want: 49_000 },
    { title: 'at once after so many events', policy: { events: 25 }, batches: 3, want: 0 },
    { title: 'not before so many events', policy: { events: 25 }, batches: 2, want: 49_000 },
    { title: 'so many seconds after the first batch', policy: { seconds: 5 }, batches: 2, want: 5000 },
    { title: 'at the first of several limits', policy: { batches: 9, seconds: 5 }, batches: 9, want: 0 },
    { title: 'before the commit timeout in any case', policy: { seconds: 600 }, batches: 1, want: 49_000 },
  ]
  for (const { title, policy, batches, want } of table) {
    it(`${title}: ${JSON.stringify(policy)} with ${batches} batches`, () => {
      expect(commitDueAt(schedule(policy), pending(batches))).toBe(at + want)
    })
  }

  it('early enough for retries when the commit timeout is short', () => {
    const short = commitSchedule('latest', { ...bounds, commitTimeoutSeconds: 4 })
    expect(commitDueAt(short, { ...pending(1), deadline: at + 4000 })).toBe(at + 3000)
  })

  it('never later than the commit timeout of any batch allows', () => {
    const batch = fc.record({
      events: fc.nat(100),
      at: fc.integer({ min: at, max: at + 1000 }),
      deadline: fc.integer({ min: at + 20_000, max: at + 60_000 }),
    })
    const policy = fc.constantFrom<CommitPolicy>(
      'every-batch',
      'latest',
      { batches: 7 },
      { events: 99 },
      { seconds: 300 },
    )
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1 }), policy, (batches, given) => {
        let all: PendingCommits | undefined
        for (const each of batches) all = addPending(all, each)
        if (all === undefined) return
        const first = Math.min(...batches.map(({ deadline }) => deadline))
        expect(commitDueAt(schedule(given), all)).toBeLessThanOrEqual(first - 10_000)
      }),
    )
  })
})

describe('a commit policy is refused', () => {
  const table: readonly { given: CommitPolicy; want: RegExp }[] = [
    { given: {}, want: /at least one of events, batches and seconds/ },
    { given: { events: 0 }, want: /commitPolicy\.events must be at least 1, not 0/ },
    { given: { batches: 0 }, want: /commitPolicy\.batches must be at least 1/ },
    { given: { seconds: -1 }, want: /commitPolicy\.seconds must be at least 0/ },
    { given: 'sometimes' as 'latest', want: /'every-batch', 'latest', 'manual' or limits.*not "sometimes"/ },
  ]
  for (const { given, want } of table) {
    it(`as ${JSON.stringify(given)}`, () => expect(() => schedule(given)).toThrow(want))
  }
})

describe('every policy at its limits', () => {
  const policies = {
    'every-batch': 'every-batch',
    manual: 'manual',
    latest: 'latest',
    batches: { batches: 4 },
    events: { events: 40 },
    seconds: { seconds: 7 },
    'no second': { seconds: 0 },
    all: { batches: 4, events: 1000, seconds: 7 },
  } satisfies Readonly<Record<string, CommitPolicy>>
  const [now, later, last] = [0, 7000, 49_000]
  /** Milliseconds after the first batch, with 1, 3, 4, 49 and 50 batches of ten events. */
  const due: Readonly<Record<keyof typeof policies, readonly number[]>> = {
    'every-batch': [now, now, now, now, now],
    manual: [now, now, now, now, now],
    latest: [last, last, last, last, now],
    batches: [last, last, now, now, now],
    events: [last, last, now, now, now],
    seconds: [later, later, later, later, now],
    'no second': [now, now, now, now, now],
    all: [later, later, now, now, now],
  }
  for (const [name, policy] of Object.entries(policies)) {
    for (const [index, batches] of [1, 3, 4, 49, 50].entries()) {
      const want = Object.entries(due).find(([other]) => other === name)?.[1][index] ?? Number.NaN
      it(`${name} with ${batches} batches waits ${want} ms`, () => {
        expect(commitDueAt(schedule(policy), pending(batches))).toBe(at + want)
      })
    }
  }
})
