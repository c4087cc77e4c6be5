import { setupServer } from 'msw/node'
import { afterEach, describe, expect, it } from 'vitest'
import { createMockBroker, type MockBroker } from './mock-broker.ts'

const orderPlaced = {
  name: 'order.placed',
  owning_application: 'order-service',
  category: 'undefined',
  schema: { type: 'json_schema', schema: '{}' },
}

const started: { close(): unknown }[] = []
afterEach(async () => {
  for (const service of started.splice(0)) await service.close()
})

function aMockBroker(...options: Parameters<typeof createMockBroker>): MockBroker {
  const broker = createMockBroker(...options)
  started.push(broker)
  return broker
}

/** Posts JSON by a broker's own `fetch`. */
function post({ baseUrl, fetch }: MockBroker, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(new Request(`${baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }))
}

describe('a mock broker', () => {
  it('answers what MSW intercepts at its base URL', async () => {
    const server = setupServer(...aMockBroker({ baseUrl: 'https://broker.test/nakadi' }).handlers)
    started.push(server)
    server.listen({ onUnhandledRequest: 'error' })
    expect(await (await fetch('https://broker.test/nakadi/health')).text()).toBe('OK')
  })

  it('shows which events have been published, as consumers receive them', async () => {
    const nakadi = aMockBroker()
    await post(nakadi, '/event-types', orderPlaced)
    await post(nakadi, '/event-types/order.placed/events', [{ order: 1 }, { order: 2 }])
    await post(nakadi, '/event-types/order.placed/events', [{ order: 3 }])
    expect(await nakadi.published('order.placed')).toEqual([{ order: 1 }, { order: 2 }, { order: 3 }])
  })

  it('shows no deletions', async () => {
    const nakadi = aMockBroker()
    const compacted = { ...orderPlaced, category: 'business', cleanup_policy: 'compact' }
    await post(nakadi, '/event-types', { ...compacted, enrichment_strategies: ['metadata_enrichment'] })
    const eid = '00000000-0000-4000-8000-000000000001'
    const metadata = { eid, occurred_at: '2026-01-01T00:00:00Z', partition_compaction_key: 'a' }
    await post(nakadi, '/event-types/order.placed/events', [{ metadata }])
    await post(nakadi, '/event-types/order.placed/deleted-events', [{ metadata }])
    expect(await nakadi.published('order.placed')).toMatchObject([{ metadata: { eid } }])
  })

  it('shows events of several partitions in the order of time', async () => {
    const default_statistic = {
      messages_per_minute: 1,
      message_size: 1,
      read_parallelism: 8,
      write_parallelism: 1,
    }
    const nakadi = aMockBroker()
    await post(nakadi, '/event-types', { ...orderPlaced, default_statistic })
    const orders = Array.from({ length: 20 }, (_, order) => ({ order }))
    for (const order of orders) {
      await post(nakadi, '/event-types/order.placed/events', [order])
      await nakadi.clock.advance(1)
    }
    expect(await nakadi.published('order.placed')).toEqual(orders)
  })

  it('says so when it is asked for the events of an unknown event type', async () => {
    await expect(aMockBroker().published('order.placed')).rejects.toThrow(
      'There is no event type order.placed',
    )
  })

  it('tells when consumers have opened their streams', async () => {
    const nakadi = aMockBroker()
    await post(nakadi, '/event-types', orderPlaced)
    const key = { owning_application: 'billing', event_types: ['order.placed'] }
    const { id } = JSON.parse(await (await post(nakadi, '/subscriptions', key)).text())
    const events: string[] = []
    const opened = nakadi.untilStreaming().then(() => events.push('opened'))
    await nakadi.clock.advance(1000)
    events.push('asked')
    await nakadi.fetch(new Request(`${nakadi.baseUrl}/subscriptions/${id}/events`))
    await opened
    expect(events).toEqual(['asked', 'opened'])
  })

  it('forgets everything when it is reset, but not the time', async () => {
    const nakadi = aMockBroker()
    await post(nakadi, '/event-types', orderPlaced)
    await nakadi.clock.advance(1000)
    const time = nakadi.clock.now()
    await nakadi.reset()
    expect((await post(nakadi, '/event-types', orderPlaced)).status).toBe(201)
    expect(nakadi.clock.now()).toBe(time)
  })

  it('gives the same ids for the same seed, and others for another', async () => {
    const subscriptionId = async (seed: number) => {
      const nakadi = aMockBroker({ seed })
      await post(nakadi, '/event-types', orderPlaced)
      const key = { owning_application: 'billing', event_types: ['order.placed'] }
      const { id } = JSON.parse(await (await post(nakadi, '/subscriptions', key)).text())
      return id
    }
    const [first, again, other] = [await subscriptionId(1), await subscriptionId(1), await subscriptionId(2)]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })
})
