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
