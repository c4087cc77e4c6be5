import type { OpenApiComponents } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import {
  anOrderIn,
  beforeFirst,
  chosenPartition,
  eid,
  ORDER_PLACED,
  offset,
  orders,
  partitions,
} from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { World } from './world.ts'

type Timeline = OpenApiComponents['schemas']['Timeline']

const HOUR_MS = 3_600_000
/** The shortest that an event type can have. */
const RETENTION_MS = 3 * HOUR_MS
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function timelines({ fetch }: World): Promise<readonly Timeline[]> {
  return await jsonOf(await fetch(`/event-types/${ORDER_PLACED}/timelines`))
}

function time(afterMs: number): string {
  return new Date(Date.parse(WORLD_START) + afterMs).toISOString().replace('Z', '+00:00')
}

contract('the timelines of an event type', (it) => {
  it('begin with one that is active', async (world) => {
    await world.createEventType()
    expect(await timelines(world)).toEqual([
      {
        id: expect.stringMatching(UUID),
        event_type: ORDER_PLACED,
        order: 1,
        storage_id: 'default',
        topic: expect.stringMatching(UUID),
        created_at: time(0),
        switched_at: time(0),
        cleaned_up_at: null,
        latest_position: null,
      },
    ])
  })

  it('are closed with the last offset of each partition and the end of their retention', async (world) => {
    await world.createEventType({ ...partitions(2), ...chosenPartition })
    await world.publish([anOrderIn('1', 1), anOrderIn('1', 2)])
    await world.clock.advance(HOUR_MS)
    await world.switchTimeline()
    const [closed, active, ...others] = await timelines(world)
    expect(closed).toMatchObject({
      order: 1,
      cleaned_up_at: time(HOUR_MS + 172_800_000),
      latest_position: { offsets: [-1, 1] },
    })
    expect(active).toMatchObject({
      order: 2,
      switched_at: time(HOUR_MS),
      cleaned_up_at: null,
      latest_position: null,
    })
    expect(others).toEqual([])
    expect(active?.topic).not.toBe(closed?.topic)
  })

  it('go on with offset zero', async (world) => {
    const { id } = await world.subscribe()
    await world.publish(orders(1, 2))
    await world.switchTimeline()
    await world.publish(orders(3, 3))
    const stream = await world.openStream({ id }, { batch_limit: 3, batch_flush_timeout: 1 })
    const [one, two] = [await stream.batch(), stream.batch()]
    await world.clock.advance(1000)
    expect([numbers(one), numbers(await two)].flat()).toEqual(['order-1', 'order-2', 'order-3'])
  })

  it('are still listed when their events are gone', async (world) => {
    await world.createEventType({ options: { retention_time: RETENTION_MS } })
    await world.publish(orders(1, 2))
    await world.switchTimeline()
    await world.clock.advance(RETENTION_MS + HOUR_MS)
    expect(await timelines(world)).toHaveLength(2)
    const [partition] = await jsonOf<object[]>(await world.fetch(`/event-types/${ORDER_PLACED}/partitions`))
    expect(partition).toMatchObject({
      oldest_available_offset: offset(0, 2),
      newest_available_offset: beforeFirst(2),
    })
  })

  it('keep their events while the database is read-only', async (world) => {
    await world.createEventType({ options: { retention_time: RETENTION_MS } })
    await world.switchTimeline()
    await world.enable('disable_db_write_operations')
    await world.clock.advance(RETENTION_MS + HOUR_MS)
    const partition = await world.fetch(`/event-types/${ORDER_PLACED}/partitions/0`)
    expect(await partition.json()).toMatchObject({ oldest_available_offset: offset(0) })
  })

  it('are unknown with 404 when there is no such event type', async ({ fetch, post }) => {
    const read = await fetch('/event-types/order.cancelled/timelines')
    expect([read.status, await detailOf(read)]).toEqual([404, 'EventType "order.cancelled" does not exist'])
    const created = await post('/event-types/order.cancelled/timelines', { storage_id: 'default' })
    expect([created.status, await detailOf(created)]).toEqual([
      404,
      'EventType "order.cancelled" does not exist',
    ])
  })
})

