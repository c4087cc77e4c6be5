import { expect } from 'vitest'
import { anOrder, anOrderIn, chosenPartition, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'

contract('the batches of a stream', (it) => {
  it('hold one event each unless asked for more', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe())
    await publish(orders(1, 3))
    expect((await stream.batches(3)).map(numbers)).toEqual([['order-1'], ['order-2'], ['order-3']])
  })

  it('are sent as soon as they are full', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_limit: 2 })
    await publish(orders(1, 3))
    await publish(orders(4, 4))
    expect((await stream.batches(2)).map(numbers)).toEqual([
      ['order-1', 'order-2'],
      ['order-3', 'order-4'],
    ])
  })

  it('are sent when the flush timeout has passed, full or not', async ({
    clock,
    subscribe,
    publish,
    openStream,
  }) => {
    const stream = await openStream(await subscribe(), { batch_limit: 9, batch_flush_timeout: 5 })
    await publish([anOrder(1)])
    await clock.advance(4_999)
    await publish([anOrder(2)])
    await clock.advance(1)
    await publish([anOrder(3)])
    expect(numbers(await stream.batch())).toEqual(['order-1', 'order-2'])
  })

  it('wait for the flush timeout anew after each batch', async ({
    clock,
    subscribe,
    publish,
    openStream,
  }) => {
    const stream = await openStream(await subscribe(), { batch_limit: 2, batch_flush_timeout: 5 })
    await clock.advance(4_000)
    await publish(orders(1, 3))
    await clock.advance(4_999)
    await publish([anOrder(4)])
    expect((await stream.batches(2)).map(numbers)).toEqual([
      ['order-1', 'order-2'],
      ['order-3', 'order-4'],
    ])
  })

  it('hold events of a limited span of time when asked', async ({
    clock,
    subscribe,
    publish,
    openStream,
  }) => {
    const tuning = { batch_limit: 9, batch_timespan: 10, batch_flush_timeout: 60 }
    const stream = await openStream(await subscribe(), tuning)
    for (const n of [1, 2, 3]) {
      await publish([anOrder(n)])
      await clock.advance(6_000)
    }
    expect(numbers(await stream.batch())).toEqual(['order-1', 'order-2'])
  })

  it('begin a new span of time when they are full', async ({ clock, subscribe, publish, openStream }) => {
    const tuning = { batch_limit: 2, batch_timespan: 10, batch_flush_timeout: 60 }
    const stream = await openStream(await subscribe(), tuning)
    await clock.advance(5_000)
    await publish(orders(1, 3))
    expect(numbers(await stream.batch())).toEqual(['order-1', 'order-2'])
    await clock.advance(10_000)
    await publish([anOrder(4)])
    expect(numbers(await stream.batch())).toEqual(['order-3'])
  })

  it('begin a new span of time when their time is up', async ({ clock, subscribe, publish, openStream }) => {
    const tuning = { batch_limit: 9, batch_timespan: 10, batch_flush_timeout: 20 }
    const stream = await openStream(await subscribe(), tuning)
    await clock.advance(20_000)
    expect((await stream.batch()).events).toBeUndefined()
    await clock.advance(6_000)
    await publish([anOrder(1)])
    await clock.advance(4_000)
    await publish([anOrder(2)])
    expect(numbers(await stream.batch())).toEqual(['order-1'])
  })

  it('never mix partitions', async ({ subscribe, publish, openStream }) => {
    const subscription = await subscribe({ ...partitions(2), ...chosenPartition })
    await publish([anOrderIn('0', 1), anOrderIn('1', 2), anOrderIn('0', 3), anOrderIn('1', 4)])
    const stream = await openStream(subscription, { batch_limit: 2 })
    const batches = (await stream.batches(2)).map((batch) => [batch.cursor.partition, ...numbers(batch)])
    expect(batches.toSorted()).toEqual([
      ['0', 'order-1', 'order-3'],
      ['1', 'order-2', 'order-4'],
    ])
  })

  it('come from every event type of the subscription', async (world) => {
    for (const name of ['a.created', 'b.created']) await world.createEventType({ name })
    const subscription = await world.createSubscription({ event_types: ['a.created', 'b.created'] })
    const stream = await world.openStream(subscription)
    await world.publish([anOrder(1)], 'a.created')
    await world.publish([anOrder(2)], 'b.created')
    const eventTypes = (await stream.batches(2)).map(({ cursor }) => cursor.event_type)
    expect(eventTypes).toEqual(['a.created', 'b.created'])
  })
})

