import { type Client, createClient, createConsumer, createProducer } from '@rioni/client'
import { createMockBroker } from '@rioni/mock'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

interface OrderPlaced {
  order_number: string
}

// The code under test: a shop that announces its orders, and a service that invoices them.

async function placeOrder(client: Client, order_number: string): Promise<void> {
  await using producer = createProducer<OrderPlaced>(client, 'order.placed')
  const outcome = await producer.publish({ order_number })
  if (outcome.status !== 'submitted') throw new Error(`${order_number} is not announced: ${outcome.detail}`)
}

async function invoiceOrders(
  client: Client,
  invoice: (order: OrderPlaced) => void,
  signal: AbortSignal,
): Promise<void> {
  const options = { owningApplication: 'billing', readFrom: 'begin', signal } as const
  for await (const batch of createConsumer<{ 'order.placed': OrderPlaced }>(
    client,
    ['order.placed'],
    options,
  )) {
    for (const order of batch.events) invoice(order)
    await batch.commit()
  }
}

// The tests: MSW hands what they send to the broker, and each begins with one that knows the event type.

const nakadi = createMockBroker()
const server = setupServer(...nakadi.handlers)
const client = createClient({ baseUrl: nakadi.baseUrl })

beforeAll(() => server.listen())
beforeEach(() =>
  client.eventTypes.create({
    name: 'order.placed',
    owning_application: 'shop',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: {
      type: 'json_schema',
      schema: '{ "properties": { "order_number": { "type": "string", "minLength": 1 } } }',
    },
  }),
)
afterEach(() => nakadi.reset())
afterAll(() => server.close())

it('announces an order', async () => {
  await placeOrder(client, 'order-1')
  expect(await nakadi.published('order.placed')).toMatchObject([
    { order_number: 'order-1', metadata: { event_type: 'order.placed', partition: '0' } },
  ])
})

it('does not keep quiet about an order that is not announced', async () => {
  await expect(placeOrder(client, '')).rejects.toThrow('#/order_number: expected minLength: 1, actual: 0')
})

it('invoices every order', async () => {
  for (const order of ['order-1', 'order-2']) await placeOrder(client, order)
  const enough = new AbortController()
  const invoiced: string[] = []
  const invoice = ({ order_number }: OrderPlaced) => {
    invoiced.push(order_number)
    if (invoiced.length === 2) enough.abort()
  }
  const invoicing = invoiceOrders(client, invoice, enough.signal)
  await nakadi.untilStreaming()
  await nakadi.clock.advance(1000) // The broker fills a batch for a second, which passes when the test says so.
  await invoicing
  expect(invoiced).toEqual(['order-1', 'order-2'])
})
