// The main scenarios of the client, over each way to a broker: a function call, undici, fetch and MSW.

import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import {
  type Client,
  type ClientOptions,
  createClient,
  createConsumer,
  createCursorReader,
  createProducer,
} from '@rioni/client'
import { nakadiHandlers } from '@rioni/mock'
import { setupServer } from 'msw/node'
import { describe, expect, it } from 'vitest'
import { ORDER_PLACED, type Order, orderPlaced, orders } from './world.ts'

type Broker = ReturnType<typeof createBroker>
type Reached = Omit<ClientOptions, 'clock'> & { close(): Promise<void> | void }

const ways: Readonly<Record<string, (broker: Broker) => Reached | Promise<Reached>>> = {
  'a function call': (broker) => ({
    baseUrl: 'http://broker.test',
    fetch: (url, init) => broker.fetch(new Request(url, init)),
    close: () => {},
  }),
  undici: (broker) => listening(broker, 'undici'),
  fetch: (broker) => listening(broker, 'fetch'),
  MSW: (broker) => {
    const server = setupServer(...nakadiHandlers(broker, 'https://nakadi.test'))
    server.listen({ onUnhandledRequest: 'error' })
    return { baseUrl: 'https://nakadi.test', close: () => server.close() }
  },
}

async function listening(broker: Broker, transport: 'undici' | 'fetch'): Promise<Reached> {
  const server = await serve(broker, { port: 0 })
  return { baseUrl: server.url, transport, close: () => server.close() }
}

const numbers = (from: number, to: number) => orders(from, to).map(({ n }) => n)
/** What a loop leaves behind uncommitted keeps the partition for the commit timeout. */
const billing = {
  commitTimeoutSeconds: 1,
  owningApplication: 'billing',
  readFrom: 'begin',
  batchLimit: 5,
} as const
type Orders = { readonly [ORDER_PLACED]: Order }

for (const [way, reach] of Object.entries(ways)) {
  /** Twenty orders, and a client that reaches them in this way. */
  const withOrders = async (scenario: (client: Client) => Promise<void>) => {
    const broker = createBroker()
    const { close, ...options } = await reach(broker)
    try {
      const client = createClient(options)
      await client.eventTypes.create(orderPlaced())
      await using producer = createProducer<Order>(client, ORDER_PLACED)
      await producer.publish(orders(1, 20))
      await scenario(client)
    } finally {
      await close()
      await broker.close()
    }
  }

  describe(`a client over ${way}`, () => {
    it('processes with a handler, gives up what fails, and closes on its signal (rows 1, 3, 9 and 10)', () =>
      withOrders(async (client) => {
        const stop = new AbortController()
        const consumer = createConsumer<Orders>(client, [ORDER_PLACED], { ...billing, signal: stop.signal })
        const [seen, given]: [number[], unknown[]] = [[], []]
        await consumer.runEach(
          ({ event }) => {
            if (event.n === 7) throw new Error('poison')
            seen.push(event.n)
            if (seen.length === 19) stop.abort()
          },
          {
            retry: { maxAttempts: 2, baseDelayMs: 1 },
            onFailure: 'dead-letter',
            deadLetter: ({ events }) => void given.push(...events),
          },
        )
        expect(seen).toEqual(numbers(1, 20).filter((n) => n !== 7))
        expect(given).toMatchObject([{ n: 7 }])
        expect(consumer.connection).toEqual({ kind: 'closed', reason: 'stopped' })
      }))

    it('goes on after what was committed, in a loop that is left and begun again (row 10)', () =>
      withOrders(async (client) => {
        const seen: number[] = []
        for (let round = 0; round < 2; round++) {
          await using consumer = createConsumer<Orders>(client, [ORDER_PLACED], billing)
          for await (const batch of consumer) {
            seen.push(...batch.events.map(({ n }) => n))
            expect((await batch.commit()).status).toBe('committed')
            if (seen.length % 10 === 0) break
          }
        }
        expect(seen).toEqual(numbers(1, 20))
      }))

    it('reads without a subscription, and ends when the loop is left', () =>
      withOrders(async (client) => {
        const seen: number[] = []
        for await (const batch of createCursorReader<Order>(client, ORDER_PLACED, { from: 'begin' })) {
          seen.push(...batch.events.map(({ n }) => n))
          if (seen.length === 20) break
        }
        expect(seen).toEqual(numbers(1, 20))
      }))

    it('tells what was refused: an event, a name, a subscription that has gone (rows 4, 6 and 13)', () =>
      withOrders(async (client) => {
        await using producer = createProducer<object>(client, ORDER_PLACED)
        expect(await producer.publish([{ n: 21 }, { n: 'no number' }])).toMatchObject([
          { status: 'submitted' },
          { status: 'rejected', step: 'validating' },
        ])
        const missing = client.eventTypes.get('order.unknown')
        await expect(missing).rejects.toMatchObject({ code: 'not-found', outcome: 'rejected', attempts: 1 })
        const subscriptionId = '00000000-0000-0000-0000-000000000000'
        const consumer = createConsumer(client, [ORDER_PLACED], { subscriptionId })
        await expect(consumer.run(() => {})).rejects.toMatchObject({ code: 'not-found' })
      }))
  })
}
