import type { BatchItemResponse } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NakadiError } from '../error.ts'
import { type Delivered, type DeliveryRoute, deliver, isSettled } from './deliver.ts'
import type { OutgoingEvent } from './outcomes.ts'
import type { PublishResult } from './publish-events.ts'

/**
 * What a broker does with an event: take it, refuse it by schema, fail to read it, stumble over it, or take it and miss
 * that it has.
 */
type Nature = 'good' | 'bad' | 'unreadable' | 'stumbles' | 'missed'

interface TestEvent extends OutgoingEvent {
  readonly nature: Nature
  readonly partition: string
}

/** A broker that behaves as Nakadi does; a `stumbles` or `missed` event fails at its first time. */
function createFakeBroker() {
  const log: TestEvent[] = []
  const stumbled = new Set<string>()
  let requests = 0

  function send(events: readonly TestEvent[]): PublishResult {
    requests += 1
    if (events.some(({ nature }) => nature === 'unreadable')) throw badRequest()
    const bad = events.findIndex(({ nature }) => nature === 'bad')
    if (bad !== -1)
      return answer(
        422,
        events.map((_, index) => item(index === bad ? 'failed' : 'aborted', null)),
      )
    const items = events.map((event) => {
      const isTrouble = event.nature === 'stumbles' || event.nature === 'missed'
      const first = isTrouble && !stumbled.has(event.eid)
      stumbled.add(event.eid)
      if (!first || event.nature === 'missed') log.push(event)
      return item(first ? 'failed' : 'submitted', event.partition)
    })
    return answer(items.some(({ publishing_status }) => publishing_status === 'failed') ? 207 : 200, items)
  }

  return { log, send, requests: () => requests }
}

function answer(status: number, items: readonly BatchItemResponse[]): PublishResult {
  return { status, items, attempts: 1, maybeRepeated: false }
}

function item(
  publishing_status: BatchItemResponse['publishing_status'],
  partition: string | null,
): BatchItemResponse {
  return { publishing_status, partition, step: 'publishing', detail: 'why', eid: '' }
}

function badRequest(): NakadiError {
  const problem = { status: 400, title: 'Bad Request', detail: 'unreadable' }
  return new NakadiError({ code: 'validation', message: 'unreadable', outcome: 'rejected', problem })
}

function someEvents(natures: readonly Nature[]): TestEvent[] {
  return natures.map((nature, index) => ({
    eid: String(index),
    bytes: 2,
    submitted: false,
    nature,
    partition: String(index % 3),
  }))
}

/** A route without pauses and with rounds enough, unless told otherwise. */
function routeTo(
  send: DeliveryRoute<TestEvent>['send'],
  more: Partial<DeliveryRoute<TestEvent>> = {},
): DeliveryRoute<TestEvent> {
  const pause = async () => undefined
  const limits = { maxRounds: 100, maxRefusals: 1000, affordsRound: () => true }
  return { send, pause, retry: 'per-key', ...limits, ...more }
}

async function delivered(events: readonly TestEvent[], route: DeliveryRoute<TestEvent>) {
  const all: Delivered<TestEvent>[] = []
  for await (const some of deliver(events, route)) all.push(...some)
  return all.sort((left, right) => Number(left.event.eid) - Number(right.event.eid))
}

function statuses(all: readonly Delivered<TestEvent>[]): string[] {
  return all.map((one) => (isSettled(one) ? one.outcome.status : 'failed'))
}

