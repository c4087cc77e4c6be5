import { once } from 'node:events'
import { createServer } from 'node:http'
import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { type ClientOptions, createClient, createConsumer, createProducer } from '@rioni/client'
import { nakadiHandlers } from '@rioni/mock'
import { setupServer } from 'msw/node'
import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ORDER_PLACED, type Order, orderPlaced, orders } from './world.ts'

/** Publishes and consumes with the machine's own time, and ends by leaving the loop. */
async function roundTrip(options: ClientOptions): Promise<number[]> {
  const client = createClient(options)
  await client.eventTypes.create(orderPlaced())
  await createProducer<Order>(client, ORDER_PLACED).publish(orders(1, 20))
  const consumer = createConsumer<{ readonly [ORDER_PLACED]: Order }>(client, [ORDER_PLACED], {
    owningApplication: 'billing',
    readFrom: 'begin',
    batchLimit: 10,
  })
  const seen: number[] = []
  for await (const batch of consumer) {
    seen.push(...batch.events.map(({ n }) => n))
    await batch.commit()
    if (seen.length === 20) break
  }
  return seen
}

const all = orders(1, 20).map(({ n }) => n)

describe('a client', () => {
  for (const transport of ['auto', 'undici', 'fetch'] as const) {
    it(`does its job over a socket with transport ${transport} (row 14)`, async () => {
      const broker = createBroker()
      const server = await serve(broker, { port: 0 })
      expect(await roundTrip({ baseUrl: server.url, transport })).toEqual(all)
      await server.close()
      await broker.close()
    })
  }

  it('is answered by MSW in a test that starts its server, without being told', async () => {
    const broker = createBroker()
    const server = setupServer(...nakadiHandlers(broker, 'https://nakadi.test'))
    server.listen({ onUnhandledRequest: 'error' })
    expect(await roundTrip({ baseUrl: 'https://nakadi.test' })).toEqual(all)
    server.close()
    await broker.close()
  })
})

describe('a transport', () => {
  for (const transport of ['undici', 'fetch'] as const) {
    it(`does not follow redirects, which could carry the token elsewhere (${transport})`, async () => {
      const visited: (string | undefined)[] = []
      const server = createServer((request, response) => {
        visited.push(request.url)
        response.writeHead(302, { location: '/elsewhere' }).end()
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, transport })
      await expect(client.eventTypes.list()).rejects.toMatchObject({ code: 'protocol', attempts: 1 })
      expect(visited).toEqual(['/event-types'])
      server.close()
    })
  }
})

describe('the transport auto', () => {
  const before = getGlobalDispatcher()
  afterEach(() => {
    vi.unstubAllGlobals()
    setGlobalDispatcher(before)
  })

  it('follows a replaced fetch, and goes back to undici when it is restored', async () => {
    const agent = new MockAgent()
    agent
      .get('http://broker.test')
      .intercept({ path: '/event-types' })
      .reply(200, '[{ "name": "by undici" }]')
    setGlobalDispatcher(agent)
    const client = createClient({ baseUrl: 'http://broker.test' })

    vi.stubGlobal('fetch', async () => Response.json([{ name: 'by fetch' }]))
    expect(await client.eventTypes.list()).toEqual([{ name: 'by fetch' }])
    vi.unstubAllGlobals()
    expect(await client.eventTypes.list()).toEqual([{ name: 'by undici' }])
    await agent.close()
  })
})
