import { describe, expect, it } from 'vitest'
import { createWorld, ORDER_PLACED, orderPlaced } from './world.ts'

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

  it('are changed', async () => {
    const { client } = await createWorld()
    const { eventTypes } = client()
    const before = await eventTypes.get(ORDER_PLACED)
    await eventTypes.update(ORDER_PLACED, { ...before, owning_application: 'checkout' })
    expect(await eventTypes.get(ORDER_PLACED)).toMatchObject({
      ...before,
      owning_application: 'checkout',
      updated_at: expect.any(String),
    })
  })

  it('get more partitions', async () => {
    const { client } = await createWorld({ partitions: 1 })
    await client().partitions.setCount(ORDER_PLACED, 2)
    expect(await client().partitions.list(ORDER_PLACED)).toHaveLength(2)
  })

  it('have partitions', async () => {
    const { client } = await createWorld({ partitions: 3 })
    expect((await client().partitions.list(ORDER_PLACED)).map(({ partition }) => partition)).toEqual([
      '0',
      '1',
      '2',
    ])
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
    await subscriptions.update(created.id, { ...created, labels: { team: 'billing' } })
    expect(await subscriptions.get(created.id)).toMatchObject({ labels: { team: 'billing' } })
  })

  it('are listed page by page', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const groups = ['a', 'b', 'c', 'd', 'e']
    for (const consumer_group of groups) await subscriptions.createOrGet({ ...wanted, consumer_group })
    await subscriptions.createOrGet({ ...wanted, owning_application: 'other' })
    const listed: string[] = []
    for await (const { consumer_group } of subscriptions.list({
      owningApplication: 'billing',
      pageSize: 2,
    })) {
      listed.push(consumer_group)
    }
    expect(listed.sort()).toEqual(groups)
  })

  it('have stats, cursors, and an end', async () => {
    const { client } = await createWorld()
    const { subscriptions } = client()
    const { id } = await subscriptions.createOrGet(wanted)
    expect(await subscriptions.stats(id)).toMatchObject({ items: [{ event_type: ORDER_PLACED }] })
    expect(await subscriptions.cursors(id)).toEqual([])
    await subscriptions.delete(id)
    await expect(subscriptions.get(id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
