import type { SubscriptionCursor } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { anOrder, BEFORE_FIRST, ORDER_PLACED, offset } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { WithId, World } from './world.ts'

/** Publishes an order that only one subscription gets. */
async function publishFor({ post }: World, { id }: WithId, n: number): Promise<void> {
  const headers = { 'x-consumer-tag': `consumer_subscription_id=${id}` }
  const response = await post(`/event-types/${ORDER_PLACED}/events`, [anOrder(n)], headers)
  expect(response.status).toBe(200)
}

async function committed({ fetch }: World, { id }: WithId): Promise<readonly string[]> {
  const response = await fetch(`/subscriptions/${id}/cursors`)
  const { items } = await jsonOf<{ items: readonly SubscriptionCursor[] }>(response)
  return items.map((cursor) => cursor.offset)
}

contract('an event that is meant for one subscription', (it) => {
  const two = async (world: World) => {
    const mine = await world.subscribe()
    return { mine, other: await world.createSubscription({ consumer_group: 'other' }) }
  }

  it('is delivered to it alone', async (world) => {
    const { mine, other } = await two(world)
    await publishFor(world, mine, 1)
    await world.publish([anOrder(2)])
    const streams = [await world.openStream(mine), await world.openStream(other)]
    const [first, second] = await Promise.all(streams.map((stream) => stream.batch()))
    expect([first, second].map((batch) => batch && numbers(batch))).toEqual([['order-1'], ['order-2']])
  })

  it('is committed by the broker for the others, every five seconds', async (world) => {
    const { mine, other } = await two(world)
    await publishFor(world, mine, 1)
    await world.openStream(other)
    await world.clock.advance(4999)
    expect(await committed(world, other)).toEqual([BEFORE_FIRST])
    await world.clock.advance(1)
    expect(await committed(world, other)).toEqual([offset(0)])
    expect(await world.stats(other)).toMatchObject([{ unconsumed_events: 0 }])
  })

  it('waits for the commits of the events before it', async (world) => {
    const { mine, other } = await two(world)
    await world.publish([anOrder(1)])
    await publishFor(world, mine, 2)
    const stream = await world.openStream(other)
    const { cursor } = await stream.batch()
    await world.clock.advance(5000)
    expect(await committed(world, other)).toEqual([BEFORE_FIRST])
    await world.commit(stream, cursor)
    await world.clock.advance(5000)
    expect(await committed(world, other)).toEqual([offset(1)])
  })

  it('is committed by the broker when the stream ends', async (world) => {
    const { mine, other } = await two(world)
    await publishFor(world, mine, 1)
    const stream = await world.openStream(other, { stream_timeout: 1 })
    await world.clock.advance(1000)
    await stream.rest()
    expect(await committed(world, other)).toEqual([offset(0)])
  })

  it('counts for the stream limit of the others, by its offset', async (world) => {
    const { mine, other } = await two(world)
    await publishFor(world, mine, 1)
    await world.publish([anOrder(2), anOrder(3)])
    const stream = await world.openStream(other, { stream_limit: 2, max_uncommitted_events: 2 })
    await world.commit(stream, (await stream.batch()).cursor)
    const remarks = (await stream.rest()).map(({ info }) => info?.debug)
    expect(remarks.at(-1)).toBe('Stream limit in events reached: 2')
  })
})

contract('an event that was deleted', (it) => {
  const key = { partition_compaction_key: 'order-1' }

  it('is followed by nothing that a consumer sees, but takes an offset', async (world) => {
    const subscription = await world.subscribe({ cleanup_policy: 'compact' })
    await world.publish([anOrder(1, {}, key)])
    const path = `/event-types/${ORDER_PLACED}/deleted-events`
    expect((await world.post(path, [anOrder(1, {}, key)])).status).toBe(200)
    await world.publish([anOrder(2, {}, { partition_compaction_key: 'order-2' })])
    const stream = await world.openStream(subscription)
    const batches = await stream.batches(2)
    expect(batches.map((batch) => [numbers(batch), batch.cursor.offset])).toEqual([
      [['order-1'], offset(0)],
      [['order-2'], offset(2)],
    ])
  })

  it('leaves a subscription with nothing to consume', async (world) => {
    const subscription = await world.subscribe({ cleanup_policy: 'compact' })
    await world.post(`/event-types/${ORDER_PLACED}/deleted-events`, [anOrder(1, {}, key)])
    await world.openStream(subscription)
    await world.clock.advance(5000)
    expect(await world.stats(subscription)).toMatchObject([{ unconsumed_events: 0 }])
  })
})
