import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { aSubscription, ORDER_PLACED, orders } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`
const SOME_ID = '0a0b0c0d-0000-4000-8000-000000000001'

contract('a consumer tag', (it) => {
  it('keeps events for one subscription', async (world) => {
    const chosen = await world.subscribe()
    const other = await world.createSubscription(aSubscription({ consumer_group: 'other' }))
    const tag = { 'X-CONSUMER-TAG': `consumer_subscription_id=${chosen.id}` }
    expect((await world.post(EVENTS, orders(1, 1), tag)).status).toBe(200)
    await world.publish(orders(2, 2))
    const mine = await world.openStream(chosen, { batch_limit: 2 })
    expect(numbers(await mine.batch())).toEqual(['order-1', 'order-2'])
    const theirs = await world.openStream(other)
    expect(numbers(await theirs.batch())).toEqual(['order-2'])
  })

  it('may be written in any case, with whitespace', async (world) => {
    await world.createEventType()
    const tag = { 'X-CONSUMER-TAG': ` Consumer_Subscription_ID = ${SOME_ID} ` }
    expect((await world.post(EVENTS, orders(1, 1), tag)).status).toBe(200)
  })

  const refusals = [
    { header: '', want: 'X-CONSUMER-TAG: is empty!' },
    { header: 'a', want: 'header tag parameter is imbalanced, expected: 2 but provided 1' },
    { header: 'a=b,c', want: 'invalid header tag: a' },
    {
      header: `consumer_subscription_id=${SOME_ID},c`,
      want: 'header tag parameter is imbalanced, expected: 2 but provided 2',
    },
    { header: 'colour=red', want: 'invalid header tag: colour' },
    {
      header: `consumer_subscription_id=${SOME_ID},CONSUMER_SUBSCRIPTION_ID=${SOME_ID}`,
      want: 'duplicate header tag: CONSUMER_SUBSCRIPTION_ID',
    },
    { header: 'consumer_subscription_id=1', want: 'header tag value: 1 is not an UUID' },
    {
      header: 'debug_publisher_topic_id=1',
      want: 'header tag unsupported: debug_publisher_topic_id',
    },
  ]
  for (const { header, want } of refusals) {
    it(`is refused with 422 when it is "${header}"`, async (world) => {
      await world.createEventType()
      const response = await world.post(EVENTS, orders(1, 1), { 'X-CONSUMER-TAG': header })
      expect([response.status, await detailOf(response)]).toEqual([422, want])
    })
  }

  it('is looked at before the body', async ({ post }) => {
    expect((await post(EVENTS, '{}', { 'X-CONSUMER-TAG': 'a' })).status).toBe(422)
  })
})
