// What becomes of events that are published, one by one and as a list.

import { createProducer, type Fetch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { producerOf, stored } from './publishing-world.ts'
import { createWorld, type Order, orders, problem, scripted } from './world.ts'

describe('publishing an event', () => {
  it('resolves with its outcome and the eid that it was given', async () => {
    const world = await createWorld()
    const outcome = await producerOf(world.client()).publish({ n: 1 })
    expect(outcome).toEqual({
      status: 'submitted',
      eid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      maybeDuplicated: false,
    })
    expect(await stored(world)).toEqual([1])
  })

  it('resolves with the step and the reason when the broker does not accept it', async () => {
    const { client } = await createWorld()
    const outcome = await producerOf(client()).publish({} as Order)
    expect(outcome).toMatchObject({
      status: 'rejected',
      step: 'validating',
      detail: expect.stringContaining('[n] not found'),
    })
  })

  it('rejects when the event type does not exist, because that says nothing about the event', async () => {
    const { client } = await createWorld()
    const lost = createProducer<Order>(client(), 'no.such-type', { lingerMs: 0 }).publish({ n: 1 })
    await expect(lost).rejects.toMatchObject({ code: 'not-found', outcome: 'rejected' })
  })
})

describe('publishing many events', () => {
  it('resolves with one outcome per event, in order', async () => {
    const world = await createWorld()
    const outcomes = await producerOf(world.client(), { maxEvents: 7, lingerMs: 0 }).publish(orders(1, 50))
    expect(outcomes.map(({ status }) => status)).toEqual(new Array(50).fill('submitted'))
    expect(await stored(world)).toEqual(orders(1, 50).map(({ n }) => n))
  })

  it('submits the innocent neighbours of events that the broker does not accept (row 4)', async () => {
    const world = await createWorld()
    const events = orders(1, 30).map((order) =>
      order.n % 10 === 0 ? ({ bad: true } as unknown as Order) : order,
    )
    const outcomes = await producerOf(world.client()).publish(events)
    const rejected = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []))
    expect(rejected).toEqual([10, 20, 30])
    expect(await stored(world)).toEqual(
      orders(1, 30)
        .map(({ n }) => n)
        .filter((n) => n % 10 !== 0),
    )
  })

  it('submits the innocent neighbours of an event that makes the broker refuse the whole request', async () => {
    const world = await createWorld()
    // Nakadi's parser has no integers of more than 64 bits; it answers 400 without naming an event.
    const strict: Fetch = async (url, init) =>
      String(init.body).includes('100000000000000000000')
        ? problem(400, 'Can not use long value')
        : world.fetch(url, init)
    const producer = producerOf(world.client({ fetch: strict }))
    const outcomes = await producer.publish([{ n: 1 }, { n: 1e20 }, { n: 3 }])
    expect(outcomes.map(({ status }) => status)).toEqual(['submitted', 'rejected', 'submitted'])
    expect(outcomes[1]).toMatchObject({ detail: 'Can not use long value' })
    expect(await stored(world)).toEqual([1, 3])
  })

  it('does not send an event that is too large, and says so', async () => {
    const world = await createWorld()
    const big = { n: 2, text: 'x'.repeat(1_000_000) }
    const outcomes = await producerOf(world.client()).publish([{ n: 1 }, big])
    expect(outcomes[1]).toMatchObject({
      status: 'rejected',
      step: 'before-sending',
      detail: expect.stringContaining('999000'),
    })
    expect(await stored(world)).toEqual([1])
  })

  it('rejects when no event was judged, and otherwise marks those of a failed request', async () => {
    const all = scripted(problem(403, 'denied'))
    const { client } = await createWorld()
    await expect(producerOf(client({ fetch: all })).publish(orders(1, 2))).rejects.toMatchObject({
      code: 'forbidden',
    })

    const second = scripted(new Response(null), problem(403, 'denied'))
    const outcomes = await producerOf(client({ fetch: second }), { maxEvents: 1, lingerMs: 0 }).publish(
      orders(1, 2),
    )
    expect(outcomes).toMatchObject([
      { status: 'submitted' },
      { status: 'rejected', step: 'none', error: { code: 'forbidden' } },
    ])
  })

  it('resolves at once when there are none', async () => {
    expect(await producerOf((await createWorld()).client()).publish([])).toEqual([])
  })
})
