// The SDK against the mock, on every way that its requests can be answered inside a test.

import { type Client, type ClientOptions, createClient, createConsumer, createProducer } from '@rioni/client'
import { createMockBroker, type MockBroker } from '@rioni/mock'
import { mswInterceptor, nakadiInterceptor } from '@rioni/mock/undici'
import { setupServer } from 'msw/node'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { describe, expect, it } from 'vitest'

/** Prepares the interception of a mock: how a client has to be set up for it, and how to undo it. */
type Intercept = (nakadi: MockBroker) => { readonly options?: Partial<ClientOptions>; undo(): unknown }

const ways: Record<string, Intercept> = {
  'the default transport, intercepted by MSW': ({ handlers }) => {
    const server = setupServer(...handlers)
    server.listen({ onUnhandledRequest: 'error' })
    return { undo: () => server.close() }
  },
  'the undici transport, with a dispatcher that answers from the broker': (nakadi) => {
    const agent = new Agent()
    const dispatcher = agent.compose(nakadiInterceptor(nakadi, nakadi.baseUrl))
    return { options: { transport: 'undici', dispatcher }, undo: () => agent.close() }
  },
  'the default transport, with a global dispatcher that answers from MSW handlers': ({ handlers }) => {
    const [network, agent] = [getGlobalDispatcher(), new Agent()]
    setGlobalDispatcher(agent.compose(mswInterceptor(setupServer(...handlers))))
    const undo = async () => {
      setGlobalDispatcher(network)
      await agent.close()
    }
    return { undo }
  },
  'the fetch of the broker itself': ({ fetch }) => ({
    options: { fetch: (url, init) => fetch(new Request(url, init)) },
    undo: () => {},
  }),
}

interface Order {
  readonly order_number: string
}

for (const [way, intercept] of Object.entries(ways)) {
  describe(`a client on ${way}`, () => {
    const inMock = async (test: (client: Client, nakadi: MockBroker) => Promise<void>) => {
      const nakadi = createMockBroker()
      const { options, undo } = intercept(nakadi)
      try {
        const client = createClient({ baseUrl: nakadi.baseUrl, ...options })
        await client.eventTypes.create(orderPlaced)
        await test(client, nakadi)
      } finally {
        await undo()
        await nakadi.close()
      }
    }

    it('publishes to the mock', () =>
      inMock(async (client, nakadi) => {
        await using producer = createProducer<Order>(client, 'order.placed')
        await producer.publish([{ order_number: '1' }, { order_number: '2' }])
        expect(await nakadi.published('order.placed')).toMatchObject([
          { order_number: '1' },
          { order_number: '2' },
        ])
      }))

    it('consumes from the mock, and frees its slot', () =>
      inMock(async (client, nakadi) => {
        await using producer = createProducer<Order>(client, 'order.placed')
        await producer.publish([{ order_number: '1' }, { order_number: '2' }])
        expect(await consume(client, 2)).toEqual(['1', '2'])
        await nakadi.clock.advance(0)
        const subscription = await client.subscriptions.createOrGet(billing)
        const { items } = await client.subscriptions.stats(subscription.id)
        expect(items[0]?.partitions).toMatchObject([{ state: 'unassigned', unconsumed_events: 0 }])
      }))

    it('reads the problems of the mock', () =>
      inMock(async (client) => {
        const refused = { code: 'conflict', problem: { detail: 'EventType order.placed already exists.' } }
        await expect(client.eventTypes.create(orderPlaced)).rejects.toMatchObject(refused)
      }))
  })
}

const orderPlaced = {
  name: 'order.placed',
  owning_application: 'shop',
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  schema: { type: 'json_schema', schema: '{}' },
} as const

const billing = { owning_application: 'billing', event_types: ['order.placed'] }

/** Consumes and commits so many orders, one per batch, and leaves. */
async function consume(client: Client, count: number): Promise<string[]> {
  const options = { owningApplication: 'billing', readFrom: 'begin', batchLimit: 1 } as const
  const numbers: string[] = []
  for await (const batch of createConsumer<{ 'order.placed': Order }>(client, ['order.placed'], options)) {
    numbers.push(...batch.events.map(({ order_number }) => order_number))
    await batch.commit()
    if (numbers.length === count) break
  }
  return numbers
}
