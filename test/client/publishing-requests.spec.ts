// What publishing requests are made of: their encoding, their headers, and what they ask for.

import { gunzipSync } from 'node:zlib'
import { createProducer, type Fetch, publishBatch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import {
  createWorld,
  ORDER_PLACED,
  type Order,
  orderPlaced,
  orders,
  problem,
  scripted,
  type World,
} from './world.ts'

/** A way to the broker that remembers the publishing requests that went through it. */
function observed(world: World): { readonly fetch: Fetch; readonly requests: Request[] } {
  const requests: Request[] = []
  const fetch: Fetch = (url, init) => {
    requests.push(new Request(url, init))
    return world.fetch(url, init)
  }
  return { fetch, requests }
}

describe('a compressed body', () => {
  it('is understood by the broker, and is the events', async () => {
    const world = await createWorld()
    const { fetch, requests } = observed(world)
    const compression = { encoding: 'gzip', aboveBytes: 100 } as const
    const producer = createProducer<Order>(world.client({ fetch }), ORDER_PLACED, {
      lingerMs: 0,
      compression,
    })
    const outcomes = await producer.publish(orders(1, 50))
    expect(outcomes.every(({ status }) => status === 'submitted')).toBe(true)
    expect(requests[0]?.headers.get('content-encoding')).toBe('gzip')
    const text = gunzipSync((await requests[0]?.arrayBuffer()) ?? '').toString()
    expect(JSON.parse(text)).toMatchObject(orders(1, 50))
  })
})

describe('events for one subscription', () => {
  it('are tagged with it', async () => {
    const world = await createWorld()
    const { fetch, requests } = observed(world)
    const onlyForSubscription = '4b3b7a1e-6b1c-4f0e-9d5c-2f6a6d0c7b11'
    const producer = createProducer<Order>(world.client({ fetch }), ORDER_PLACED, {
      lingerMs: 0,
      onlyForSubscription,
    })
    expect(await producer.publish({ n: 1 })).toMatchObject({ status: 'submitted' })
    expect(requests[0]?.headers.get('x-consumer-tag')).toBe(`consumer_subscription_id=${onlyForSubscription}`)
  })
})

describe('deleting events', () => {
  it('marks their compaction keys, after what was published before', async () => {
    const world = await createWorld()
    const name = 'order.state'
    await world.client().eventTypes.create({ ...orderPlaced(), name, cleanup_policy: 'compact' })
    const { fetch, requests } = observed(world)
    const producer = createProducer<object>(world.client({ fetch }), name)
    const key = { metadata: { partition_compaction_key: 'k' }, n: 1 }
    const outcomes = [producer.publish(key), producer.delete([key])]
    await producer.close()
    expect(await Promise.all(outcomes)).toMatchObject([{ status: 'submitted' }, [{ status: 'submitted' }]])
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      `/event-types/${name}/events`,
      `/event-types/${name}/deleted-events`,
    ])
  })

  it('is rejected where nothing is compacted', async () => {
    const { client } = await createWorld()
    const producer = createProducer<Order>(client(), ORDER_PLACED, { lingerMs: 0 })
    const [outcome] = await producer.delete([{ metadata: { partition_compaction_key: 'k' }, n: 1 }])
    expect(outcome).toMatchObject({ status: 'rejected' })
  })
})

describe('a batch of your own', () => {
  it('is one request, however large', async () => {
    const world = await createWorld()
    const { fetch, requests } = observed(world)
    const outcomes = await publishBatch(world.client({ fetch }), ORDER_PLACED, { events: orders(1, 2000) })
    expect(outcomes).toHaveLength(2000)
    expect(requests).toHaveLength(1)
  })

  it('may be sent as bytes, as they are', async () => {
    const { client } = await createWorld()
    const metadata = { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z' }
    const bytes = new TextEncoder().encode(JSON.stringify([{ n: 1, metadata }]))
    expect(await client().publishEvents(ORDER_PLACED, bytes)).toMatchObject({ status: 200, items: [] })
  })
})

describe('an event that the own validator does not accept', () => {
  it('is rejected without being sent, and the others are sent', async () => {
    const world = await createWorld()
    const { fetch, requests } = observed(world)
    const validate = (value: unknown) =>
      (value as Order).n === 2 ? { issues: [{ message: 'is two', path: ['n'] }] } : { value: value as Order }
    const validator = { '~standard': { version: 1, vendor: 'test', validate } } as const
    const producer = createProducer<Order>(world.client({ fetch }), ORDER_PLACED, { lingerMs: 0, validator })
    expect(await producer.publish(orders(1, 3))).toMatchObject([
      { status: 'submitted' },
      { status: 'rejected', step: 'validating', detail: '/n is two' },
      { status: 'submitted' },
    ])
    expect(await requests[0]?.json()).toMatchObject([{ n: 1 }, { n: 3 }])
  })
})

describe('a token that is refused', () => {
  it('is asked for once more, and the events go out', async () => {
    const world = await createWorld()
    const fetch = scripted(problem(401, 'expired'), new Response(null))
    const tokens = ['old', 'new']
    const client = world.client({ fetch, token: () => tokens.shift() ?? 'none' })
    expect(
      await createProducer<Order>(client, ORDER_PLACED, { lingerMs: 0 }).publish({ n: 1 }),
    ).toMatchObject({
      status: 'submitted',
      maybeDuplicated: false,
    })
    expect(fetch.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer old',
      'Bearer new',
    ])
  })
})
