import type { BatchItemResponse } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { NakadiError, type NakadiErrorInit } from '../error.ts'
import {
  giveUp,
  type Judging,
  judge,
  judgeFailure,
  type OutgoingEvent,
  type PartialRetry,
  type Verdict,
} from './outcomes.ts'
import type { PublishResult } from './publish-events.ts'

function event(eid: string, submitted = false): OutgoingEvent {
  return { eid, submitted }
}

const judging: Judging = { retry: 'per-key', lastRound: false }

const [a, b, c, d] = [event('a'), event('b'), event('c'), event('d')]

function item(publishing_status: BatchItemResponse['publishing_status'], partition: string | null = null) {
  const failed = publishing_status === 'failed'
  const step = partition === null ? 'validating' : 'publishing'
  return {
    publishing_status,
    partition,
    step,
    detail: failed ? 'bad' : '',
    eid: '',
  } satisfies BatchItemResponse
}

function answer(
  status: number,
  items: readonly BatchItemResponse[] = [],
  maybeRepeated = false,
): PublishResult {
  return { status, items, attempts: 1, maybeRepeated }
}

/** A verdict in short: what became of which event, and what goes out again. */
function inShort({ settled, again, troubled }: Verdict<OutgoingEvent>) {
  return {
    settled: settled.map(({ event: { eid }, outcome }) => `${eid} ${outcome.status}`),
    again: again.map(({ eid, submitted }) => (submitted ? `${eid} again` : eid)),
    troubled,
  }
}

describe('the answer 200', () => {
  it('submits every event', () => {
    expect(inShort(judge([a, b], answer(200), judging))).toEqual({
      settled: ['a submitted', 'b submitted'],
      again: [],
      troubled: false,
    })
  })

  it('leaves open whether events are duplicated when an earlier attempt may have stored them', () => {
    const [first] = judge([a], answer(200, [], true), judging).settled
    expect(first?.outcome).toEqual({ status: 'submitted', eid: 'a', maybeDuplicated: true })
  })
})

describe('the answer 422', () => {
  it('rejects the event that failed, with its step and the reason, and sends the innocent again', () => {
    const verdict = judge([a, b, c], answer(422, [item('aborted'), item('failed'), item('aborted')]), judging)
    expect(verdict.settled).toEqual([
      { event: b, outcome: { status: 'rejected', eid: 'b', step: 'validating', detail: 'bad' } },
    ])
    expect(inShort(verdict)).toMatchObject({ again: ['a', 'c'], troubled: false })
  })

  it('rejects all when it names no event, because sending them again would change nothing', () => {
    const verdict = judge([a, b], answer(422, [item('aborted'), item('aborted')]), judging)
    expect(inShort(verdict)).toMatchObject({ settled: ['a rejected', 'b rejected'], again: [] })
  })

  it('goes by position, so events with the same eid are told apart', () => {
    const twins = [event('x'), event('x')]
    const verdict = judge(twins, answer(422, [item('aborted'), item('failed')]), judging)
    expect(verdict.settled[0]?.event).toBe(twins[1])
    expect(verdict.again).toEqual([twins[0]])
  })

  it('does not reject an event that an earlier round has stored', () => {
    const verdict = judge([event('a', true)], answer(422, [item('failed')]), judging)
    expect(inShort(verdict)).toMatchObject({ settled: ['a submitted'] })
  })
})

describe('the answer 207', () => {
  it('sends again what failed and everything after it in the same partition, to keep the order', () => {
    const items = [
      item('submitted', '0'),
      item('failed', '1'),
      item('submitted', '0'),
      item('submitted', '1'),
    ]
    expect(inShort(judge([a, b, c, d], answer(207, items), judging))).toEqual({
      settled: ['a submitted', 'c submitted'],
      again: ['b', 'd again'],
      troubled: true,
    })
  })

  it('leaves the outcome of what failed unknown in the last round: the log may have stored it', () => {
    const verdict = judge([a, b], answer(207, [item('failed', '0'), item('submitted', '0')]), {
      ...judging,
      lastRound: true,
    })
    expect(inShort(verdict)).toEqual({ settled: ['a unknown', 'b submitted'], again: [], troubled: false })
  })

  it('does not count an event as submitted that the answer does not mention', () => {
    const verdict = judge([a, b], answer(207, [item('submitted', '0')]), { ...judging, lastRound: true })
    expect(inShort(verdict)).toMatchObject({ settled: ['a submitted', 'b unknown'] })
  })

  it('flags an event as possibly duplicated when it goes out again', () => {
    const [again] = judge([event('a', true)], answer(207, [item('submitted', '0')]), judging).settled
    expect(again?.outcome).toMatchObject({ status: 'submitted', maybeDuplicated: true })
  })
})

