// How events become requests, and how many of them a producer holds.

import { createProducer, type Fetch } from '@rioni/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { producerOf, recorded, stored } from './publishing-world.ts'
import { createWorld, ORDER_PLACED, orders, whileTimePasses } from './world.ts'

describe('a producer', () => {
  it('gathers what is published within lingerMs into one request (row 12)', async () => {
    const world = await createWorld()
    const { fetch, batches } = recorded(world)
    const producer = producerOf(world.client({ fetch }), { lingerMs: 50 })
    const published = [producer.publish({ n: 1 }), producer.publish({ n: 2 })]
    await world.clock.advance(49)
    expect(batches).toEqual([])
    await world.clock.advance(1)
    await Promise.all(published)
    expect(batches.map((batch) => batch.map(({ n }) => n))).toEqual([[1, 2]])
  })

  it('has one request in flight, and gathers the next batch meanwhile', async () => {
    const world = await createWorld()
    let [inFlight, most] = [0, 0]
    const fetch: Fetch = async (url, init) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      const response = await world.fetch(url, init)
      inFlight -= 1
      return response
    }
    const producer = producerOf(world.client({ fetch }))
    await Promise.all(orders(1, 20).map((order) => producer.publish(order)))
    expect(most).toBe(1)
    expect(await stored(world)).toEqual(orders(1, 20).map(({ n }) => n))
  })

  it('holds no more than maxBufferedEvents, and takes the rest as there is room (row 12)', async () => {
    const world = await createWorld()
    let taken = 0
    const events = orders(1, 10).map(({ n }) => ({
      toJSON() {
        taken += 1
        return { n, metadata: { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z' } }
      },
      n,
    }))
    const producer = createProducer<object>(
      world.client(),
      { name: ORDER_PLACED, category: 'undefined' },
      { maxBufferedEvents: 4, lingerMs: 50 },
    )
    const published = producer.publish(events)
    expect(taken).toBe(4)
    await whileTimePasses(world.clock, published)
    expect(taken).toBe(10)
  })

  it('does not linger while events wait for room', async () => {
    const world = await createWorld()
    const { fetch, batches } = recorded(world)
    const producer = producerOf(world.client({ fetch }), { maxBufferedEvents: 2, lingerMs: 1e9 })
    const published = producer.publish(orders(1, 3))
    await world.clock.advance(0)
    expect(batches.map((batch) => batch.length)).toEqual([2])
    await producer.close()
    expect(await published).toHaveLength(3)
  })

  it('never holds more than its bounds, whatever is published and however it is batched', async () => {
    const { client } = await createWorld()
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 60 })
    const policies = fc.record({
      maxBufferedEvents: fc.integer({ min: 1, max: 30 }),
      maxBufferedBytes: fc.integer({ min: 1, max: 3000 }),
      maxEvents: fc.integer({ min: 1, max: 20 }),
      maxBatchBytes: fc.integer({ min: 1, max: 2000 }),
      maxInFlight: fc.integer({ min: 1, max: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(sizes, policies, async (given, policy) => {
        const held = countHeld()
        const producer = createProducer(client({ fetch: held.fetch }), UNDEFINED_CATEGORY, {
          ...policy,
          lingerMs: 0,
          orderingKey: held.keyOf,
        })
        const events = given.map((size, n) => ({ n, text: 'x'.repeat(size) }))
        const calls = [producer.publish(events.slice(1)), producer.publish(events.slice(0, 1))]
        await producer.close()
        expect((await Promise.all(calls)).flat().map(({ status }) => status)).toEqual(
          given.map(() => 'submitted'),
        )
        expect(held.most.events).toBeLessThanOrEqual(policy.maxBufferedEvents)
        // The event that fills the buffer may be larger than what was left of it.
        expect(held.most.bytesBeforeLast).toBeLessThan(policy.maxBufferedBytes)
      }),
    )
  })
})

const UNDEFINED_CATEGORY = { name: ORDER_PLACED, category: 'undefined' } as const

interface SizedEvent {
  readonly n: number
  readonly text: string
}

/**
 * Counts what a producer holds: every event that it has asked for its key, until the broker has answered the request with
 * it.
 */
function countHeld() {
  const bytesOf = (event: SizedEvent) => JSON.stringify(event).length
  const load = { events: 0, bytes: 0 }
  const most = { events: 0, bytesBeforeLast: 0 }
  const keyOf = (event: SizedEvent) => {
    if (load.events > 0) most.bytesBeforeLast = Math.max(most.bytesBeforeLast, load.bytes)
    load.events += 1
    load.bytes += bytesOf(event)
    most.events = Math.max(most.events, load.events)
    return String(event.n % 3)
  }
  const fetch: Fetch = async (_, { body }) => {
    const events: SizedEvent[] = JSON.parse(String(body))
    await Promise.resolve()
    for (const event of events) {
      load.events -= 1
      load.bytes -= bytesOf(event)
    }
    return new Response(null)
  }
  return { most, keyOf, fetch }
}
