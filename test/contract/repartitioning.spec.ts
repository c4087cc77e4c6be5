import type { EventType, Partition, Subscription, SubscriptionCursor } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anOrderIn, BEFORE_FIRST, chosenPartition, ORDER_PLACED, offset, partitions } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { World } from './world.ts'

const COUNT = `/event-types/${ORDER_PLACED}/partition-count`

async function partitionsOf({ fetch }: World): Promise<readonly string[]> {
  const found = await jsonOf<Partition[]>(await fetch(`/event-types/${ORDER_PLACED}/partitions`))
  return found.map(({ partition }) => partition)
}

async function positionsOf({ fetch }: World, { id }: Subscription): Promise<Record<string, string>> {
  const { items } = await jsonOf<{ items: SubscriptionCursor[] }>(await fetch(`/subscriptions/${id}/cursors`))
  return Object.fromEntries(items.map(({ partition, offset }) => [partition, offset]))
}

contract('setting the number of partitions', (it) => {
  it('answers 204 and adds empty partitions', async (world) => {
    await world.createEventType(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    const response = await world.put(COUNT, { partition_count: 3 })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await partitionsOf(world)).toEqual(['0', '1', '2'])
    await world.publish([anOrderIn('2', 2)])
    const response2 = await world.fetch(`/event-types/${ORDER_PLACED}/partitions/2`)
    expect(await jsonOf<Partition>(response2)).toMatchObject({ newest_available_offset: offset(0) })
  })

  it('sets both parallelisms of the statistics', async (world) => {
    await world.createEventType(partitions(2))
    await world.put(COUNT, { partition_count: 4 })
    const eventType = await jsonOf<EventType>(await world.fetch(`/event-types/${ORDER_PLACED}`))
    expect(eventType.default_statistic).toEqual({
      messages_per_minute: 100,
      message_size: 1000,
      read_parallelism: 4,
      write_parallelism: 4,
    })
  })

  it('makes up statistics for an event type that has none', async (world) => {
    await world.createEventType()
    await world.put(COUNT, { partition_count: 2 })
    const eventType = await jsonOf<EventType>(await world.fetch(`/event-types/${ORDER_PLACED}`))
    expect(eventType.default_statistic).toMatchObject({ read_parallelism: 2, write_parallelism: 2 })
  })

  it('may be repeated', async (world) => {
    await world.createEventType(partitions(2))
    expect((await world.put(COUNT, { partition_count: '2' })).status).toBe(204)
    expect(await partitionsOf(world)).toEqual(['0', '1'])
  })

  const refusals = {
    'more than 8': [{ partition_count: 9 }, 422, 'Number of partitions should not be more than 8'],
    'fewer than there are': [{ partition_count: 1 }, 422, 'Number of partitions can not decrease'],
    'none at all': [{}, 422, 'Field "partition_count" must not be null\n'],
    'something else than a number': [{ partition_count: 'many' }, 400, 'partition_count must be an integer'],
  } as const
  for (const [given, [body, status, detail]] of Object.entries(refusals)) {
    it(`is refused with ${status} for ${given}`, async (world) => {
      await world.createEventType(partitions(2))
      const response = await world.put(COUNT, body)
      expect([response.status, await detailOf(response)]).toEqual([status, detail])
      expect(await partitionsOf(world)).toEqual(['0', '1'])
    })
  }

  it('is refused with 404 when there is no event type', async ({ put }) => {
    const response = await put('/event-types/none/partition-count', { partition_count: 2 })
    expect([response.status, await detailOf(response)]).toEqual([404, 'EventType "none" does not exist.'])
  })

  it('is refused with 422 for the event type that dead letters come back through', async ({ put }) => {
    const response = await put('/event-types/nakadi.dead.letter.redrive/partition-count', {
      partition_count: 2,
    })
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Repartitioning nakadi.dead.letter.redrive event type is not supported',
    ])
  })

  it('is refused with 503 while nothing may be written', async ({ createEventType, enable, put }) => {
    await createEventType()
    await enable('disable_db_write_operations')
    const response = await put(COUNT, { partition_count: 2 })
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
  })
})