contract('creating a timeline', (it) => {
  it('answers 201 without a body', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'default' })
    expect([response.status, await response.text()]).toEqual([201, ''])
  })

  it('is refused with 422 for a storage that does not exist', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'tape' })
    expect([response.status, await detailOf(response)]).toEqual([422, 'No storage with id: tape'])
  })

  for (const cleanup_policy of ['compact', 'compact_and_delete'] as const) {
    it(`is refused with 422 for the cleanup policy ${cleanup_policy}`, async ({ createEventType, post }) => {
      await createEventType({ cleanup_policy })
      const response = await post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'default' })
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(
        "It is not possible to create a timeline for event type with 'compact' cleanup_policy",
      )
    })
  }

  it('is refused with 400 for a body that is none', async ({ createEventType, post }) => {
    await createEventType()
    expect((await post(`/event-types/${ORDER_PLACED}/timelines`, 'default')).status).toBe(400)
  })

  it('is refused with 503 while the database is read-only', async ({ createEventType, enable, post }) => {
    await createEventType()
    await enable('disable_db_write_operations')
    const response = await post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'default' })
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
  })

  it('loses no event that is published meanwhile', async (world) => {
    await world.createEventType()
    await Promise.all([
      world.publish(orders(1, 3)),
      world.switchTimeline(),
      world.publish(orders(4, 6)),
      world.publish(orders(7, 9)),
    ])
    const { id } = await world.createSubscription()
    const stream = await world.openStream({ id }, { batch_limit: 1 })
    const read = (await stream.batches(9)).flatMap(numbers)
    expect(new Set(read)).toEqual(new Set(orders(1, 9).map(({ order_number }) => order_number)))
  })
})

