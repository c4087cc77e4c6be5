import type { SubscriptionCursor, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { BEFORE_FIRST, ORDER_PLACED, offset, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { WithId, World } from './world.ts'

async function reset({ fetch }: World, { id }: WithId, items: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ items })
  return await fetch(`/subscriptions/${id}/cursors`, { method: 'PATCH', headers, body })
}

async function committed({ fetch }: World, { id }: WithId): Promise<readonly string[]> {
  const response = await fetch(`/subscriptions/${id}/cursors`)
  const { items } = await jsonOf<{ items: readonly SubscriptionCursor[] }>(response)
  return items.map((cursor) => cursor.offset)
}

function cursor(overrides: Partial<SubscriptionCursorWithoutToken> = {}): SubscriptionCursorWithoutToken {
  return { event_type: ORDER_PLACED, partition: '0', offset: offset(0), ...overrides }
}

contract('resetting cursors', (it) => {
  it('moves a subscription forwards and backwards', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 3))
    expect((await reset(world, subscription, [cursor({ offset: offset(1) })])).status).toBe(204)
    expect(await committed(world, subscription)).toEqual([offset(1)])
    await reset(world, subscription, [cursor({ offset: BEFORE_FIRST })])
    const stream = await world.openStream(subscription)
    expect(numbers(await stream.batch())).toEqual(['order-1'])
  })

  it('sets the positions of a subscription that has had no stream', async (world) => {
    const subscription = await world.subscribe(partitions(2))
    expect(await committed(world, subscription)).toEqual([])
    const response = await reset(world, subscription, [])
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await committed(world, subscription)).toEqual([BEFORE_FIRST, BEFORE_FIRST])
  })

  it('takes BEGIN for the position before the first event', async (world) => {
    const subscription = await world.subscribe()
    await reset(world, subscription, [cursor({ offset: 'BEGIN' })])
    expect(await committed(world, subscription)).toEqual([BEFORE_FIRST])
  })

  it('leaves the partitions that it does not name where they are', async (world) => {
    const subscription = await world.subscribe(partitions(2))
    await reset(world, subscription, [cursor({ partition: '1', offset: BEFORE_FIRST })])
    expect(await committed(world, subscription)).toEqual([BEFORE_FIRST, BEFORE_FIRST])
  })

  it('closes the streams with a message before it answers', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 1))
    const stream = await world.openStream(subscription)
    await world.commit(stream, (await stream.batch()).cursor)
    expect((await reset(world, subscription, [cursor({ offset: BEFORE_FIRST })])).status).toBe(204)
    expect((await stream.rest()).map(({ info }) => info?.debug)).toEqual(['Resetting subscription cursors'])
    expect(await world.owners(subscription)).toEqual([null])
  })

  it('waits for the commits of what was sent, and refuses streams and resets meanwhile', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 1))
    const stream = await world.openStream(subscription)
    const { cursor: sent } = await stream.batch()
    const resetting = reset(world, subscription, [cursor({ offset: BEFORE_FIRST })])
    await stream.batch()

    const second = await reset(world, subscription, [cursor()])
    expect(second.status).toBe(409)
    expect(await detailOf(second)).toBe('Cursors reset is already in progress for provided subscription')
    expect((await world.commit(stream, sent)).status).toBe(204)
    expect((await resetting).status).toBe(204)
    expect(await committed(world, subscription)).toEqual([BEFORE_FIRST])
  })

  it('refuses streams until it is done', async (world) => {
    const subscription = await world.subscribe(partitions(2))
    await world.publish(orders(1, 1))
    const stream = await world.openStream(subscription)
    const { cursor: sent } = await stream.batch()
    const resetting = reset(world, subscription, [cursor({ offset: BEFORE_FIRST })])
    await stream.batch()
    const refused = await world.requestStream(subscription)
    expect(refused.status).toBe(409)
    expect(await detailOf(refused)).toBe('Resetting subscription cursors request is still in progress')
    await world.commit(stream, sent)
    await resetting
    expect((await world.requestStream(subscription)).status).toBe(200)
  })

  it('goes on without the commits when the commit timeout has passed', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 1))
    const stream = await world.openStream(subscription, { commit_timeout: 5 })
    await stream.batch()
    const resetting = reset(world, subscription, [cursor()])
    await stream.batch()
    await world.clock.advance(5000)
    expect((await resetting).status).toBe(204)
  })
})

contract('a reset of cursors', (it) => {
  const refusals = [
    ['no list', undefined, 'Field "items" must not be null\n'],
    [
      'a cursor without an offset',
      [{ event_type: ORDER_PLACED, partition: '0' }],
      'Field "items[0].offset" must not be null\n',
    ],
    ['an unknown event type', [cursor({ event_type: 'x' })], 'EventType "x" does not exist.'],
    ['a partition that there is not', [cursor({ partition: '7' })], 'non existing partition 7'],
    ['an offset that is none', [cursor({ offset: 'x' })], 'invalid offset x for partition 0'],
    [
      'an offset beyond the end',
      [cursor({ offset: offset(9) })],
      `offset ${offset(9)} for partition 0 event type order.placed is unavailable as retention time of data elapsed. PATCH partition offset with valid and available offset`,
    ],
  ] as const
  for (const [what, items, detail] of refusals) {
    it(`is refused with 422 for ${what}`, async (world) => {
      const subscription = await world.subscribe()
      const response = await reset(world, subscription, items)
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }

  it('is refused with 422 for an event type of another subscription', async (world) => {
    const subscription = await world.subscribe()
    await world.createEventType({ name: 'order.paid' })
    const response = await reset(world, subscription, [cursor({ event_type: 'order.paid' })])
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe('Event type does not belong to subscription: [order.paid]')
  })

  it('is refused with 404 when there is no such subscription', async (world) => {
    const response = await reset(world, { id: 'none' }, [])
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })

  it('is refused with 400 when its cursors are no list', async (world) => {
    const subscription = await world.subscribe()
    expect((await reset(world, subscription, 7)).status).toBe(400)
  })
})