contract('the subscriptions of an event type that gets more partitions', (it) => {
  it('continue before the first event of the new partitions', async (world) => {
    const subscription = await world.subscribe(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    const stream = await world.openStream(subscription)
    await world.commit(stream, (await stream.batch()).cursor)
    const repartitioning = world.put(COUNT, { partition_count: 2 })
    await stream.rest()
    expect((await repartitioning).status).toBe(204)
    await world.publish([anOrderIn('1', 2)])
    const next = await world.openStream(subscription)
    const batch = await next.batch()
    expect([batch.cursor.partition, numbers(batch)]).toEqual(['1', ['order-2']])
  })

  it('have their streams closed, which say so', async (world) => {
    const subscription = await world.subscribe()
    const streams = [await world.openStream(subscription, { batch_flush_timeout: 1 })]
    const repartitioning = world.put(COUNT, { partition_count: 2 })
    const lines = (await Promise.all(streams.map((stream) => stream.rest()))).flat()
    expect(lines.map(({ info }) => info?.debug)).toEqual(['Resetting subscription cursors'])
    expect((await repartitioning).status).toBe(204)
  })

  it('may still commit what was sent, and the answer waits for it', async (world) => {
    const subscription = await world.subscribe(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    const stream = await world.openStream(subscription)
    const { cursor } = await stream.batch()
    const repartitioning = world.put(COUNT, { partition_count: 2 })
    expect((await stream.batch()).info?.debug).toBe('Resetting subscription cursors')
    expect((await world.commit(stream, cursor)).status).toBe(204)
    expect(await stream.rest()).toEqual([])
    expect((await repartitioning).status).toBe(204)
    expect(await positionsOf(world, subscription)).toEqual({ '0': offset(0), '1': BEFORE_FIRST })
  })

  it('start where they would start now, when they have had no stream yet', async (world) => {
    await world.createEventType(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    const subscription = await world.createSubscription({ read_from: 'end' })
    await world.put(COUNT, { partition_count: 2 })
    expect(await positionsOf(world, subscription)).toEqual({ '0': offset(0), '1': BEFORE_FIRST })
  })

  it('keep the cursors that they were created with for the partitions of that time', async (world) => {
    await world.createEventType(chosenPartition)
    await world.publish([anOrderIn('0', 1), anOrderIn('0', 2)])
    const initial_cursors = [{ event_type: ORDER_PLACED, partition: '0', offset: offset(0) }]
    const subscription = await world.createSubscription({ read_from: 'cursors', initial_cursors })
    await world.put(COUNT, { partition_count: 2 })
    expect(await positionsOf(world, subscription)).toEqual({ '0': offset(0), '1': BEFORE_FIRST })
  })

  it('find the new partitions in the timeline that is written to, after those that were', async (world) => {
    const subscription = await world.subscribe(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    await world.post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'default' })
    await world.put(COUNT, { partition_count: 2 })
    expect(await positionsOf(world, subscription)).toEqual({
      '0': BEFORE_FIRST,
      '1': BEFORE_FIRST.replace('-0001-', '-0002-'),
    })
    await world.publish([anOrderIn('0', 2), anOrderIn('1', 3)])
    const stream = await world.openStream(subscription)
    const batches = await stream.batches(3)
    const read = batches.map((batch) => `${batch.cursor.partition}: ${numbers(batch)}`).sort()
    expect(read).toEqual(['0: order-1', '0: order-2', '1: order-3'])
  })

  it('have one slot more for each new partition', async (world) => {
    const subscription = await world.subscribe()
    await world.put(COUNT, { partition_count: 2 })
    const streams = [await world.openStream(subscription), await world.openStream(subscription)]
    const ids = streams.map(({ id }) => id).sort()
    await world.until.owners(subscription, (owners) => [...owners].sort().join() === ids.join())
    expect((await world.requestStream(subscription)).status).toBe(409)
  })
})
