import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, ORDER_PLACED, orders } from './builders.ts'
import { contract } from './contract.ts'
import { createEventStream, numbers } from './event-stream.ts'
import type { World } from './world.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`

/** `orders(1, 3)` in the form of the zstd command. */
const ZSTD_ORDERS = Buffer.from(
  'KLUv/WR7AJ0DAJIGFhqASR1LbSY7MJMli1F4zAYJ+EV2ZaZ1ukFzR4bmlBBRs3Hp1QPjJJTVtY1RM0GQBArkCXgeH6Qf/hA8Os2UsnTX' +
    'WZbGyMb/5P4fd3d6IdRPWjG1FFPGTyEJAAeSHJx3kBgD5ryXiXcnLZRYlcBkQAwWz2yK',
  'base64',
)

contract('a compressed request', (it) => {
  const readable = [
    { encoding: 'gzip', body: gzipSync(JSON.stringify(orders(1, 3))) },
    { encoding: 'x-gzip', body: gzipSync(JSON.stringify(orders(1, 3))) },
    { encoding: 'zstd', body: ZSTD_ORDERS },
    { encoding: 'identity', body: Buffer.from(JSON.stringify(orders(1, 3))) },
    { encoding: 'br', body: Buffer.from(JSON.stringify(orders(1, 3))) },
  ]
  for (const { encoding, body } of readable) {
    it(`is read when its encoding is ${encoding}`, async (world) => {
      await world.createEventType()
      expect((await postBytes(world, body, encoding)).status).toBe(200)
      const stream = await world.openStream(await world.createSubscription(), { batch_limit: 3 })
      expect(numbers(await stream.batch())).toEqual(['order-1', 'order-2', 'order-3'])
    })
  }

  const text = JSON.stringify(orders(1, 3))
  const broken = [
    { given: 'no gzip', encoding: 'gzip', body: Buffer.from(text), want: 'Not in GZIP format' },
    {
      given: 'cut short',
      encoding: 'gzip',
      body: gzipSync(text).subarray(0, -10),
      want: 'unexpected end of file',
    },
    { given: 'no zstd', encoding: 'zstd', body: Buffer.from(text), want: 'invalid zstd data' },
    {
      given: 'cut short',
      encoding: 'zstd',
      body: ZSTD_ORDERS.subarray(0, -10),
      want: 'unexpected EOF',
    },
  ]
  for (const { given, encoding, body, want } of broken) {
    it(`is refused with 400 when its ${encoding} is ${given}`, async (world) => {
      await world.createEventType()
      const response = await postBytes(world, body, encoding)
      expect([response.status, await detailOf(response)]).toEqual([400, want])
    })
  }

  it('may inflate to a hundred times its size, beyond one megabyte', async (world) => {
    await world.createEventType()
    const response = await postBytes(world, gzipSync(' '.repeat(2_000_000)), 'gzip')
    expect(response.status).toBe(413)
    expect((await postBytes(world, gzipSync(`${' '.repeat(1_000_000)}[]`), 'gzip')).status).toBe(200)
  })

  for (const method of ['PUT', 'DELETE']) {
    it(`is refused with 406 when it is a ${method}`, async (world) => {
      const headers = { 'content-encoding': 'whatever' }
      const response = await world.fetch(`/event-types/${ORDER_PLACED}`, { method, headers })
      expect(response.status).toBe(406)
      expect(response.headers.get('content-type')).toBeNull()
      expect(await response.text()).toBe(
        `{"title":"Not Acceptable","status":406,"detail":"${method} method doesn't support gzip content encoding"}`,
      )
    })
  }
})

contract(
  'a request body',
  (it) => {
    it('may be as large as the broker allows', async ({ createEventType, post }) => {
      await createEventType()
      expect((await post(EVENTS, `[${' '.repeat(1998)}]`)).status).toBe(200)
    })

    it('may not be larger', async ({ post }) => {
      const response = await post(EVENTS, `[${' '.repeat(1999)}]`)
      expect(response.status).toBe(413)
      expect(await detailOf(response)).toBe('The request body is larger than 2000 bytes')
    })

    it('may not be larger when it is inflated', async (world) => {
      expect((await postBytes(world, gzipSync(`[${' '.repeat(1999)}]`), 'gzip')).status).toBe(413)
    })
  },
  { limits: { maxBodyBytes: 2000 } },
)

