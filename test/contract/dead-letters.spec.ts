import type { NewSubscription, Subscription } from '@rioni/protocol'
import { expect } from 'vitest'
import { anEventType, ORDER_PLACED, offset, orders } from './builders.ts'
import { contract } from './contract.ts'
import { numbers, type OrderBatch } from './event-stream.ts'
import type { WithId, World } from './world.ts'

const STORE = 'nakadi.dead.letter.queue'

/** Annotations that give an event up after so many attempts. */
function giveUpAfter(
  count: number,
  policy: 'SKIP_EVENT' | 'DEAD_LETTER_QUEUE',
): Pick<NewSubscription, 'annotations'> {
  return {
    annotations: {
      'nakadi.zalando.org/subscription-max-event-send-count': String(count),
      'nakadi.zalando.org/subscription-unprocessable-event-policy': policy,
    },
  }
}

/** A consumer that reads one batch and never commits it. */
async function fail(world: World, subscription: WithId): Promise<OrderBatch> {
  const stream = await world.openStream(subscription, { batch_limit: 3, commit_timeout: 1 })
  const batch = await stream.batch()
  await world.clock.advance(1000)
  await stream.rest()
  return batch
}

/** A subscription that gives up after two attempts, and has failed on the first of five orders until it does. */
async function failedOften(world: World, policy: 'SKIP_EVENT' | 'DEAD_LETTER_QUEUE'): Promise<Subscription> {
  await world.createEventType()
  const subscription = await world.createSubscription(giveUpAfter(2, policy))
  await world.publish(orders(1, 5))
  for (let attempt = 0; attempt < 4; attempt += 1) await fail(world, subscription)
  return subscription
}

contract('an event that consumers keep failing on', (it) => {
  it('is sent in full batches first, then alone, and then no more', async (world) => {
    await world.createEventType()
    const subscription = await world.createSubscription(giveUpAfter(3, 'SKIP_EVENT'))
    await world.publish(orders(1, 5))
    const batches: string[][] = []
    for (let attempt = 0; attempt < 7; attempt += 1) batches.push(numbers(await fail(world, subscription)))
    const full = ['order-1', 'order-2', 'order-3']
    expect(batches).toEqual([full, full, full, ['order-1'], ['order-1'], ['order-1'], ['order-2']])
  })

  it('is told of in the first batch', async (world) => {
    await world.createEventType()
    const subscription = await world.createSubscription(giveUpAfter(2, 'SKIP_EVENT'))
    await world.publish(orders(1, 5))
    const remarks: (string | undefined)[] = []
    for (let attempt = 0; attempt < 4; attempt += 1)
      remarks.push((await fail(world, subscription)).info?.debug)
    const tracking = (count: number, last: string | null) =>
      `Stream started; Auto DLQ failed commits tracking: {${ORDER_PLACED}:0 failedCommitsCount=${count} lastDeadLetterOffset=${last}}`
    expect(remarks).toEqual(['Stream started', tracking(1, null), tracking(2, null), tracking(1, offset(2))])
  })

  it('is followed by its batch one at a time, and then by full batches', async (world) => {
    const subscription = await failedOften(world, 'SKIP_EVENT')
    const stream = await world.openStream(subscription, { batch_limit: 3, batch_flush_timeout: 1 })
    const batches: string[][] = []
    for (let count = 0; count < 2; count += 1) {
      const batch = await stream.batch()
      batches.push(numbers(batch))
      await world.commit(stream, batch.cursor)
    }
    await world.clock.advance(1000)
    batches.push(numbers(await stream.batch()))
    expect(batches).toEqual([['order-2'], ['order-3'], ['order-4', 'order-5']])
  })

  it('is forgiven when it is committed after all', async (world) => {
    await world.createEventType()
    const subscription = await world.createSubscription(giveUpAfter(2, 'SKIP_EVENT'))
    await world.publish(orders(1, 4))
    await fail(world, subscription)
    const stream = await world.openStream(subscription, { stream_limit: 1 })
    await world.commit(stream, (await stream.batch()).cursor)
    await stream.rest()
    expect((await fail(world, subscription)).info?.debug).toBe('Stream started')
  })

  it('is forgiven when the cursors are reset', async (world) => {
    const subscription = await failedOften(world, 'SKIP_EVENT')
    const items = [{ event_type: ORDER_PLACED, partition: '0', offset: 'BEGIN' }]
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'PATCH', headers, body: JSON.stringify({ items }) }
    expect((await world.fetch(`/subscriptions/${subscription.id}/cursors`, init)).status).toBe(204)
    expect(numbers(await fail(world, subscription))).toEqual(['order-1', 'order-2', 'order-3'])
  })

  it('is sent for ever without the annotations', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 3))
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(numbers(await fail(world, subscription))).toEqual(['order-1', 'order-2', 'order-3'])
    }
  })

  it('fails in its own partition of its own event type only', async (world) => {
    await world.createEventType()
    await world.createEventType({ name: 'order.paid' })
    const event_types = [ORDER_PLACED, 'order.paid']
    const subscription = await world.createSubscription({ event_types, ...giveUpAfter(2, 'SKIP_EVENT') })
    await world.publish(orders(1, 3))
    for (let attempt = 0; attempt < 3; attempt += 1) await fail(world, subscription)
    await world.publish(orders(4, 6), 'order.paid')
    const stream = await world.openStream(subscription, { batch_limit: 3 })
    const batches = await stream.batches(2)
    expect(batches.map((batch) => [batch.cursor.event_type, numbers(batch).length]).sort()).toEqual([
      ['order.paid', 3],
      [ORDER_PLACED, 1],
    ])
  })
})

contract('an event that is given up', (it) => {
  const readStore = async (world: World) => {
    const store = await world.createSubscription({ event_types: [STORE], consumer_group: 'undertaker' })
    const stream = await world.openStream(store)
    const { events = [] } = JSON.parse(await stream.line())
    return events
  }

  it('is kept where the policy says so', async (world) => {
    const subscription = await failedOften(world, 'DEAD_LETTER_QUEUE')
    await fail(world, subscription)
    expect(await readStore(world)).toEqual([
      {
        subscription_id: subscription.id,
        event_type: ORDER_PLACED,
        partition: '0',
        offset: offset(0),
        error: { message: 'Nakadi Auto DLQ: skipped due to failed commits count: 2' },
        event: expect.objectContaining({ order_number: 'order-1' }),
        metadata: expect.objectContaining({ event_type: STORE, eid: expect.any(String), partition: '0' }),
      },
    ])
  })

  it('is kept as it was published, although it has no metadata', async (world) => {
    await world.createEventType({ ...anEventType(), category: 'undefined', enrichment_strategies: [] })
    const subscription = await world.createSubscription(giveUpAfter(2, 'DEAD_LETTER_QUEUE'))
    await world.publish([1, 2, 3, 4].map((n) => ({ order_number: `order-${n}` })))
    for (let attempt = 0; attempt < 5; attempt += 1) await fail(world, subscription)
    expect(await readStore(world)).toMatchObject([{ event: { order_number: 'order-1' } }])
  })

  it('is kept nowhere where the policy is to skip it', async (world) => {
    const subscription = await failedOften(world, 'SKIP_EVENT')
    await fail(world, subscription)
    const response = await world.fetch(`/event-types/${STORE}/partitions/0`)
    expect(await response.json()).toMatchObject({ newest_available_offset: '001-0001--1' })
  })
})
