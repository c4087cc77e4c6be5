// Several requests in flight, under faults: answers that are lost, requests that are refused for now, logs that take only a part.

import { createProducer, type Fetch, type ProducerOptions, type PublishOutcome } from '@rioni/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, ORDER_PLACED, problem, type World, whileTimePasses } from './world.ts'

interface KeyedOrder {
  readonly n: number
  readonly serial: number
}

type Fault = 'none' | 'lost' | 'busy' | 'partial'

/** A way to the broker where every request has the next fault, and a log of what the broker stored, in order. */
function faulty(world: World, faults: readonly Fault[], delays: readonly number[]) {
  const log: KeyedOrder[] = []
  let requests = 0
  const fetch: Fetch = async (url, init) => {
    const turn = requests++
    const fault = faults[turn % faults.length] ?? 'none'
    await new Promise<void>((resolve) => world.clock.after(delays[turn % delays.length] ?? 0, resolve))
    if (fault === 'busy') return problem(503, 'busy')
    const batch: KeyedOrder[] = JSON.parse(String(init.body))
    const taken = fault === 'partial' ? batch.filter((_, index) => index % 3 !== 1) : batch
    const answer = await world.fetch(url, { ...init, body: JSON.stringify(taken) })
    log.push(...taken)
    if (fault === 'lost') throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    if (taken.length === batch.length) return answer
    const items = batch.map((event) => ({
      publishing_status: taken.includes(event) ? 'submitted' : 'failed',
      partition: '0',
      step: 'publishing',
      detail: '',
      eid: '',
    }))
    return Response.json(items, { status: 207 })
  }
  return { fetch, log }
}

describe('several requests in flight', () => {
  it('lose no event, double none without a word, and keep the order of every key, whatever fails (row 4)', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', 'lost', 'busy', 'partial')
    const given = fc.record({
      keys: fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
      faults: fc
        .array(fault, { minLength: 3, maxLength: 12 })
        .map((some): Fault[] => ['none', 'none', ...some]),
      delays: fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }),
      maxInFlight: fc.integer({ min: 1, max: 4 }),
      maxEvents: fc.integer({ min: 1, max: 8 }),
      maxBufferedEvents: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(given, async ({ keys, faults, delays, ...options }) => {
        const world = await createWorld()
        const { fetch, log } = faulty(world, faults, delays)
        const producer = createProducer<KeyedOrder>(world.client({ fetch }), ORDER_PLACED, {
          ...options,
          orderingKey: ({ n }) => String(n),
        })
        const orders = keys.map((n, serial) => ({ n, serial }))
        const published = Promise.all(orders.map((order) => producer.publish(order).catch(notStored)))
        const outcomes = await whileTimePasses(world.clock, published)
        for (const [serial, outcome] of outcomes.entries()) {
          const times = log.filter((order) => order.serial === serial).length
          if (outcome.status === 'submitted') expect(times).toBeGreaterThan(0)
          if (outcome.status === 'submitted' && !outcome.maybeDuplicated) expect(times).toBe(1)
          if (outcome.status === 'rejected') expect(times).toBe(0)
        }
        for (const key of new Set(keys))
          expect(lastTimes(log, key)).toEqual(lastTimes(log, key).toSorted((a, b) => a - b))
        await producer.close()
        expect(world.clock.pending).toBe(0)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('are as many as maxInFlight, and events of one key are in one of them at a time', async () => {
    const world = await createWorld()
    const { fetch } = faulty(world, ['none'], [100])
    let [inFlight, most] = [0, 0]
    const counted: Fetch = async (url, init) => {
      most = Math.max(most, ++inFlight)
      return fetch(url, init).finally(() => --inFlight)
    }
    const options: ProducerOptions<KeyedOrder> = {
      maxInFlight: 3,
      maxEvents: 2,
      orderingKey: ({ n }) => String(n),
    }
    const producer = createProducer<KeyedOrder>(world.client({ fetch: counted }), ORDER_PLACED, options)
    const orders = Array.from({ length: 60 }, (_, serial) => ({ n: serial % 20, serial }))
    await whileTimePasses(world.clock, producer.publish(orders))
    expect(most).toBe(3)
  })

  it('are refused without a key, with what would work', async () => {
    const { client } = await createWorld()
    const create = (options: ProducerOptions) => createProducer(client(), ORDER_PLACED, options)
    expect(() => create({ maxInFlight: 2 })).toThrow(/orderingKey must say which events .* stay in order/)
    expect(() => create({ maxInFlight: 2, orderingKey: 'none' })).not.toThrow()
    expect(() =>
      createProducer(
        client(),
        { name: ORDER_PLACED, category: 'business', partitionKeyFields: ['n'] },
        { maxInFlight: 2 },
      ),
    ).not.toThrow()
  })
})

/** The serial numbers of a key, each where it was stored last. */
function lastTimes(log: readonly KeyedOrder[], key: number): number[] {
  const serials = log.filter(({ n }) => n === key).map(({ serial }) => serial)
  return [...new Set(serials.toReversed())].toReversed()
}

/** A request that failed as a whole and was not carried out. */
function notStored(error: Error): PublishOutcome {
  return { status: 'rejected', eid: '', step: 'none', detail: error.message }
}
