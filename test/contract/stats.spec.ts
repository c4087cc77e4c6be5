import type { SubscriptionStats } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { aSubscription, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'

contract('the stats of a subscription', (it) => {
  it('count nothing before the first stream', async ({ subscribe, fetch }) => {
    const { id } = await subscribe()
    const response = await fetch(`/subscriptions/${id}/stats`)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(
      '{"items":[{"event_type":"order.placed","partitions":[{"partition":"0","state":"unassigned","stream_id":""}]}]}',
    )
  })

  it('tell who streams a partition and how much is left', async ({
    subscribe,
    publish,
    openStream,
    fetch,
  }) => {
    const subscription = await subscribe()
    await publish(orders(1, 15))
    const stream = await openStream(subscription)
    expect(await (await fetch(`/subscriptions/${subscription.id}/stats`)).text()).toBe(
      `{"items":[{"event_type":"order.placed","partitions":[{"partition":"0","state":"assigned",` +
        `"unconsumed_events":15,"stream_id":"${stream.id}","assignment_type":"auto"}]}]}`,
    )
  })

  it('count what is not committed, whether sent or not', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 5))
    const stream = await world.openStream(subscription, { batch_limit: 2 })
    await world.commit(stream, (await stream.batch()).cursor)
    expect(await world.stats(subscription)).toMatchObject([{ unconsumed_events: 3 }])
  })

  it('keep the count when nobody streams', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 5))
    const stream = await world.openStream(subscription, { commit_timeout: 5 })
    await world.clock.advance(5_000)
    await stream.rest()
    expect(await world.stats(subscription)).toEqual([
      { partition: '0', state: 'unassigned', unconsumed_events: 5, stream_id: null },
    ])
  })

  it('tell how old the oldest unconsumed event is, when asked', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 1))
    const stream = await world.openStream(subscription)
    const { cursor } = await stream.batch()
    await world.clock.advance(42_500)
    const lag = async () => {
      const answer = await world.fetch(`/subscriptions/${subscription.id}/stats?show_time_lag=true`)
      return /"unconsumed_events":\d+,"consumer_lag_seconds":\d+/.exec(await answer.text())?.[0]
    }
    expect(await lag()).toBe('"unconsumed_events":1,"consumer_lag_seconds":42')
    await world.commit(stream, cursor)
    expect(await lag()).toBe('"unconsumed_events":0,"consumer_lag_seconds":0')
  })

  it('sort event types and partitions', async (world) => {
    for (const name of ['b.created', 'a.created']) await world.createEventType({ name, ...partitions(3) })
    const { id } = await world.createSubscription(aSubscription({ event_types: ['b.created', 'a.created'] }))
    const { items } = await jsonOf<SubscriptionStats>(await world.fetch(`/subscriptions/${id}/stats`))
    const sorted = items.map(({ event_type, partitions: all }) => [
      event_type,
      ...all.map(({ partition }) => partition),
    ])
    expect(sorted).toEqual([
      ['a.created', '0', '1', '2'],
      ['b.created', '0', '1', '2'],
    ])
  })

  it('are unknown with 404 when there is no such subscription', async ({ fetch }) => {
    const response = await fetch('/subscriptions/none/stats')
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })
})
