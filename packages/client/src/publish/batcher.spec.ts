import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BatchPolicy,
  type BatchStep,
  hasRoom,
  nextBatch,
  type Queue,
  type WaitingEvent,
} from './batcher.ts'

const policy: BatchPolicy = {
  maxEvents: 3,
  maxBatchBytes: 100,
  lingerMs: 10,
  maxBufferedEvents: 5,
  maxBufferedBytes: 1000,
}

function waiting(...bytes: readonly number[]): WaitingEvent[] {
  return bytes.map((size) => ({ operation: 'publishEvents', bytes: size, acceptedAt: 0 }))
}

/** Of a lane where nothing is in flight and nobody is in a hurry. */
function queued(events: readonly WaitingEvent[], more: Partial<Queue> = {}): Queue {
  const bytes = events.reduce((sum, event) => sum + event.bytes, 0)
  return { waiting: events, bytes, busy: false, hurried: false, ...more }
}

const deletion: WaitingEvent = { operation: 'deleteEvents', bytes: 1, acceptedAt: 0 }

describe('a batch', () => {
  const table: readonly { title: string; given: Queue; now: number; want: BatchStep }[] = [
    { title: 'is not sent when nothing waits', given: queued([]), now: 0, want: { kind: 'wait' } },
    {
      title: 'lingers for company',
      given: queued(waiting(10)),
      now: 4,
      want: { kind: 'wakeAt', at: 10 },
    },
    {
      title: 'is sent when its oldest event has lingered long enough',
      given: queued(waiting(10, 10)),
      now: 10,
      want: { kind: 'send', count: 2 },
    },
    {
      title: 'is sent at once when it has maxEvents',
      given: queued(waiting(1, 1, 1, 1)),
      now: 0,
      want: { kind: 'send', count: 3 },
    },
    {
      title: 'is sent at once when the next event would exceed maxBatchBytes',
      given: queued(waiting(60, 60)),
      now: 0,
      want: { kind: 'send', count: 1 },
    },
    {
      title: 'counts brackets and commas',
      given: queued(waiting(48, 49)),
      now: 0,
      want: { kind: 'send', count: 2 },
    },
    {
      title: 'leaves out the event that would not fit by one byte',
      given: queued(waiting(49, 49)),
      now: 0,
      want: { kind: 'send', count: 1 },
    },
    {
      title: 'may exceed maxBatchBytes with a single event',
      given: queued(waiting(500, 1)),
      now: 0,
      want: { kind: 'send', count: 1 },
    },
    {
      title: 'does not linger when somebody waits for it',
      given: queued(waiting(1), { hurried: true }),
      now: 0,
      want: { kind: 'send', count: 1 },
    },
    {
      title: 'publishes or deletes, and is full when the other thing waits',
      given: queued([...waiting(1, 1), deletion]),
      now: 0,
      want: { kind: 'send', count: 2 },
    },
    {
      title: 'deletes when that waits first',
      given: queued([deletion, ...waiting(1)]),
      now: 0,
      want: { kind: 'send', count: 1 },
    },
    {
      title: 'waits for the answer to the one before it, because it could overtake it',
      given: queued(waiting(1, 1, 1), { busy: true, hurried: true }),
      now: 99,
      want: { kind: 'wait' },
    },
  ]
  for (const { title, given, now, want } of table) {
    it(title, () => expect(nextBatch(given, policy, now)).toEqual(want))
  }

  const either = [false, true]
  const everySituation = either.flatMap((busy) =>
    either.flatMap((hurried) =>
      either.flatMap((due) => ['empty', 'not full', 'full'].map((fill) => ({ busy, hurried, due, fill }))),
    ),
  )
  it.each(everySituation)(
    'does one thing when busy: $busy, hurried: $hurried, due: $due, $fill',
    (situation) => {
      const { busy, hurried, due, fill } = situation
      const events = waiting(...({ empty: [], 'not full': [1, 1], full: [1, 1, 1] }[fill] ?? []))
      const step = nextBatch(queued(events, { busy, hurried }), policy, due ? 10 : 0)
      if (busy || fill === 'empty') expect(step).toEqual({ kind: 'wait' })
      else if (hurried || due || fill === 'full') expect(step).toEqual({ kind: 'send', count: events.length })
      else expect(step).toEqual({ kind: 'wakeAt', at: 10 })
    },
  )

  it('takes the events in order, each once, within the limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 })), (sizes) => {
        let rest = waiting(...sizes)
        const batches: number[][] = []
        while (rest.length > 0) {
          const step = nextBatch(queued(rest), policy, 10)
          if (step.kind !== 'send') throw new Error('a batch that has lingered is sent')
          batches.push(rest.slice(0, step.count).map(({ bytes }) => bytes))
          rest = rest.slice(step.count)
        }
        expect(batches.flat()).toEqual(sizes)
        for (const batch of batches) {
          const bytes = batch.reduce((sum, size) => sum + size, 1 + batch.length)
          expect(batch.length).toBeLessThanOrEqual(policy.maxEvents)
          expect(batch.length === 1 || bytes <= policy.maxBatchBytes).toBe(true)
        }
      }),
    )
  })
})

describe('a producer', () => {
  const table = [
    { title: 'takes any event when it has none', given: { events: 0, bytes: 0 }, want: true },
    { title: 'takes events up to maxBufferedEvents', given: { events: 4, bytes: 4 }, want: true },
    { title: 'is full with maxBufferedEvents', given: { events: 5, bytes: 5 }, want: false },
    { title: 'is full with maxBufferedBytes', given: { events: 1, bytes: 1000 }, want: false },
  ]
  for (const { title, given, want } of table) it(title, () => expect(hasRoom(given, policy)).toBe(want))
})
