import { createClient, createProducer, type EventTypeListOptions, type Fetch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import {
  baseUrl,
  createWorld,
  ORDER_PLACED,
  type Order,
  orderPlaced,
  orders,
  problem,
  whileTimePasses,
} from './world.ts'

describe('event types', () => {
  it('are created, read, listed and deleted', async () => {
    const { client } = await createWorld()
    const { eventTypes } = client()
    await eventTypes.create({ ...orderPlaced(), name: 'order.order-paid' })
    expect(await eventTypes.get('order.order-paid')).toMatchObject({
      name: 'order.order-paid',
      category: 'business',
    })
    expect((await eventTypes.list()).map(({ name }) => name).sort()).toEqual([
      'nakadi.dead.letter.queue',
      'order.order-paid',
      ORDER_PLACED,
    ])
    await eventTypes.delete('order.order-paid')
    await expect(eventTypes.get('order.order-paid')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are not created twice', async () => {
    const { client } = await createWorld()
    await expect(client().eventTypes.create(orderPlaced())).rejects.toMatchObject({
      code: 'conflict',
      outcome: 'rejected',
    })
  })

  it('are listed by owner and by writer', async () => {
    const { client } = await createWorld()
    const { eventTypes } = client()
    const billing = [{ data_type: 'service', value: 'billing' }]
    const authorization = { admins: billing, readers: billing, writers: billing }
    await eventTypes.create({ ...orderPlaced(), name: 'a', owning_application: 'checkout' })
    await eventTypes.create({ ...orderPlaced(), name: 'b', authorization })
    const names = async (options: EventTypeListOptions) =>
      (await eventTypes.list(options)).map(({ name }) => name)
    expect(await names({ owningApplication: 'checkout' })).toEqual(['a'])
    expect(await names({ writer: { data_type: 'service', value: 'billing' } })).toEqual(['b'])
  })

  it('get more partitions', async () => {
    const { client } = await createWorld({ partitions: 1 })
    await client().partitions.setCount(ORDER_PLACED, 2)
    expect(await client().partitions.list(ORDER_PLACED)).toHaveLength(2)
  })

  it('have partitions', async () => {
    const { client } = await createWorld({ partitions: 3 })
    const { partitions } = client()
    const [first, ...others] = await partitions.list(ORDER_PLACED)
    expect([first?.partition, others.length]).toEqual(['0', 2])
    expect(await partitions.get(ORDER_PLACED, '0')).toEqual(first)
  })

  it('have partitions that count the events after a position', async () => {
    const { client } = await createWorld()
    await createProducer<Order>(client(), ORDER_PLACED, { lingerMs: 0 }).publish(orders(1, 3))
    const { partitions } = client()
    const [partition] = await partitions.list(ORDER_PLACED)
    const consumedOffset = partition?.oldest_available_offset ?? ''
    const cursors = [{ partition: '0', offset: consumedOffset }]
    expect(await partitions.list(ORDER_PLACED, { cursors })).toMatchObject([{ unconsumed_events: 2 }])
    expect(await partitions.get(ORDER_PLACED, '0', { consumedOffset })).toMatchObject({
      unconsumed_events: 2,
    })
  })
})

describe('subscriptions', () => {
  const wanted = { owning_application: 'billing', event_types: [ORDER_PLACED] }

  it('are created once: creating them again gets the one that exists', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const created = await subscriptions.createOrGet(wanted)
    expect(await subscriptions.createOrGet({ ...wanted, read_from: 'begin' })).toEqual(created)
    expect(await subscriptions.get(created.id)).toEqual(created)
  })

  it('are changed in what may change', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const created = await subscriptions.createOrGet(wanted)
    const annotations = { note: 'kept' }
    await subscriptions.put(created.id, { ...created, annotations })
    const changed = await subscriptions.update(created.id, { labels: { team: 'billing' } })
    expect(changed).toMatchObject({ labels: { team: 'billing' }, annotations })
    expect(await subscriptions.get(created.id)).toEqual(changed)
  })

  it('are ensured: an existing one gets the labels that are wanted, and keeps the rest (19)', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const created = await subscriptions.ensure({
      ...wanted,
      annotations: { note: 'kept' },
      labels: { stage: 'live' },
    })
    const ensured = await subscriptions.ensure({ ...wanted, labels: { team: 'billing' } })
    expect(ensured).toMatchObject({
      id: created.id,
      labels: { stage: 'live', team: 'billing' },
      annotations: { note: 'kept' },
    })
  })

  it('are the same for two who create one at the same time, although the broker answers 409 (19)', async () => {
    const { clock, fetch } = await createWorld()
    let refusals = 2
    const racing: Fetch = async (url, init) =>
      init.method === 'POST' && refusals-- > 0 ? problem(409, 'somebody was faster') : fetch(url, init)
    const client = createClient({ baseUrl, clock, fetch: racing })
    const created = await whileTimePasses(clock, client.subscriptions.createOrGet(wanted))
    expect([created.event_types, refusals]).toEqual([[ORDER_PLACED], -1])
  })

  for (const paging of ['offset', 'token'] as const) {
    it(`are listed page by page, by ${paging}`, async () => {
      const { client } = await createWorld()
      const { subscriptions } = client()
      const groups = ['a', 'b', 'c', 'd', 'e']
      for (const consumer_group of groups) await subscriptions.createOrGet({ ...wanted, consumer_group })
      await subscriptions.createOrGet({ ...wanted, owning_application: 'other' })
      const filter = { owningApplication: 'billing', eventTypes: [ORDER_PLACED], pageSize: 2, paging }
      const listed: string[] = []
      for await (const { consumer_group } of subscriptions.list(filter)) listed.push(consumer_group)
      expect(listed.sort()).toEqual(groups)
    })
  }

  it('are listed with who streams them, and by reader', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const reader = { data_type: 'service', value: 'billing' }
    await subscriptions.createOrGet(wanted)
    await subscriptions.createOrGet({
      ...wanted,
      consumer_group: 'private',
      authorization: { admins: [reader], readers: [reader] },
    })
    for await (const { consumer_group, status } of subscriptions.list({ reader, showStatus: true })) {
      expect([consumer_group, status]).toEqual(['private', expect.any(Array)])
    }
  })

  it('refuse a page size that the broker would refuse', async () => {
    const { client } = await createWorld()
    expect(() => client().subscriptions.list({ pageSize: 1001 })).toThrow(
      /pageSize must be 1 .. 1000, not 1001/,
    )
  })

  it('have stats, cursors, and an end', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const { id } = await subscriptions.createOrGet(wanted)
    expect(await subscriptions.stats(id, { showTimeLag: true })).toMatchObject({
      items: [{ event_type: ORDER_PLACED }],
    })
    expect(await subscriptions.cursors(id)).toEqual([])
    await subscriptions.delete(id)
    await expect(subscriptions.get(id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a deletion', () => {
  it('that was carried out although its answer was lost is a success', async () => {
    const { clock, client, fetch } = await createWorld()
    let losses = 1
    const losing: Fetch = async (url, init) => {
      const response = await fetch(url, init)
      if (losses-- > 0) throw new TypeError('fetch failed')
      return response
    }
    const { eventTypes } = createClient({ baseUrl, clock, fetch: losing })
    await whileTimePasses(clock, eventTypes.delete(ORDER_PLACED))
    await expect(client().eventTypes.get(ORDER_PLACED)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('of what never was is none', async () => {
    const { client } = await createWorld()
    await expect(client().eventTypes.delete('no.such')).rejects.toMatchObject({ code: 'not-found' })
  })
})
