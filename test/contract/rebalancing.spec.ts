import { expect } from 'vitest'
import { anOrderIn, chosenPartition, partitions } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const twoPartitions = { ...partitions(2), ...chosenPartition }

contract('a subscription with two partitions', (it) => {
  it('gives both to the only stream', async ({ subscribe, openStream, owners }) => {
    const subscription = await subscribe(twoPartitions)
    const { id } = await openStream(subscription)
    expect(await owners(subscription)).toEqual([id, id])
  })

  it('gives one to each of two streams', async ({ subscribe, openStream, until }) => {
    const subscription = await subscribe(twoPartitions)
    const [first, second] = [await openStream(subscription), await openStream(subscription)]
    await until.owners(subscription, (ids) => ids.includes(first.id) && ids.includes(second.id))
  })

  it('refuses a third stream', async ({ subscribe, openStream, requestStream }) => {
    const subscription = await subscribe(twoPartitions)
    for (const _ of ['first', 'second']) await openStream(subscription)
    const response = await requestStream(subscription)
    expect(response.status).toBe(409)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      title: 'Conflict',
      status: 409,
      detail: `No free slots for streaming available for subscription ${subscription.id}. Total slots: 2`,
    })
  })

  it('gives all to the stream that is left', async ({ subscribe, openStream, until }) => {
    const subscription = await subscribe(twoPartitions)
    const [first, second] = [await openStream(subscription), await openStream(subscription)]
    first.abort()
    await until.owners(subscription, (ids) => ids.every((id) => id === second.id))
  })

  it('has a slot again when a stream has gone', async ({ subscribe, openStream, until }) => {
    const subscription = await subscribe(twoPartitions)
    const [first] = [await openStream(subscription), await openStream(subscription)]
    first.abort()
    await until.owners(subscription, (ids) => !ids.includes(first.id))
    expect((await openStream(subscription)).response.status).toBe(200)
  })
})

contract('the shares of three streams in seven partitions', (it) => {
  it('are two, two and three', async ({ subscribe, openStream, until }) => {
    const subscription = await subscribe(partitions(7))
    for (const _ of ['first', 'second', 'third']) await openStream(subscription)
    await until.owners(subscription, (ids) => {
      const shares = [...new Set(ids)].map((id) => ids.filter((other) => other === id).length)
      return shares.toSorted().join() === '2,2,3'
    })
  })
})

contract('handing a partition over', (it) => {
  it('waits until what has been sent is committed', async (world) => {
    const { subscription, first, moving, cursor } = await handover(world)
    expect(moving).toMatchObject({ state: 'reassigning', stream_id: first.id })
    await world.commit(first, cursor)
    await world.until.stats(subscription, (all) => all.every(({ state }) => state === 'assigned'))
  })

  it('lets the new owner go on after the last commit', async (world) => {
    const { first, second, moving, cursor } = await handover(world)
    await world.publish([anOrderIn(moving.partition, 3)])
    await world.commit(first, cursor)
    const { events = [] } = await second.batch()
    expect(events.map(({ order_number }) => order_number)).toEqual(['order-3'])
  })

  it('stops sending from the partition to the old owner', async (world) => {
    const { first, moving, keptCursor } = await handover(world)
    await world.publish([anOrderIn(moving.partition, 3), anOrderIn(keptCursor.partition, 4)])
    const { events = [] } = await first.batch()
    expect(events.map(({ order_number }) => order_number)).toEqual(['order-4'])
  })

  it('closes an old owner that does not commit in time', async (world) => {
    const { subscription, first, second, moving } = await handover(world)
    await world.clock.advance(60_000)
    await first.rest()
    const [owner] = (await world.stats(subscription)).filter(
      ({ partition }) => partition === moving.partition,
    )
    expect(owner).toMatchObject({ state: 'assigned', stream_id: second.id })
  })
})

contract('an old owner that commits only elsewhere', (it) => {
  it('is closed all the same, without a remark', async (world) => {
    const { subscription, first, second, keptCursor } = await handover(world)
    await world.clock.advance(40_000)
    await world.commit(first, keptCursor)
    await world.clock.advance(60_000)
    expect((await first.rest()).flatMap(({ info }) => info?.debug ?? [])).toEqual([])
    await world.until.owners(subscription, (ids) => ids.every((id) => id === second.id))
  })
})

contract('the partition of a client that has gone', (it) => {
  it('returns after its commit timeout, with what was not committed', async (world) => {
    const subscription = await world.subscribe(chosenPartition)
    await world.publish([anOrderIn('0', 1)])
    const gone = await world.openStream(subscription, { commit_timeout: 5 })
    const { cursor } = await gone.batch()
    gone.abort()
    await world.clock.advance(4_999)
    expect((await world.requestStream(subscription)).status).toBe(409)
    await world.clock.advance(1)
    const next = await world.openStream(subscription)
    expect((await next.batch()).cursor.offset).toBe(cursor.offset)
  })

  it('returns at once when everything is committed', async (world) => {
    const subscription = await world.subscribe(twoPartitions)
    await world.publish([anOrderIn('0', 1)])
    const gone = await world.openStream(subscription)
    const { cursor } = await gone.batch()
    gone.abort()
    // The partition without uncommitted events returns first, as soon as the broker has noticed.
    await world.until.owners(subscription, (ids) => !ids.every((id) => id === gone.id))
    expect((await world.stats(subscription))[0]).toMatchObject({ partition: '0', stream_id: gone.id })
    expect((await world.commit(gone, cursor)).status).toBe(204)
    await world.until.owners(subscription, (ids) => !ids.includes(gone.id))
  })
})

/**
 * A first stream has received one event of each of two partitions and committed none, when a second one opens:
 * `moving` is the partition that it is going to get, `cursor` what is left to commit there, and `keptCursor` what is
 * left to commit in the other partition.
 */
async function handover(world: World) {
  const subscription = await world.subscribe(twoPartitions)
  await world.publish([anOrderIn('0', 1), anOrderIn('1', 2)])
  const first = await world.openStream(subscription)
  const sent = (await first.batches(2)).map(({ cursor }) => cursor)
  const second = await world.openStream(subscription)
  const moving = (await world.stats(subscription)).find(({ state }) => state === 'reassigning')
  const cursor = sent.find(({ partition }) => partition === moving?.partition)
  const keptCursor = sent.find(({ partition }) => partition !== moving?.partition)
  if (!moving || !cursor || !keptCursor) throw new Error('no partition is being reassigned')
  return { subscription, first, second, moving, cursor, keptCursor }
}