describe('a batch with events that the broker does not accept', () => {
  const nature = fc.constantFrom<Nature>('good', 'good', 'good', 'bad', 'unreadable', 'stumbles', 'missed')
  const natures = fc.array(nature, { maxLength: 40 })

  it('rejects exactly these, and submits every innocent neighbour', async () => {
    await fc.assert(
      fc.asyncProperty(natures, async (given) => {
        const broker = createFakeBroker()
        const all = await delivered(
          someEvents(given),
          routeTo(async (events) => broker.send(events)),
        )
        const want = given.map((nature) =>
          nature === 'bad' || nature === 'unreadable' ? 'rejected' : 'submitted',
        )
        expect(statuses(all)).toEqual(want)
      }),
    )
  })

  it.each(['per-key', 'all', 'failed-only', 'none'] as const)(
    'says what is true of the log: stored once, stored perhaps more than once, not stored (retry %s)',
    async (retry) => {
      await fc.assert(
        fc.asyncProperty(natures, async (given) => {
          const broker = createFakeBroker()
          const route = routeTo(async (events) => broker.send(events), { retry })
          for (const one of await delivered(someEvents(given), route)) {
            if (!isSettled(one)) throw new Error('every event of this broker has an outcome')
            const copies = broker.log.filter(({ eid }) => eid === one.event.eid).length
            const { outcome } = one
            if (outcome.status === 'rejected' || outcome.status === 'aborted') expect(copies).toBe(0)
            if (outcome.status !== 'submitted') continue
            expect(copies).toBeGreaterThanOrEqual(1)
            if (!outcome.maybeDuplicated) expect(copies).toBe(1)
          }
        }),
      )
    },
  )

  it('keeps the order of every partition: what is stored last is never older than what it follows', async () => {
    await fc.assert(
      fc.asyncProperty(natures, async (given) => {
        const broker = createFakeBroker()
        await delivered(
          someEvents(given),
          routeTo(async (events) => broker.send(events)),
        )
        for (const partition of ['0', '1', '2']) {
          const stored = broker.log
            .filter((event) => event.partition === partition)
            .map(({ eid }) => Number(eid))
          const lastTimes = [...new Set(stored.toReversed())].toReversed()
          expect(lastTimes).toEqual(lastTimes.toSorted((left, right) => left - right))
        }
      }),
    )
  })

  it('needs one request per bad event and one for the rest', async () => {
    const broker = createFakeBroker()
    await delivered(
      someEvents(['good', 'bad', 'good', 'bad', 'good']),
      routeTo(async (events) => broker.send(events)),
    )
    expect(broker.requests()).toBe(3)
  })
})

describe('a batch that the broker keeps refusing for the sake of single events', () => {
  it('is aborted after maxRefusals, and nothing is said against what is left', async () => {
    const natures: Nature[] = ['bad', 'bad', 'bad', 'good']
    const broker = createFakeBroker()
    const all = await delivered(
      someEvents(natures),
      routeTo(async (events) => broker.send(events), { maxRefusals: 2 }),
    )
    expect(statuses(all)).toEqual(['rejected', 'rejected', 'aborted', 'aborted'])
    expect(broker.requests()).toBe(2)
  })

  it('is aborted too when the broker cannot read it and says of no event why', async () => {
    const natures: Nature[] = ['unreadable', 'unreadable', 'unreadable', 'unreadable']
    const broker = createFakeBroker()
    const all = await delivered(
      someEvents(natures),
      routeTo(async (events) => broker.send(events), { maxRefusals: 3 }),
    )
    expect(statuses(all)).toEqual(['rejected', 'rejected', 'aborted', 'aborted'])
  })
})

describe('a batch that the log keeps refusing', () => {
  const refusing = async (events: readonly TestEvent[]) =>
    answer(
      207,
      events.map(({ partition }) => item('failed', partition)),
    )

  it('is given up when the retry budget is used up', async () => {
    let tokens = 2
    const all = await delivered(someEvents(['good']), routeTo(refusing, { affordsRound: () => tokens-- > 0 }))
    expect(statuses(all)).toEqual(['unknown'])
    expect(tokens).toBe(-1)
  })

  it('is given up after maxRounds, with a pause before each further round', async () => {
    const rounds: number[] = []
    const all = await delivered(
      someEvents(['good', 'good']),
      routeTo(refusing, { pause: async (round) => void rounds.push(round), maxRounds: 3 }),
    )
    expect(statuses(all)).toEqual(['unknown', 'unknown'])
    expect(rounds).toEqual([1, 2])
  })
})

describe('a batch whose request fails', () => {
  const failing = (error: unknown) =>
    routeTo(async () => {
      throw error
    })

  it('leaves its events without an outcome when none of them is to blame', async () => {
    const error = new NakadiError({ code: 'forbidden', message: 'no', outcome: 'rejected' })
    expect(await delivered(someEvents(['good']), failing(error))).toMatchObject([{ error }])
  })

  it('has an unknown outcome when the failure is not one that the SDK knows', async () => {
    expect(statuses(await delivered(someEvents(['good']), failing(new TypeError('odd'))))).toEqual([
      'unknown',
    ])
  })
})
