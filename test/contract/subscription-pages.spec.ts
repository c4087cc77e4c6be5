import type { Subscription, SubscriptionList } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { ORDER_PLACED, partitions } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

async function subscriptions({ createEventType, createSubscription }: World, count: number) {
  await createEventType()
  const created: Subscription[] = []
  for (let n = 0; n < count; n += 1) created.push(await createSubscription({ consumer_group: `group-${n}` }))
  return created.map(({ id }) => id).sort()
}

async function list({ fetch }: World, path: string) {
  const { items, _links } = await jsonOf<SubscriptionList>(await fetch(path))
  return { ids: items.map(({ id }) => id), prev: _links.prev?.href, next: _links.next?.href }
}

contract('listing subscriptions with a token', (it) => {
  it('answers them by id, a page after the other, and leads back', async (world) => {
    const [a = '', b = '', c = ''] = await subscriptions(world, 3)
    const first = await list(world, '/subscriptions?token=new&limit=2')
    expect(first).toEqual({ ids: [a, b], prev: undefined, next: `/subscriptions?token=W${c}&limit=2` })
    const second = await list(world, first.next ?? '')
    expect(second).toEqual({ ids: [c], prev: `/subscriptions?token=B${c}&limit=2`, next: undefined })
    expect(await list(world, second.prev ?? '')).toEqual({
      ids: [a, b],
      prev: undefined,
      next: `/subscriptions?token=W${c}&limit=2`,
    })
  })

  it('repeats the other parameters in its links', async (world) => {
    const [, b = ''] = await subscriptions(world, 2)
    const query = `token=new&limit=1&show_status=true&owning_application=billing&event_type=${ORDER_PLACED}`
    expect((await list(world, `/subscriptions?${query}`)).next).toBe(
      `/subscriptions?event_type=${ORDER_PLACED}&owning_application=billing&show_status=true&token=W${b}&limit=1`,
    )
  })

  it('happens without one while the feature is on', async (world) => {
    const [a = '', b = ''] = await subscriptions(world, 2)
    await world.post('/settings/features', { feature: 'token_subscriptions_iteration', enabled: true })
    expect((await list(world, '/subscriptions?limit=1')).next).toBe(`/subscriptions?token=W${b}&limit=1`)
    expect(await list(world, '/subscriptions?limit=1&offset=1')).toMatchObject({
      prev: '/subscriptions?offset=0&limit=1',
    })
    expect([a, b]).toEqual((await list(world, '/subscriptions')).ids)
  })

  it('is refused with 400 for a token that was made up', async ({ fetch }) => {
    const response = await fetch('/subscriptions?token=X1')
    expect(response.status).toBe(400)
    expect(await detailOf(response)).toBe('Unknown token X1')
  })
})

contract('the filters of the list of subscriptions', (it) => {
  it('find those that somebody may read', async (world) => {
    await world.createEventType()
    const reader = { data_type: 'service', value: 'stups:billing' }
    const authorization = { admins: [reader], readers: [reader] }
    const { id } = await world.createSubscription({ consumer_group: 'mine', authorization })
    await world.createSubscription({ consumer_group: 'open' })
    expect(await list(world, '/subscriptions?reader=service:stups:billing&limit=1')).toEqual({
      ids: [id],
      prev: undefined,
      next: '/subscriptions?reader=service:stups:billing&offset=1&limit=1',
    })
    expect((await list(world, '/subscriptions?reader=service:other')).ids).toEqual([])
  })

  for (const query of ['reader=billing', 'limit=many', 'offset=few', 'show_status=maybe']) {
    it(`are refused with 400 when they say ${query}`, async ({ fetch }) => {
      expect((await fetch(`/subscriptions?${query}`)).status).toBe(400)
    })
  }
})

contract('the status in the list of subscriptions', (it) => {
  const status = async ({ fetch }: World) => {
    const { items } = await jsonOf<SubscriptionList>(await fetch('/subscriptions?show_status=true'))
    return items[0]?.status
  }

  it('tells who streams which partition, without counting events', async (world) => {
    const subscription = await world.subscribe(partitions(2))
    const unassigned = (partition: string) => ({ partition, state: 'unassigned', stream_id: '' })
    expect(await status(world)).toEqual([
      { event_type: ORDER_PLACED, partitions: [unassigned('0'), unassigned('1')] },
    ])
    const { id } = await world.openStream(subscription)
    const assigned = (partition: string) => ({
      partition,
      state: 'assigned',
      stream_id: id,
      assignment_type: 'auto',
    })
    expect(await status(world)).toEqual([
      { event_type: ORDER_PLACED, partitions: [assigned('0'), assigned('1')] },
    ])
  })

  it('is left out unless it is asked for', async ({ subscribe, fetch }) => {
    await subscribe()
    const { items } = await jsonOf<SubscriptionList>(await fetch('/subscriptions'))
    expect(items[0]).not.toHaveProperty('status')
  })
})
