import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { aSubscription, ORDER_PLACED, orders } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import { callers, OPERATOR, user } from './tokens.ts'
import type { World } from './world.ts'

const DAY = 86_400_000

contract('a blocked consumer', (it) => {
  const block = async ({ fetch }: World, entry: string) => {
    expect((await fetch(`/settings/blacklist/${entry}`, { method: 'PUT' })).status).toBe(204)
  }

  for (const entry of [`CONSUMER_ET/${ORDER_PLACED}`, 'CONSUMER_APP/unauthenticated']) {
    it(`is told so on its streams, which close: ${entry}`, async (world) => {
      const subscription = await world.subscribe()
      await world.publish(orders(1, 1))
      const stream = await world.openStream(subscription)
      const { cursor } = await stream.batch()
      await block(world, entry)
      expect((await stream.batch()).info?.debug).toBe('Consumption is blocked')
      await world.until.owners(subscription, ([owner]) => owner === stream.id)
      await world.fetch(`/settings/blacklist/${entry}`, { method: 'DELETE' })
      await world.commit(stream, cursor)
      expect(await stream.rest()).toEqual([])
    })
  }

  it('gets no stream, no cursors and no commit', async (world) => {
    const subscription = await world.subscribe()
    const stream = await world.openStream(subscription)
    await block(world, `CONSUMER_ET/${ORDER_PLACED}`)
    const refused = await world.requestStream(subscription)
    expect([refused.status, await detailOf(refused)]).toEqual([403, 'Application or event type is blocked'])
    const cursors = await world.fetch(`/subscriptions/${subscription.id}/cursors`)
    expect([cursors.status, await detailOf(cursors)]).toEqual([403, 'Application or subscription is blocked'])
    expect((await world.commit(stream)).status).toBe(403)
  })
})

contract(
  'a consumer that loses its rights',
  (it) => {
    it('loses its streams at once, without a message', async (world) => {
      const [operator, reader] = [world, world.as('reader')]
      await operator.createEventType()
      const authorization = { admins: [user(OPERATOR)], readers: [user('reader')] }
      const subscription = await operator.createSubscription({ authorization })
      const stream = await reader.openStream(subscription, { batch_flush_timeout: 1 })
      const others = { authorization: { ...authorization, readers: [user('other')] } }
      const body = JSON.stringify(aSubscription(others))
      const headers = { 'content-type': 'application/json' }
      const path = `/subscriptions/${subscription.id}`
      expect((await operator.fetch(path, { method: 'PUT', headers, body })).status).toBe(204)
      expect(await stream.rest()).toEqual([])
    })
  },
  { ...callers(['reader', 'other']), token: OPERATOR },
)

contract('a stream that starts after events have expired', (it) => {
  it('goes on with the oldest event and tells how many are lost', async (world) => {
    const subscription = await world.subscribe({ options: { retention_time: 2 * DAY } })
    await world.publish(orders(1, 3))
    const first = await world.openStream(subscription)
    await world.commit(first, (await first.batch()).cursor)
    first.abort()
    await world.clock.advance(3 * DAY)
    await world.publish(orders(4, 4))
    const batch = await (await world.openStream(subscription)).batch()
    expect(numbers(batch)).toEqual(['order-4'])
    expect(batch.info?.debug).toBe('Stream started; skipped events due to retention time passed, count: 2')
  })
})

contract('a stream that gets no partition', (it) => {
  it('ends after two commit timeouts, without a message', async (world) => {
    const subscription = await world.subscribe()
    const auto = await world.openStream(subscription)
    const partitions = [{ event_type: ORDER_PLACED, partition: '0' }]
    const direct = await world.openStream(subscription, { partitions, commit_timeout: 5 })
    expect(await world.owners(subscription)).toEqual([auto.id])
    await world.clock.advance(10_000)
    expect(await direct.rest()).toEqual([])
    expect((await world.commit(direct)).status).toBe(422)
  })
})