contract('keep-alive batches', (it) => {
  it('come after each flush timeout without events', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 5 })
    await clock.advance(15_000)
    expect((await stream.batches(3)).map(({ events }) => events)).toEqual([undefined, undefined, undefined])
  })

  it('end the stream when there are as many in a row as agreed', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 5, stream_keep_alive_limit: 2 })
    await clock.advance(60_000)
    expect(await stream.rest()).toHaveLength(2)
  })

  it('are counted from the last event on', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 5, stream_keep_alive_limit: 2 })
    await clock.advance(5_000)
    await publish([anOrder(1)])
    await clock.advance(10_000)
    const sizes = (await stream.batches(4)).map(({ events }) => events?.length)
    expect(sizes).toEqual([undefined, 1, undefined, undefined])
  })
})

contract('keep-alive batches of several partitions', (it) => {
  it('end the stream when every partition has as many as agreed', async (world) => {
    const subscription = await world.subscribe({ ...partitions(2), ...chosenPartition })
    const stream = await world.openStream(subscription, {
      batch_flush_timeout: 5,
      stream_keep_alive_limit: 2,
    })
    await world.clock.advance(5_000)
    await world.publish([anOrderIn('0', 1)])
    await world.clock.advance(5_000)
    await world.publish([anOrderIn('0', 2)])
    const sizes = (await stream.batches(6)).map(({ events }) => events?.length ?? 0)
    expect(sizes).toEqual([0, 0, 1, 0, 0, 1])
  })
})

contract('uncommitted events', (it) => {
  it('hold back further events at their agreed number', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { max_uncommitted_events: 2, batch_flush_timeout: 5 })
    await publish(orders(1, 3))
    await clock.advance(5_000)
    const sizes = (await stream.batches(3)).map(({ events }) => events?.length)
    expect(sizes).toEqual([1, 1, undefined])
  })

  it('are ten at most unless agreed otherwise', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 5 })
    await publish(orders(1, 12))
    await clock.advance(5_000)
    const sizes = (await stream.batches(11)).map(({ events }) => events?.length)
    expect(sizes).toEqual([...Array.from({ length: 10 }, () => 1), undefined])
  })

  it('make room for others once committed', async ({ subscribe, publish, openStream, commit }) => {
    const stream = await openStream(await subscribe(), { max_uncommitted_events: 2 })
    await publish(orders(1, 3))
    const [first] = await stream.batches(2)
    await commit(stream, ...(first ? [first.cursor] : []))
    expect(numbers(await stream.batch())).toEqual(['order-3'])
  })

  it('limit the size of a batch', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { max_uncommitted_events: 2, batch_limit: 5 })
    await publish(orders(1, 5))
    expect(numbers(await stream.batch())).toEqual(['order-1', 'order-2'])
  })

  it('are counted over all partitions', async (world) => {
    const subscription = await world.subscribe({ ...partitions(2), ...chosenPartition })
    await world.publish([anOrderIn('0', 1), anOrderIn('0', 2), anOrderIn('1', 3), anOrderIn('1', 4)])
    const stream = await world.openStream(subscription, { max_uncommitted_events: 3, batch_flush_timeout: 5 })
    await world.clock.advance(5_000)
    const sizes = (await stream.batches(5)).map(({ events }) => events?.length ?? 0)
    expect(sizes).toEqual([1, 1, 1, 0, 0])
  })

  it('end the stream when the commit timeout has passed', async ({
    clock,
    subscribe,
    publish,
    openStream,
  }) => {
    const stream = await openStream(await subscribe(), { commit_timeout: 5 })
    await publish([anOrder(1)])
    await clock.advance(5_000)
    const [batch, last, ...more] = await stream.rest()
    expect(batch && numbers(batch)).toEqual(['order-1'])
    expect([last?.events, last?.info?.debug, more]).toEqual([undefined, 'Commit timeout reached', []])
  })

  it('have a commit timeout from the first of them on', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { commit_timeout: 5 })
    await clock.advance(20_000)
    await publish([anOrder(1)])
    await clock.advance(4_999)
    await publish([anOrder(2)])
    await clock.advance(1)
    const debug = (await stream.rest()).map(({ info }) => info?.debug)
    expect(debug).toEqual(['Stream started', undefined, 'Commit timeout reached'])
  })

  it('have a commit timeout that each commit renews', async ({
    clock,
    subscribe,
    publish,
    openStream,
    commit,
  }) => {
    const stream = await openStream(await subscribe(), { commit_timeout: 5 })
    await publish(orders(1, 2))
    const [first] = await stream.batches(2)
    await clock.advance(4_999)
    await commit(stream, ...(first ? [first.cursor] : []))
    await clock.advance(4_999)
    await publish([anOrder(3)])
    expect(numbers(await stream.batch())).toEqual(['order-3'])
  })

  it('have no commit timeout once all are committed', async ({
    clock,
    subscribe,
    publish,
    openStream,
    commit,
  }) => {
    const stream = await openStream(await subscribe(), { commit_timeout: 5 })
    await publish([anOrder(1)])
    await commit(stream, (await stream.batch()).cursor)
    await clock.advance(20_000)
    await publish([anOrder(2)])
    expect(numbers(await stream.batch())).toEqual(['order-2'])
  })
})