contract('a subscription to an event type with several timelines', (it) => {
  it('starts before the oldest event', async (world) => {
    await world.createEventType()
    await world.publish(orders(1, 1))
    await world.switchTimeline()
    const subscription = await world.createSubscription()
    const stream = await world.openStream(subscription, { batch_flush_timeout: 1 })
    expect((await stream.batch()).cursor.offset).toBe(offset(0))
  })

  it('starts after the newest event with read_from=end', async (world) => {
    await world.createEventType()
    await world.publish(orders(1, 1))
    await world.switchTimeline()
    const subscription = await world.createSubscription({ read_from: 'end' })
    const stream = await world.openStream(subscription, { batch_flush_timeout: 1 })
    await world.publish(orders(2, 2))
    expect(await stream.batch()).toMatchObject({ cursor: { offset: offset(0, 2) } })
  })

  it('is told the beginning of the newer timeline until it has got an event', async (world) => {
    await world.createEventType()
    await world.publish(orders(1, 1))
    await world.switchTimeline()
    const initial_cursors = [{ event_type: ORDER_PLACED, partition: '0', offset: offset(0) }]
    for (const read_from of ['end', 'cursors'] as const) {
      const subscription = await world.createSubscription({
        read_from,
        initial_cursors,
        consumer_group: read_from,
      })
      const stream = await world.openStream(subscription, { batch_flush_timeout: 1 })
      await world.clock.advance(1_000)
      expect((await stream.batch()).cursor.offset).toBe(beforeFirst(2))
    }
    const stream = await world.openStream(await world.createSubscription(), { batch_flush_timeout: 1 })
    expect((await stream.batch()).cursor.offset).toBe(offset(0))
    await world.clock.advance(1_000)
    expect((await stream.batch()).cursor.offset).toBe(offset(0))
  })

  it('gets the events of a timeline that begins while it streams', async (world) => {
    const stream = await world.openStream(await world.subscribe())
    await world.publish(orders(1, 1))
    await world.switchTimeline()
    await world.publish(orders(2, 2))
    expect((await stream.batches(2)).map(({ cursor }) => cursor.offset)).toEqual([offset(0), offset(0, 2)])
  })

  it('skips timelines without events', async (world) => {
    const stream = await world.openStream(await world.subscribe())
    await world.publish(orders(1, 2))
    for (let count = 0; count < 3; count += 1) await world.switchTimeline()
    await world.publish(orders(3, 3))
    const offsets = (await stream.batches(3)).map(({ cursor }) => cursor.offset)
    expect(offsets).toEqual([offset(0), offset(1), offset(0, 4)])
  })

  it('commits across timelines, and is behind by the events of all', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 3))
    await world.switchTimeline()
    await world.publish(orders(4, 5))
    const stream = await world.openStream(subscription)
    const [first, , , fourth] = (await stream.batches(5)).map(({ cursor }) => cursor)
    if (first === undefined || fourth === undefined) throw new Error('five batches were read')
    expect((await world.commit(stream, first)).status).toBe(204)
    expect(await world.stats(subscription)).toMatchObject([{ unconsumed_events: 4 }])
    expect((await world.commit(stream, fourth)).status).toBe(204)
    expect(await world.stats(subscription)).toMatchObject([{ unconsumed_events: 1 }])
    expect((await world.commit(stream, first)).status).toBe(200)
  })

  it('stays within max_uncommitted_events across timelines', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 2))
    await world.switchTimeline()
    await world.publish(orders(3, 4))
    const stream = await world.openStream(subscription, { max_uncommitted_events: 3, batch_flush_timeout: 1 })
    const [, , third] = await stream.batches(3)
    const next = stream.batch()
    await world.clock.advance(1000)
    expect(await next).not.toHaveProperty('events')
    if (third === undefined) throw new Error('three batches were read')
    await world.commit(stream, third.cursor)
    expect(numbers(await stream.batch())).toEqual(['order-4'])
  })

  it('moves on from a timeline whose events are gone', async (world) => {
    const subscription = await world.subscribe({ options: { retention_time: RETENTION_MS } })
    await world.publish(orders(1, 2))
    const stream = await world.openStream(subscription)
    await world.commit(stream, (await stream.batch()).cursor)
    stream.abort()
    await world.switchTimeline()
    await world.clock.advance(RETENTION_MS + HOUR_MS)
    await world.publish(orders(3, 3))
    const next = await world.openStream(subscription)
    expect(await next.batch()).toMatchObject({
      cursor: { offset: offset(0, 2) },
      info: { debug: 'Stream started; skipped events due to retention time passed, count: 1' },
    })
  })

  it('is told the last offsets of a closed timeline when it commits what another stream owns', async (world) => {
    const subscription = await world.subscribe({ ...partitions(2), ...chosenPartition })
    await world.publish([anOrderIn('0', 1), anOrderIn('0', 2), anOrderIn('1', 3)])
    await world.switchTimeline()
    const named = (partition: string) => ({ partitions: [{ event_type: ORDER_PLACED, partition }] })
    await world.openStream(subscription, named('0'))
    const other = await world.openStream(subscription, named('1'))
    const cursor = { event_type: ORDER_PLACED, partition: '0', offset: offset(0), cursor_token: eid(1) }
    expect(await detailOf(await world.commit(other, cursor))).toBe(
      `Cursor T(${ORDER_PLACED}:1:[1, 0])-P(0)-O(000000000000000000) cannot be committed with stream id ${other.id}`,
    )
  })

  it('cannot commit to a timeline whose events are gone', async (world) => {
    const subscription = await world.subscribe({ options: { retention_time: RETENTION_MS } })
    await world.publish(orders(1, 2))
    await world.switchTimeline()
    await world.clock.advance(RETENTION_MS + HOUR_MS)
    const stream = await world.openStream(subscription)
    const cursor = { event_type: ORDER_PLACED, partition: '0', offset: offset(0), cursor_token: eid(1) }
    const response = await world.commit(stream, cursor)
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      `offset ${offset(0)} for partition 0 event type ${ORDER_PLACED} is unavailable as retention time of data elapsed. PATCH partition offset with valid and available offset`,
    ])
  })
})
