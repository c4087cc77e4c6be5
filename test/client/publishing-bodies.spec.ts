// Bodies as they go through sockets to a server, on both transports: text, bytes, and what is compressed.

import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { type Client, type Compression, createClient, createConsumer, publishBatch } from '@rioni/client'
import { afterEach, describe, expect, it } from 'vitest'
import { producerOf } from './publishing-world.ts'
import { ORDER_PLACED, type Order, orderPlaced, orders } from './world.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A client of a broker behind a socket. */
async function socketClient(transport: 'undici' | 'fetch'): Promise<Client> {
  const broker = createBroker()
  const server = await serve(broker, { port: 0 })
  closing.push(
    () => server.close(),
    () => broker.close(),
  )
  const client = createClient({ baseUrl: server.url, transport })
  await client.eventTypes.create(orderPlaced())
  return client
}

/** Reads so many orders, which must be all that there are. */
async function read(client: Client, count: number): Promise<number[]> {
  const consumer = createConsumer<{ readonly [ORDER_PLACED]: Order }>(client, [ORDER_PLACED], {
    owningApplication: 'billing',
    readFrom: 'begin',
    batchLimit: 100,
  })
  const seen: number[] = []
  for await (const batch of consumer) {
    seen.push(...batch.events.map(({ n }) => n))
    await batch.commit()
    if (seen.length >= count) break
  }
  return seen
}

const many = orders(1, 300)
const numbers = many.map(({ n }) => n)
const texts = JSON.stringify(
  many.map((order) => ({
    ...order,
    metadata: { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z' },
  })),
)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const hasZstd = major > 22 || (major === 22 && minor >= 15)
const encodings: readonly Compression['encoding'][] = hasZstd ? ['gzip', 'zstd'] : ['gzip']

for (const transport of ['undici', 'fetch'] as const) {
  describe(`a body over ${transport}`, () => {
    it('is stored when a producer has written it as bytes', async () => {
      const client = await socketClient(transport)
      expect(await producerOf(client).publish(many)).toHaveLength(300)
      expect(await read(client, 300)).toEqual(numbers)
    })

    it.each([
      { what: 'text', body: texts },
      { what: 'bytes', body: new TextEncoder().encode(texts) },
      { what: 'a view into more bytes', body: Buffer.from(`xx${texts}xx`).subarray(2, -2) },
    ])('is stored when it is $what of your own', async ({ body }) => {
      const client = await socketClient(transport)
      expect(await client.publishEvents(ORDER_PLACED, body)).toMatchObject({ status: 200, attempts: 1 })
      expect(await read(client, 300)).toEqual(numbers)
    })

    describe.each(encodings)('in %s', (encoding) => {
      const compression = { encoding, aboveBytes: 100 }

      it('is stored when a producer has written it', async () => {
        const client = await socketClient(transport)
        const outcomes = await publishBatch<Order>(client, ORDER_PLACED, {
          events: many,
          options: { compression },
        })
        expect(outcomes.every(({ status }) => status === 'submitted')).toBe(true)
        expect(await read(client, 300)).toEqual(numbers)
      })

      it('is stored when it is bytes of your own', async () => {
        const client = await socketClient(transport)
        const body = new TextEncoder().encode(texts)
        const result = await client.publishEvents(ORDER_PLACED, body, { compression })
        expect(result).toMatchObject({ status: 200, attempts: 1 })
        expect(await read(client, 300)).toEqual(numbers)
      })
    })
  })
}
