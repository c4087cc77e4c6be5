import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { anOrder, anOrderIn, chosenPartition, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'
import { createEventStream, numbers } from './event-stream.ts'

contract('the body of a request for a stream', (it) => {
  it('says how to stream, and the query counts for nothing', async ({ subscribe, publish, post }) => {
    const { id: subscriptionId } = await subscribe()
    await publish(orders(1, 4))
    const response = await post(`/subscriptions/${subscriptionId}/events?batch_limit=0`, { batch_limit: 2 })
    const stream = createEventStream({ response, subscriptionId, abort: () => {} })
    expect((await stream.batches(2)).map(numbers)).toEqual([
      ['order-1', 'order-2'],
      ['order-3', 'order-4'],
    ])
  })

  const refusals = [
    { body: { batch_limit: 0 }, status: 422, detail: "batch_limit can't be lower than 1" },
    { body: { batch_limit: -1 }, status: 422, detail: "batch_limit can't be lower than 1" },
    { body: { commit_timeout: 61 }, status: 422, detail: 'commit_timeout can not be more than 60' },
    { body: { batch_limit: 'many' }, status: 400, detail: 'batch_limit must be an integer' },
    { body: { batch_limit: 2 ** 31 }, status: 400, detail: 'batch_limit must be an integer' },
    { body: { partitions: 'all' }, status: 400, detail: 'partitions must be an array' },
    { body: '{', status: 400, detail: 'The request body is not valid JSON' },
  ]
  for (const { body, status, detail } of refusals) {
    it(`is refused with ${status} when it is ${JSON.stringify(body)}`, async ({ subscribe, post }) => {
      const { id } = await subscribe()
      const response = await post(`/subscriptions/${id}/events`, body)
      expect([response.status, await detailOf(response)]).toEqual([status, detail])
    })
  }
})

contract('a parameter of a stream', (it) => {
  it('is looked at before the subscription', async ({ requestStream }) => {
    expect((await requestStream({ id: 'none' }, { batch_limit: 0 })).status).toBe(422)
  })

  it('of 0 means the longest commit timeout', async ({ clock, subscribe, publish, openStream }) => {
    const subscription = await subscribe()
    await publish(orders(1, 1))
    const stream = await openStream(subscription, { commit_timeout: 0, batch_flush_timeout: 100 })
    await stream.batch()
    const ending = stream.batch()
    await clock.advance(59_999)
    await clock.advance(1)
    expect((await ending).info?.debug).toBe('Commit timeout reached')
  })

  it('of 0 means no stream limit and no limit of keep-alives', async ({ clock, subscribe, openStream }) => {
    const parameters = { stream_limit: 0, stream_keep_alive_limit: 0, batch_flush_timeout: 1 }
    const stream = await openStream(await subscribe(), parameters)
    await clock.advance(3000)
    expect(await stream.batches(3)).toHaveLength(3)
  })

  it('of 0 means empty batches without a pause, but for breath', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 0 })
    await clock.advance(300)
    expect(await stream.batches(3)).toHaveLength(3)
  })
})

contract(
  'events that wait in a stream beyond what it may hold',
  (it) => {
    it('are sent from the heaviest partition although the batch is not full', async (world) => {
      const subscription = await world.subscribe({ ...partitions(2), ...chosenPartition })
      const tuning = { batch_limit: 100, max_uncommitted_events: 100 }
      const stream = await world.openStream(subscription, tuning)
      const note = 'x'.repeat(2000)
      await world.publish([anOrderIn('0', 1)])
      await world.publish([anOrder(2, { note }, { partition: '1' })])
      const { cursor, info } = await stream.batch()
      expect(cursor.partition).toBe('1')
      expect(info?.debug).toBe('Stream parameters are causing overflow')
      await world.publish([anOrder(3, { note }, { partition: '1' })])
      expect((await stream.batch()).info?.debug).toBe('Stream parameters are causing overflow')
    })
  },
  { limits: { maxStreamBufferBytes: 1000 } },
)
