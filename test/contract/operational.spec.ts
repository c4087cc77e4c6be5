import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { orders, partitions } from './builders.ts'
import { contract } from './contract.ts'

/** The part of the metrics that is looked at here. */
interface Metrics {
  readonly gauges: Readonly<Record<string, object>>
  readonly meters: Readonly<Record<string, object>>
  readonly timers: Readonly<Record<string, object>>
}

contract('a broker in operation', (it) => {
  it('is healthy', async ({ fetch }) => {
    const response = await fetch('/health')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('OK')
  })

  it('tells where its source is, if it knows', async ({ fetch }) => {
    expect(await (await fetch('/version')).json()).toEqual({ scm_source: null })
  })

  it('lists the partition strategies', async ({ fetch }) => {
    const response = await fetch('/registry/partition-strategies')
    expect(await response.json()).toEqual(['hash', 'user_defined', 'random'])
  })

  it('lists the enrichment strategies', async ({ fetch }) => {
    expect(await (await fetch('/registry/enrichment-strategies')).json()).toEqual(['metadata_enrichment'])
  })

  it('measures itself: every part of the metrics is there, even when it is empty', async ({ fetch }) => {
    for (const path of ['/metrics', '/request-metrics', '/stream-metrics']) {
      const metrics = await jsonOf<object>(await fetch(path))
      expect(Object.keys(metrics)).toEqual([
        'version',
        'gauges',
        'counters',
        'histograms',
        'meters',
        'timers',
      ])
    }
  })

  it('prints its metrics for people when it is asked to', async ({ fetch }) => {
    expect(await (await fetch('/metrics?pretty=true')).text()).toContain('\n  "gauges": {')
    expect(await (await fetch('/metrics')).text()).not.toContain('\n')
  })

  it('counts requests by operation and status, and measures how long they took', async ({ fetch }) => {
    await fetch('/version')
    await fetch('/event-types/nothing')
    await fetch('/event-types/nothing')
    const { meters, timers } = await jsonOf<Metrics>(await fetch('/request-metrics'))
    expect(meters).toMatchObject({ 'getVersion.200': { count: 1 }, 'getEventType.404': { count: 2 } })
    expect(timers['getEventType']).toMatchObject({ count: 2, max: 0, duration_units: 'milliseconds' })
  })

  it('counts what is appended, delivered and committed', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 4))
    const stream = await world.openStream(subscription, { batch_limit: 2 })
    const [first] = await stream.batches(2)
    await world.commit(stream, first?.cursor ?? expect.fail())
    const { meters: stored } = await jsonOf<Metrics>(await world.fetch('/metrics'))
    expect(stored).toMatchObject({ appendedEvents: { count: 4 }, committedCursors: { count: 1 } })
    const { gauges, meters } = await jsonOf<Metrics>(await world.fetch('/stream-metrics'))
    expect(gauges).toEqual({ openStreams: { value: 1 } })
    expect(meters).toMatchObject({ batches: { count: 2 }, events: { count: 4 } })
  })

  it('tells Prometheus the same', async (world) => {
    await world.subscribe()
    await world.publish(orders(1, 3))
    const accept = 'text/plain;version=0.0.4;q=1,*/*;q=0.1'
    const response = await world.fetch('/prometheus', { headers: { accept } })
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    expect(text).toContain('http_requests_total{operation="publishEvents",status="200"} 1\n')
    expect(text).toContain('http_request_duration_seconds_count{operation="publishEvents"} 1\n')
    expect(text).toContain('\nrioni_events_appended_total 3\n')
    expect(text).toContain('\nrioni_subscriptions 1\n')
    expect(text).toContain('\nrioni_open_streams 0\n')
  })

  it('describes its API', async ({ fetch }) => {
    const { openapi, paths } = await jsonOf<{ openapi: string; paths: object }>(await fetch('/api'))
    expect(openapi).toBe('3.1.1')
    expect(Object.keys(paths)).toContain('/subscriptions/{subscription_id}/events')
  })
})

contract(
  'a broker with a limit of open streams',
  (it) => {
    it('has no room for one more, whatever it streams', async (world) => {
      const subscription = await world.subscribe(partitions(2))
      const stream = await world.openStream(subscription)
      const refusal = await world.requestStream(subscription)
      expect(refusal.status).toBe(503)
      expect(await detailOf(refusal)).toBe('No more than 1 streams can be open at the same time')
      expect((await world.fetch('/event-types/order.placed/events')).status).toBe(503)
      stream.abort()
    })
  },
  { limits: { maxOpenStreams: 1 } },
)