describe('the answer 207 to a batch of several keys', () => {
  const keyed = (eid: string, key: string): OutgoingEvent => ({ ...event(eid), key })
  const batch = [keyed('a', 'x'), keyed('b', 'x'), keyed('c', 'y'), keyed('d', 'x'), keyed('e', 'y')]
  // All are in one partition; b failed.
  const items = batch.map(({ eid }) => item(eid === 'b' ? 'failed' : 'submitted', '0'))
  const table: readonly { retry: PartialRetry; title: string; again: string[]; settled: string[] }[] = [
    {
      retry: 'per-key',
      title: 'sends again what failed, and what follows with the same key',
      again: ['b', 'd again'],
      settled: ['a submitted', 'c submitted', 'e submitted'],
    },
    {
      retry: 'all',
      title: 'sends the whole batch again',
      again: ['a again', 'b', 'c again', 'd again', 'e again'],
      settled: [],
    },
    {
      retry: 'failed-only',
      title: 'sends again what failed alone',
      again: ['b'],
      settled: ['a submitted', 'c submitted', 'd submitted', 'e submitted'],
    },
    {
      retry: 'none',
      title: 'sends nothing again, and leaves open what became of what failed',
      again: [],
      settled: ['a submitted', 'b unknown', 'c submitted', 'd submitted', 'e submitted'],
    },
  ]
  it.each(table)('$title ($retry)', ({ retry, again, settled }) => {
    const verdict = inShort(judge(batch, answer(207, items), { retry, lastRound: false }))
    expect(verdict).toEqual({ again, settled, troubled: again.length > 0 })
  })

  it.each(['per-key', 'all', 'failed-only', 'none'] as const)(
    'sends nothing again in the last round (%s)',
    (retry) => {
      const { again } = judge(batch, answer(207, items), { retry, lastRound: true })
      expect(again).toEqual([])
    },
  )

  it('remembers that an attempt whose answer was lost may have stored what goes out again', () => {
    const [again] = judge([a], answer(207, [item('failed', '0')], true), judging).again
    if (again === undefined) throw new Error('what failed goes out again')
    const [stored] = judge([again], answer(200), judging).settled
    expect(stored?.outcome).toMatchObject({ status: 'submitted', maybeDuplicated: true })
    const denied = new NakadiError({ code: 'forbidden', message: 'no', outcome: 'rejected' })
    expect(judgeFailure([again], denied)).toMatchObject([{ outcome: { status: 'unknown' } }])
  })

  it('sends again everything after an event of which neither key nor partition is known', () => {
    const unplaced = { ...item('failed', '0'), partition: null }
    const lost = [item('submitted', '0'), unplaced, item('submitted', '1')]
    expect(inShort(judge([a, b, c], answer(207, lost), judging)).again).toEqual(['b', 'c again'])
  })
})

describe('what the answer 207 says of an event in the log', () => {
  const table: readonly {
    readonly title: string
    readonly given: BatchItemResponse | undefined
    /** What comes of the event when there is no further round. */
    readonly last: string
    /** Whether it is flagged when the next round stores it; absent where it does not go out again. */
    readonly maybeDuplicated?: boolean
  }[] = [
    {
      title: 'leaves it open when the log did not confirm it in time, for it may be stored later',
      given: { ...item('failed', '0'), detail: 'timed out' },
      last: 'unknown',
      maybeDuplicated: true,
    },
    {
      title: 'leaves it open when the log failed',
      given: { ...item('failed', '0'), detail: 'internal error' },
      last: 'unknown',
      maybeDuplicated: true,
    },
    {
      title: 'leaves it open when the answer does not mention it',
      given: undefined,
      last: 'unknown',
      maybeDuplicated: true,
    },
    {
      title: 'is that it is not there when the broker did not get to it',
      given: item('aborted', '0'),
      last: 'aborted',
      maybeDuplicated: false,
    },
    {
      title: 'is that it will never be there when it failed before the log was asked',
      given: item('failed'),
      last: 'rejected',
    },
  ]

  it.each(table)('$title', ({ given, last, maybeDuplicated }) => {
    const partial = answer(207, [item('submitted', '1'), ...(given === undefined ? [] : [given])])
    expect(judge([a, b], partial, { ...judging, lastRound: true }).settled[1]?.outcome.status).toBe(last)
    const { again } = judge([a, b], partial, judging)
    const next = judge(again, answer(200), judging).settled
    expect(next.map(({ outcome }) => outcome)).toEqual(
      maybeDuplicated === undefined ? [] : [{ status: 'submitted', eid: 'b', maybeDuplicated }],
    )
  })

  it('is not forgotten: what it left open is no rejection when a later round refuses the event', () => {
    const [again] = judge([a], answer(207, [item('failed', '0')]), judging).again
    if (again === undefined) throw new Error('what failed goes out again')
    expect(inShort(judge([again], answer(422, [item('failed')]), judging)).settled).toEqual(['a unknown'])
    expect(giveUp(again, 3).outcome.status).toBe('unknown')
  })
})

describe('a request that failed as a whole', () => {
  const error = (init: Partial<NakadiErrorInit>) =>
    new NakadiError({ code: 'unavailable', message: 'down', outcome: 'rejected', ...init })
  const problem = (status: number) => ({ status, title: '', detail: 'no' })

  const table: readonly { title: string; given: NakadiError; want: object }[] = [
    {
      title: 'leaves the outcome unknown when the answer did not arrive',
      given: error({ code: 'timeout', outcome: 'unknown' }),
      want: { outcome: { status: 'unknown', eid: 'a' } },
    },
    {
      title: 'rejects an event that the broker could not read',
      given: error({ code: 'validation', problem: problem(400) }),
      want: { outcome: { status: 'rejected', eid: 'a', step: 'none', detail: 'no' } },
    },
    {
      title: 'rejects an event that is too large for the broker',
      given: error({ code: 'validation', problem: problem(413) }),
      want: { outcome: { status: 'rejected' } },
    },
    {
      title: 'says nothing about the event when the caller has no permission',
      given: error({ code: 'forbidden', problem: problem(403) }),
      want: { error: { code: 'forbidden' } },
    },
    {
      title: 'says nothing about the event when the broker cannot be reached',
      given: error({ code: 'unreachable', outcome: 'not-sent' }),
      want: { error: { code: 'unreachable' } },
    },
  ]
  for (const { title, given, want } of table) {
    it(title, () => expect(judgeFailure([a], given)).toMatchObject([want]))
  }

  it('does not undo what an earlier round has stored', () => {
    const [settled] = judgeFailure([event('a', true)], error({ outcome: 'unknown' }))
    expect(settled).toMatchObject({ outcome: { status: 'submitted', maybeDuplicated: true } })
  })
})