contract('an answer', (it) => {
  const gzip = { 'accept-encoding': 'gzip' }

  it('is compressed for clients that accept gzip', async (world) => {
    await largeList(world)
    const response = await world.fetch('/event-types?owning_application=order-service', { headers: gzip })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(await jsonOf<unknown[]>(response)).toHaveLength(4)
  })

  it('is compressed when the request is a POST, too', async (world) => {
    await largeList(world)
    const events = JSON.stringify(orders(1, 20).map((order) => ({ ...order, amount: 'none' })))
    const headers = { ...gzip, 'content-type': 'application/json' }
    const response = await world.fetch(EVENTS, { method: 'POST', headers, body: events })
    expect([response.status, response.headers.get('content-encoding')]).toEqual([422, 'gzip'])
    expect(await jsonOf<unknown[]>(response)).toHaveLength(20)
  })

  for (const accepted of ['identity', 'gzip;q=0', 'br, gzip; q=0.0']) {
    it(`is not compressed for clients that accept ${accepted}`, async (world) => {
      await largeList(world)
      const response = await world.fetch('/event-types', { headers: { 'accept-encoding': accepted } })
      expect(response.headers.get('content-encoding')).toBeNull()
    })
  }

  it('is not compressed when it is small', async ({ fetch }) => {
    const response = await fetch('/registry/partition-strategies', { headers: gzip })
    expect(response.headers.get('content-encoding')).toBeNull()
  })
})

/** The client has to put up with neither when it leaves `Accept-Encoding` to `fetch`, as everyone does. */
const EXCEPT = { msw: 'what inflates in MSW passes no cancellation on, and does not handle an abort' }

contract('a compressed stream', (it) => {
  it(
    'can be read batch by batch, as the batches are sent',
    async (world) => {
      const { stream } = await openCompressed(world)
      expect(stream.response.headers.get('content-encoding')).toBe('gzip')
      for (const n of [1, 2, 3]) {
        await world.publish(orders(n, n))
        expect(numbers(await stream.batch())).toEqual([`order-${n}`])
      }
    },
    EXCEPT,
  )

  it(
    'ends for the broker when its client cancels it',
    async (world) => {
      const { stream, subscription } = await openCompressed(world)
      await world.until.owners(subscription, ([owner]) => owner === stream.id)
      stream.cancel()
      await world.until.owners(subscription, ([owner]) => !owner)
    },
    EXCEPT,
  )

  it(
    'ends for the client when the broker ends it',
    async (world) => {
      const { stream } = await openCompressed(world, 'stream_timeout=10')
      await world.clock.advance(10_000)
      expect((await stream.rest()).at(-1)?.info?.debug).toBe('Stream timeout reached')
    },
    EXCEPT,
  )
})

contract('a compressed low-level stream', (it) => {
  it(
    'can be read batch by batch, as the batches are sent',
    async (world) => {
      await world.createEventType()
      const headers = { 'accept-encoding': 'gzip' }
      const response = await world.fetch(EVENTS, { headers })
      expect(response.headers.get('content-encoding')).toBe('gzip')
      const stream = createEventStream({
        response,
        subscriptionId: '',
        abort: () => {},
        lines: 'EventStreamBatch',
      })
      for (const n of [1, 2]) {
        await world.publish(orders(n, n))
        expect(await stream.line()).toContain(`order-${n}`)
      }
    },
    EXCEPT,
  )
})

/** A stream of a new subscription, for a client that accepts gzip. */
async function openCompressed(world: World, query = '') {
  const subscription = await world.subscribe()
  const headers = { 'accept-encoding': 'gzip' }
  const response = await world.fetch(`/subscriptions/${subscription.id}/events?${query}`, { headers })
  const stream = createEventStream({ response, subscriptionId: subscription.id, abort: () => {} })
  return { stream, subscription }
}

/** Enough event types for their list to be worth compressing. */
async function largeList({ createEventType }: World): Promise<void> {
  for (const name of [ORDER_PLACED, 'order.paid', 'order.shipped', 'order.returned']) {
    await createEventType(anEventType({ name }))
  }
}

function postBytes({ fetch }: World, body: Buffer, encoding: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
  return fetch(EVENTS, { method: 'POST', headers, body: new Uint8Array(body) })
}
