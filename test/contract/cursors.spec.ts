import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import {
  anOrderIn,
  BEFORE_FIRST,
  chosenPartition,
  eid,
  ORDER_PLACED,
  offset,
  orders,
  partitions,
} from './builders.ts'
import { contract } from './contract.ts'
import type { EventStream } from './event-stream.ts'
import type { World } from './world.ts'

/** A cursor of the model event type, as a client might make it up. */
function aCursor(overrides: object = {}) {
  return { partition: '0', offset: offset(0), event_type: ORDER_PLACED, cursor_token: eid(0), ...overrides }
}

contract('committing', (it) => {
  it('answers 204 when every cursor has advanced', async (world) => {
    const stream = await streaming(world)
    const batches = await stream.batches(2)
    const response = await world.commit(stream, ...batches.map(({ cursor }) => cursor))
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('answers 200 and a result per cursor when one is outdated', async (world) => {
    const stream = await streaming(world)
    const [first, second] = (await stream.batches(2)).map(({ cursor }) => cursor)
    if (first === undefined || second === undefined) throw new Error('two batches were read')
    await world.commit(stream, first)
    const response = await world.commit(stream, first, second)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      items: [
        { cursor: first, result: 'outdated' },
        { cursor: second, result: 'committed' },
      ],
    })
  })

  it('does not check the cursor token', async (world) => {
    const stream = await streaming(world)
    await stream.batch()
    expect((await world.commit(stream, aCursor())).status).toBe(204)
  })

  it('commits everything before a cursor too', async (world) => {
    const stream = await streaming(world)
    await stream.batches(2)
    await world.commit(stream, aCursor({ offset: offset(1) }))
    expect((await world.commit(stream, aCursor({ offset: offset(0) }))).status).toBe(200)
  })

  it('takes offsets in the old format of plain numbers', async (world) => {
    const stream = await streaming(world)
    await stream.batches(2)
    expect((await world.commit(stream, aCursor({ offset: '1' }))).status).toBe(204)
    expect((await world.commit(stream, aCursor({ offset: offset(1) }))).status).toBe(200)
  })
})

contract('a commit', (it) => {
  it('is refused with 400 without the header X-Nakadi-StreamId', async ({ subscribe, post }) => {
    const { id } = await subscribe()
    expect((await post(`/subscriptions/${id}/cursors`, { items: [aCursor()] })).status).toBe(400)
  })

  it('is refused with 404 when there is no such subscription', async ({ createEventType, post }) => {
    await createEventType()
    const headers = { 'x-nakadi-streamid': eid(1) }
    const response = await post('/subscriptions/none/cursors', { items: [aCursor()] }, headers)
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })

  for (const field of ['partition', 'offset', 'event_type', 'cursor_token']) {
    it(`is refused with 422 when a cursor has no ${field}`, async (world) => {
      const stream = await streaming(world)
      const items = [aCursor({ [field]: undefined })]
      const response = await commitAs(world, stream, { items })
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({
        type: 'http://httpstatus.es/422',
        detail: expect.stringContaining(field),
      })
    })
  }

  const refusals = [
    { given: 'nothing', items: [], detail: 'Cursors are empty' },
    {
      given: 'an unknown event type',
      items: [aCursor({ event_type: 'order.cancelled' })],
      detail: 'EventType "order.cancelled" does not exist.',
    },
    {
      given: 'an unknown partition',
      items: [aCursor({ partition: '9' })],
      detail: 'non existing partition 9',
    },
    {
      given: 'an offset that is cut off',
      items: [aCursor({ offset: '001-0001' })],
      detail: 'invalid offset null for partition null',
    },
  ]
  for (const { given, items, detail } of refusals) {
    it(`is refused with 422 for ${given}`, async (world) => {
      const stream = await streaming(world)
      const response = await commitAs(world, stream, { items })
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }

  it('is refused with 422 for an offset that is none', async (world) => {
    const stream = await streaming(world)
    expect((await commitAs(world, stream, { items: [aCursor({ offset: 'here' })] })).status).toBe(422)
  })

  it('is refused with 422 when the stream id is not a UUID', async (world) => {
    const stream = await streaming(world)
    const response = await commitAs(world, { ...stream, id: 'me' }, { items: [aCursor()] })
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe('Stream id has to be valid UUID, but `me was provided')
  })

  it('is refused with 422 when there is no such stream', async (world) => {
    const stream = await streaming(world)
    const response = await commitAs(world, { ...stream, id: eid(9) }, { items: [aCursor()] })
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe(`Session with stream id ${eid(9)} not found`)
  })

  it('is refused with 422 for the partition of another stream', async (world) => {
    const { first, foreign } = await sharing(world)
    const response = await commitAs(world, first, { items: [aCursor({ partition: foreign })] })
    expect(response.status).toBe(422)
    const detail = `Cursor T(order.placed:1:NULL)-P(${foreign})-O(000000000000000000) cannot be committed`
    expect(await detailOf(response)).toBe(`${detail} with stream id ${first.id}`)
  })

  it('commits nothing when it is refused for one of its partitions', async (world) => {
    const { first } = await sharing(world)
    const items = ['0', '1'].map((partition) => aCursor({ partition }))
    expect((await commitAs(world, first, { items })).status).toBe(422)
    const stats = await world.stats({ id: first.subscriptionId })
    expect(stats.map(({ unconsumed_events }) => unconsumed_events)).toEqual([1, 1])
  })
})

contract('the cursors of a subscription', (it) => {
  it('are none before the first stream', async ({ subscribe, fetch }) => {
    const { id } = await subscribe()
    const response = await fetch(`/subscriptions/${id}/cursors`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ items: [] })
  })

  it('are the committed positions', async (world) => {
    const stream = await streaming(world)
    const read = async () => (await world.fetch(`/subscriptions/${stream.subscriptionId}/cursors`)).json()
    const at = (position: string) => ({
      items: [
        { partition: '0', offset: position, event_type: ORDER_PLACED, cursor_token: expect.any(String) },
      ],
    })
    expect(await read()).toEqual(at(BEFORE_FIRST))
    await world.commit(stream, (await stream.batch()).cursor)
    expect(await read()).toEqual(at(offset(0)))
  })

  it('are unknown with 404 when there is no such subscription', async ({ fetch }) => {
    expect((await fetch('/subscriptions/none/cursors')).status).toBe(404)
  })
})

/** A stream with three events to receive, one by one. */
async function streaming({ subscribe, publish, openStream }: World): Promise<EventStream> {
  const subscription = await subscribe()
  await publish(orders(1, 3))
  return await openStream(subscription)
}

/** A stream that shares two partitions of one event each with another stream, and the partition of the other. */
async function sharing({ subscribe, publish, openStream, until }: World) {
  const subscription = await subscribe({ ...partitions(2), ...chosenPartition })
  const [first, second] = [await openStream(subscription), await openStream(subscription)]
  const stats = await until.stats(subscription, (all) => all.some(({ stream_id }) => stream_id === second.id))
  await publish([anOrderIn('0', 1), anOrderIn('1', 2)])
  return { first, foreign: stats.find(({ stream_id }) => stream_id === second.id)?.partition }
}

/** Commits a body that no well-behaved client would send. */
function commitAs({ post }: World, stream: EventStream, body: object): Promise<Response> {
  return post(`/subscriptions/${stream.subscriptionId}/cursors`, body, { 'x-nakadi-streamid': stream.id })
}
