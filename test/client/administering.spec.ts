// The same administration over every way to a broker: which one it is must not show (client.md 4, row 14).

import { type Broker, createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { type ClientOptions, createClient, type NakadiError } from '@rioni/client'
import { nakadiHandlers } from '@rioni/mock'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ORDER_PLACED, orderPlaced } from './world.ts'

/** A way to reach a broker. */
interface Way {
  readonly options: ClientOptions
  close(): Promise<void>
}

async function overSocket(broker: Broker, transport: 'undici' | 'fetch'): Promise<Way> {
  const server = await serve(broker, { port: 0 })
  return { options: { baseUrl: server.url, transport }, close: () => server.close() }
}

const baseUrl = 'https://nakadi.test'
const ways: Readonly<Record<string, (broker: Broker) => Promise<Way>>> = {
  'a function call': async (broker) => ({
    options: { baseUrl, fetch: (url, init) => broker.fetch(new Request(url, init)) },
    close: async () => undefined,
  }),
  undici: (broker) => overSocket(broker, 'undici'),
  fetch: (broker) => overSocket(broker, 'fetch'),
  MSW: async (broker) => {
    const server = setupServer(...nakadiHandlers(broker, baseUrl))
    server.listen({ onUnhandledRequest: 'error' })
    return { options: { baseUrl }, close: async () => server.close() }
  },
  // Options of production must not keep a test from answering.
  'MSW, with a proxy and certificates that are not used': async (broker) => {
    const server = setupServer(...nakadiHandlers(broker, baseUrl))
    server.listen({ onUnhandledRequest: 'error' })
    const proxy = { url: 'http://127.0.0.1:1' }
    return { options: { baseUrl, proxy, tls: {} }, close: async () => server.close() }
  },
}

const metadata = (n: number) => ({
  eid: `00000000-0000-4000-8000-00000000000${n}`,
  occurred_at: '2026-01-01T00:00:00Z',
})

describe.each(Object.entries(ways))('over %s, a client', (_, open) => {
  let broker: Broker
  let way: Way
  beforeEach(async () => {
    broker = createBroker()
    way = await open(broker)
    await createClient(way.options).eventTypes.create(orderPlaced())
  })
  afterEach(async () => {
    await way.close()
    await broker.close()
  })

  it('changes an event type and its schema', async () => {
    const { eventTypes, schemas } = createClient(way.options)
    const updated = await eventTypes.update(ORDER_PLACED, { labels: { team: 'shop' } })
    expect(updated.labels).toEqual({ team: 'shop' })
    const schema = {
      type: 'json_schema',
      schema: '{"properties":{"n":{"type":"number"},"m":{}},"required":["n"]}',
    } as const
    expect(await schemas.add(ORDER_PLACED, schema)).toMatchObject({ version: '1.1.0' })
    const versions: string[] = []
    for await (const { version } of schemas.list(ORDER_PLACED, { pageSize: 1 })) versions.push(version)
    expect(versions).toEqual(['1.1.0', '1.0.0'])
  })

  it('moves a subscription to a time', async () => {
    const client = createClient(way.options)
    const { id } = await client.subscriptions.ensure({ owning_application: 'a', event_types: [ORDER_PLACED] })
    await client.publishEvents(
      ORDER_PLACED,
      [1, 2, 3].map((n) => ({ n, metadata: metadata(n) })),
    )
    const [first] = await client.subscriptions.reset(id, { time: new Date(0) })
    expect(first).toEqual({ event_type: ORDER_PLACED, partition: '0', offset: 'BEGIN' })
    const [last] = await client.subscriptions.reset(id, { time: new Date('2999-01-01') })
    expect((await client.subscriptions.cursors(id))[0]?.offset).toBe(last?.offset)
    await client.subscriptions.delete(id)
  })

  it('reads answers that are no JSON, that are empty, and that refuse', async () => {
    const { eventTypes, node, settings } = createClient(way.options)
    await node.checkHealth()
    expect(await node.prometheusMetrics()).toContain('# TYPE ')
    await settings.block({ type: 'CONSUMER_APP', name: 'a b' })
    expect((await settings.getBlacklist()).consumers.apps).toEqual(['a b'])
    await expect(eventTypes.get('no.such')).rejects.toMatchObject({
      code: 'not-found',
      problem: { status: 404 },
    })
    await expect(eventTypes.create(orderPlaced())).rejects.toMatchObject({ code: 'conflict' })
  })

  it('ends when it is aborted', async () => {
    const { eventTypes } = createClient(way.options)
    const controller = new AbortController()
    const pending = eventTypes.list({ signal: controller.signal }).catch((error: NakadiError) => error)
    controller.abort()
    expect(await pending).toMatchObject({ code: 'aborted' })
  })
})
