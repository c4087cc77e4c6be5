// What becomes of processed events when a stream ends in order, and of timers when a loop cannot go on.

import { createProducer } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, uncommitted, worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, type Order, orders, whileTimePasses } from './world.ts'

describe('a stream that has reached its age', () => {
  it('has all commits that were deferred, so that the next one starts at once (row 5)', async () => {
    const world = await worldWithOrders(20)
    const consumer = consumerOf(world.client(), {
      commitPolicy: 'latest',
      streamTimeoutSeconds: 5,
      maxUncommittedEvents: 200,
    })
    const seen: number[] = []
    const run = consumer.run((batch) => {
      seen.push(...batch.events.map(({ n }) => n))
    })
    await world.clock.advance(4000)
    expect([seen.length, await uncommitted(world)]).toEqual([20, 20])
    await world.clock.advance(3000)
    expect(await uncommitted(world)).toBe(0)
    await createProducer<Order>(world.client(), ORDER_PLACED, { lingerMs: 0 }).publish(orders(21, 22))
    await world.clock.advance(3000)
    expect(seen).toEqual(orders(1, 22).map(({ n }) => n))
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect(world.clock.pending).toBe(0)
  })

  it('takes the commits of what it has delivered, so that nothing comes twice', async () => {
    const world = await worldWithOrders(60, 3)
    const consumer = consumerOf(world.client(), { streamTimeoutSeconds: 3, commitTimeoutSeconds: 30 })
    const seen: number[] = []
    const run = consumer.run(async (batch) => {
      await new Promise<void>((resolve) => world.clock.after(4000, resolve))
      seen.push(...batch.events.map(({ n }) => n))
    })
    const startedAt = world.clock.now()
    while (seen.length < 60) await world.clock.advance(500)
    expect(world.clock.now() - startedAt).toBeLessThan(30_000)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect(seen.toSorted((a, b) => a - b)).toEqual(orders(1, 60).map(({ n }) => n))
    expect([await uncommitted(world), world.clock.pending]).toEqual([0, 0])
  })
})

describe('a loop that throws because the subscription has gone', () => {
  it('leaves no timer of a commit that was deferred (row 13)', async () => {
    const world = await worldWithOrders(20)
    const client = world.client()
    const consumer = consumerOf(client, { commitPolicy: 'latest' })
    const loop = async () => {
      for await (const batch of consumer) {
        await batch.commit()
        for await (const { id } of client.subscriptions.list()) await client.subscriptions.delete(id)
      }
    }
    await expect(whileTimePasses(world.clock, loop())).rejects.toMatchObject({ code: 'not-found' })
    expect(world.clock.pending).toBe(0)
  })
})
