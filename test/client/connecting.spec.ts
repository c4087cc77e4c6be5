// How a consumer finds its subscription and opens its streams.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import {
  type ConsumerOptions,
  createClient,
  createConsumer,
  createProducer,
  ensureSubscription,
  type Fetch,
} from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, type Orders, uncommitted, worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, type Order, orderPlaced, orders, problem, whileTimePasses } from './world.ts'

describe('ensureSubscription', () => {
  it('creates a subscription once, and finds it from then on', async () => {
    const { client } = await worldWithOrders(0)
    const billing = { owningApplication: 'billing', consumerGroup: 'a' }
    const first = await ensureSubscription(client(), [ORDER_PLACED], billing)
    expect(first).toMatchObject({ owning_application: 'billing', consumer_group: 'a', read_from: 'end' })
    expect((await ensureSubscription(client(), [ORDER_PLACED], billing)).id).toBe(first.id)
  })

  it('lets the broker give events up, by annotations that it keeps up to date (row 9)', async () => {
    const { client } = await worldWithOrders(0)
    const ensure = (afterDeliveries: number, action: 'queue' | 'skip') =>
      ensureSubscription(client(), [ORDER_PLACED], {
        owningApplication: 'billing',
        deadLetters: { afterDeliveries, action },
      })
    expect((await ensure(2, 'skip')).annotations).toEqual({
      'nakadi.zalando.org/subscription-max-event-send-count': '2',
      'nakadi.zalando.org/subscription-unprocessable-event-policy': 'SKIP_EVENT',
    })
    expect((await ensure(3, 'queue')).annotations).toEqual({
      'nakadi.zalando.org/subscription-max-event-send-count': '3',
      'nakadi.zalando.org/subscription-unprocessable-event-policy': 'DEAD_LETTER_QUEUE',
    })
    await expect(ensure(11, 'queue')).rejects.toThrow(
      /deadLetters\.afterDeliveries must be 2 \.\. 10, not 11/,
    )
  })

  it('makes the broker give up what a handler leaves to it (row 9)', async () => {
    const world = await worldWithOrders(5)
    const consumer = consumerOf(world.client(), {
      commitTimeoutSeconds: 1,
      deadLetters: { afterDeliveries: 2, action: 'skip' },
    })
    const seen = new Set<number>()
    const run = consumer.runEach(
      ({ event: { n } }) => {
        if (n === 3) throw new Error('poison')
        seen.add(n)
        if (n === 5) void consumer.close()
      },
      { onFailure: 'redeliver', retry: { maxAttempts: 1 } },
    )
    await whileTimePasses(world.clock, run)
    expect([...seen]).toEqual([1, 2, 4, 5])
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('the options of a consumer', () => {
  const table: readonly { given: Partial<ConsumerOptions>; want: RegExp }[] = [
    { given: { partitions: [] }, want: /partitions must name at least one/ },
    {
      given: { partitions: ['0', '0'].map((partition) => ({ event_type: ORDER_PLACED, partition })) },
      want: /partitions names order\.order-placed 0 twice/,
    },
    {
      given: { partitions: [{ event_type: 'other', partition: '0' }] },
      want: /partitions names other, of which this consumer reads no events/,
    },
    { given: { maxUnreadBytes: 0 }, want: /maxUnreadBytes must be at least 1, not 0/ },
    {
      given: { commitPolicy: {} },
      want: /commitPolicy must have at least one of events, batches and seconds/,
    },
    { given: { batchLimit: 10, maxUncommittedEvents: 5 }, want: /maxUncommittedEvents must be at least 10/ },
  ]
  for (const { given, want } of table) {
    it(`are refused as ${JSON.stringify(given)}`, async () => {
      const { client } = await worldWithOrders(0)
      expect(() => consumerOf(client(), given)).toThrow(want)
    })
  }
})

describe('a stream', () => {
  it('may name its partitions, and gets these alone', async () => {
    const world = await worldWithOrders(40, 4)
    const partitions = ['1', '3'].map((partition) => ({ event_type: ORDER_PLACED, partition }))
    const consumer = consumerOf(world.client(), { partitions, batchLimit: 5 })
    const seen = new Set<string>()
    const run = consumer.run((batch) => {
      seen.add(batch.partition)
    })
    await world.clock.advance(5000)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect([...seen].toSorted()).toEqual(['1', '3'])
  })

  it('waits for partitions that another stream has named, and says so (row 7)', async () => {
    const world = await worldWithOrders(10)
    const partitions = [{ event_type: ORDER_PLACED, partition: '0' }]
    const first = consumerOf(world.client(), { partitions })
    await whileTimePasses(world.clock, first[Symbol.asyncIterator]().next())
    const second = consumerOf(world.client(), { partitions })
    const taken = second[Symbol.asyncIterator]().next()
    await world.clock.advance(100)
    expect(second.connection).toMatchObject({ kind: 'backingOff', conflict: 'partitions-taken', failures: 0 })
    await whileTimePasses(world.clock, Promise.all([first.close(), second.close(), taken]))
  })

  it('tells a reset in progress from a want of slots (row 7)', async () => {
    const world = await worldWithOrders(10)
    const fetch: Fetch = (url, init) =>
      url.includes('/events?')
        ? Promise.resolve(problem(409, 'Resetting subscription cursors request is still in progress'))
        : world.fetch(url, init)
    const consumer = consumerOf(world.client({ fetch }))
    const next = consumer[Symbol.asyncIterator]().next()
    await world.clock.advance(0)
    expect(consumer.connection).toMatchObject({ kind: 'backingOff', conflict: 'cursors-reset', failures: 0 })
    await consumer.close()
    await next
  })

  it('says why the last one ended: the handler was too slow (row 5)', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client(), { commitTimeoutSeconds: 1 })
    const batches = consumer[Symbol.asyncIterator]()
    await whileTimePasses(world.clock, batches.next())
    await world.clock.advance(2000)
    expect(consumer.progress.lastClose).toMatchObject({
      kind: 'commit-timeout',
      message: expect.stringMatching(/process faster, commit earlier/),
    })
    await whileTimePasses(world.clock, consumer.close())
  })

  for (const status of [403, 404, 412, 422]) {
    it(`is not opened again after ${status} (row 6)`, async () => {
      const world = await worldWithOrders(1)
      let streams = 0
      const fetch: Fetch = (url, init) => {
        if (!url.includes('/events?')) return world.fetch(url, init)
        streams += 1
        return Promise.resolve(problem(status, 'no'))
      }
      const run = consumerOf(world.client({ fetch })).run(() => {})
      await expect(whileTimePasses(world.clock, run)).rejects.toMatchObject({ problem: { status } })
      expect([streams, world.clock.pending]).toEqual([1, 0])
    })
  }

  it('outlives its token: a commit that is refused with 401 is sent again with another (row 6)', async () => {
    const world = await worldWithOrders(20)
    let valid = 'first'
    const refusals: string[] = []
    const fetch: Fetch = (url, init) => {
      const token = new Headers(init.headers).get('authorization')
      if (token === `Bearer ${valid}`) return world.fetch(url, init)
      refusals.push(url.slice(url.lastIndexOf('/')))
      return Promise.resolve(problem(401, 'expired'))
    }
    const consumer = consumerOf(world.client({ fetch, token: () => valid }))
    const results: unknown[] = []
    const loop = async () => {
      for await (const batch of consumer) {
        if (results.length === 0) valid = 'second'
        results.push(await batch.commit())
        if (results.length === 2) break
      }
    }
    await whileTimePasses(world.clock, loop())
    expect(results).toEqual([{ status: 'committed' }, { status: 'committed' }])
    expect(refusals.every((path) => path === '/cursors')).toBe(true)
  })
})

describe('a compressed stream', () => {
  for (const transport of ['undici', 'fetch'] as const) {
    it(`is read as it comes, batch by batch, with ${transport} (row 22)`, async () => {
      const broker = createBroker()
      const server = await serve(broker, { port: 0 })
      const client = createClient({ baseUrl: server.url, transport })
      await client.eventTypes.create(orderPlaced())
      await createProducer<Order>(client, ORDER_PLACED).publish(orders(1, 20))
      const consumer = createConsumer<Orders>(client, [ORDER_PLACED], {
        owningApplication: 'billing',
        readFrom: 'begin',
        batchLimit: 10,
        compressed: true,
      })
      const seen: number[] = []
      for await (const batch of consumer) {
        seen.push(...batch.events.map(({ n }) => n))
        await batch.commit()
        if (seen.length === 20) break
      }
      expect(seen).toEqual(orders(1, 20).map(({ n }) => n))
      await server.close()
      await broker.close()
    })
  }

  it('that unpacks to a huge line fails by maxLineBytes (row 10)', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 })
    const server = createServer((request, response) => {
      if (request.url === '/subscriptions') {
        const subscription = { id: 's', event_types: [ORDER_PLACED] }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(subscription))
        return
      }
      response
        .writeHead(200, { 'x-nakadi-streamid': 's', 'content-encoding': 'gzip', connection: 'close' })
        .end(bomb)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, transport: 'undici' })
    const run = consumerOf(client, { maxLineBytes: 1_000_000 }).run(() => {})
    await expect(run).rejects.toThrow(/a batch is longer than 1000000 bytes; raise maxLineBytes/)
    server.close()
  })
})
