import { createHash } from 'node:crypto'
import { decodeConsumptionBatch, parseAvroSchema, readAvro } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { anEventType, anOrder, ORDER_PLACED, orders } from './builders.ts'
import { contract } from './contract.ts'
import { systemEvents } from './system-events.ts'
import { callers, OPERATOR } from './tokens.ts'

const hash = (name: string) => createHash('sha256').update(`pepper${name}`).digest('hex')

type Fields = Readonly<Record<string, unknown>>

const setup = {
  ...callers([], { secret: { subject: 'billing', realm: '/services' } }),
  features: ['kpi_collection'],
  hashSalt: 'pepper',
  // Nobody is named in the authorization of most of these event types.
  allDataReaders: [{ data_type: 'user', value: OPERATOR }],
  token: OPERATOR,
} as const

contract(
  'the key figures of the broker',
  (it) => {
    it('tell of every request that has been answered', async (world) => {
      await world.as('secret').fetch('/event-types?owning_application=x&access_token=hush', {
        headers: { 'user-agent': 'Mozilla/5.0', 'accept-encoding': 'identity', 'x-flow-id': 'flow-1' },
      })
      const events = await systemEvents<Fields>(world, 'nakadi.access.log')
      expect(events.find(({ app }) => app === 'billing')).toEqual({
        method: 'GET',
        path: '/event-types',
        query: '?owning_application=x&access_token=-',
        user_agent: 'Mozilla/5.0',
        app: 'billing',
        app_hashed: hash('billing'),
        status_code: 200,
        response_time_ms: 0,
        accept_encoding: expect.any(String),
        content_encoding: '-',
        request_length: 0,
        response_length: expect.any(Number),
        metadata: expect.objectContaining({
          event_type: 'nakadi.access.log',
          flow_id: 'flow-1',
          published_by: 'stups_nakadi',
          version: '1.0.0',
          partition: expect.any(String),
          eid: expect.any(String),
          occurred_at: '2026-03-01T00:00:00.000Z',
          received_at: '2026-03-01T00:00:01.000Z',
        }),
      })
    })

    it('tell of requests of strangers, and of failures', async (world) => {
      await world.as(undefined).fetch('/event-types')
      await world.fetch('/event-types/none')
      const events = await systemEvents<Fields>(world, 'nakadi.access.log')
      expect(events.map(({ app, status_code }) => [app, status_code])).toEqual(
        expect.arrayContaining([
          ['-', 401],
          [OPERATOR, 404],
        ]),
      )
    })

    it('tell of a stream when it is over, with all that it has sent', async (world) => {
      const subscription = await world.subscribe()
      await world.publish(orders(1, 3))
      const stream = await world.openStream(subscription, { stream_timeout: 2, batch_flush_timeout: 1 })
      await world.clock.advance(70_000)
      await stream.rest()
      const events = await systemEvents<Fields>(world, 'nakadi.access.log')
      const streamed = events.filter(({ path }) => path === `/subscriptions/${subscription.id}/events`)
      expect(streamed).toMatchObject([{ status_code: 200 }])
      // Compressed on the way to some clients.
      expect(streamed[0]?.['response_length']).toBeGreaterThan(100)
      expect(streamed[0]?.['response_time_ms']).toBeGreaterThanOrEqual(2000)
    })

    it('tell of event types that are created, changed and deleted', async (world) => {
      await world.createEventType()
      const changed: NewEventType = anEventType({ audience: 'company-internal' })
      await world.fetch(`/event-types/${ORDER_PLACED}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(changed),
      })
      await world.fetch(`/event-types/${ORDER_PLACED}`, { method: 'DELETE' })
      const events = await systemEvents<Fields>(world, 'nakadi.event.type.log')
      const facts = {
        event_type: ORDER_PLACED,
        category: 'BUSINESS',
        authz: 'disabled',
        compatibility_mode: 'FORWARD',
      }
      expect(events.map(({ metadata: _, ...fields }) => fields)).toEqual([
        { ...facts, status: 'created' },
        { ...facts, status: 'updated' },
        { ...facts, status: 'deleted' },
      ])
    })

    it('tell of subscriptions that are created and deleted', async (world) => {
      const { id } = await world.subscribe()
      await world.fetch(`/subscriptions/${id}`, { method: 'DELETE' })
      const events = await systemEvents<Fields>(world, 'nakadi.subscription.log')
      expect(events.slice(0, 2).map(({ metadata: _, ...fields }) => fields)).toEqual([
        { subscription_id: id, status: 'created' },
        { subscription_id: id, status: 'deleted' },
      ])
    })

    it('tell of the batches that are published', async (world) => {
      await world.createEventType()
      await world.as('secret').publish(orders(1, 2))
      const events = await systemEvents<Fields>(world, 'nakadi.batch.published')
      expect(events.map(({ metadata: _, ...fields }) => fields)).toEqual([
        {
          event_type: ORDER_PLACED,
          app: 'billing',
          app_hashed: hash('billing'),
          token_realm: '/services',
          number_of_events: 2,
          ms_spent: 0,
          batch_size: expect.any(Number),
        },
      ])
    })

    it('tell of no batch that is refused', async (world) => {
      await world.createEventType()
      await world.post(`/event-types/${ORDER_PLACED}/events`, [anOrder(1, { order_number: 7 })])
      expect(await systemEvents(world, 'nakadi.batch.published')).toEqual([])
    })

    it('tell what streams have sent, every half minute and at their end', async (world) => {
      const subscription = await world.subscribe()
      const stream = await world.as('secret').openStream(subscription, { batch_flush_timeout: 300 })
      await world.publish(orders(1, 2))
      await stream.batches(2)
      await world.clock.advance(30_000)
      await world.publish(orders(3, 3))
      await stream.batch()
      stream.abort()
      await world.clock.advance(120_000)
      const events = await systemEvents<Fields>(world, 'nakadi.data.streamed')
      const mine = events.filter(({ app }) => app === 'billing')
      expect(mine).toMatchObject([
        {
          api: 'hila',
          subscription: subscription.id,
          event_type: ORDER_PLACED,
          app_hashed: hash('billing'),
          token_realm: '/services',
          number_of_events: 2,
          batches_streamed: 2,
        },
        { number_of_events: 1, batches_streamed: 1 },
      ])
      expect(mine[0]?.['bytes_streamed']).toBeGreaterThan(100)
    })

    it('tell what low-level streams have sent', async (world) => {
      await world.createEventType()
      const path = `/event-types/${ORDER_PLACED}/events?stream_timeout=60&batch_limit=2`
      const response = await world.as('secret').fetch(path)
      await world.publish(orders(1, 2))
      await world.clock.advance(60_000)
      await response.text()
      const events = await systemEvents<Fields>(world, 'nakadi.data.streamed')
      expect(events.find(({ app }) => app === 'billing')).toMatchObject({
        api: 'lola',
        subscription: null,
        event_type: ORDER_PLACED,
        number_of_events: 2,
      })
    })

    it('are in Avro, with the schema of their event type, for whoever asks for it', async (world) => {
      const changed = await world.createSubscription({ event_types: ['nakadi.subscription.log'] })
      await world.clock.advance(1000)
      const { schema } = await jsonOf<NewEventType>(await world.fetch('/event-types/nakadi.subscription.log'))
      const response = await world.fetch(`/subscriptions/${changed.id}/events`, {
        headers: { accept: 'application/avro-binary' },
      })
      const { value } = await (response.body ?? new ReadableStream()).getReader().read()
      const [event] = decodeConsumptionBatch(new Uint8Array(value ?? [])).events
      expect(event?.metadata).toMatchObject({ event_type: 'nakadi.subscription.log', version: '1.0.0' })
      expect(readAvro(parseAvroSchema(schema.schema), event?.payload ?? new Uint8Array())).toEqual({
        subscription_id: changed.id,
        status: 'created',
      })
    })

    it('are consumed by whom a Nakadi admin lets in', async (world) => {
      const path = '/event-types/nakadi.subscription.log'
      expect((await world.as('secret').fetch(`${path}/partitions/0`)).status).toBe(403)
      const eventType = await jsonOf<NewEventType>(await world.fetch(path))
      const billing = [{ data_type: 'user', value: 'billing' }]
      const authorization = { admins: billing, readers: billing, writers: billing }
      const body = JSON.stringify({ ...eventType, authorization })
      const headers = { 'content-type': 'application/json' }
      expect((await world.fetch(path, { method: 'PUT', headers, body })).status).toBe(200)
      expect((await world.as('secret').fetch(`${path}/partitions/0`)).status).toBe(200)
    })
  },
  setup,
)

contract('a broker that collects no key figures', (it) => {
  it('writes them in JSON when somebody has given their event type another schema', async (world) => {
    const name = 'nakadi.subscription.log'
    await world.createEventType({ name, partition_strategy: 'random' })
    await world.enable('kpi_collection')
    const { id } = await world.createSubscription({ event_types: [name] })
    const events = await systemEvents<Fields>(world, name)
    expect(events).toMatchObject([
      { subscription_id: id, status: 'created', metadata: { version: '1.0.0' } },
      { status: 'created' },
    ])
  })

  it('begins when it is told to, and ends as well', async (world) => {
    const switchTo = (enabled: boolean) =>
      world.post('/settings/features', { feature: 'kpi_collection', enabled })
    await world.fetch('/version')
    await switchTo(true)
    await world.fetch('/registry/partition-strategies')
    await switchTo(false)
    await world.fetch('/version')
    const events = await systemEvents<Fields>(world, 'nakadi.access.log')
    expect(events.map(({ path }) => path).sort()).toEqual([
      '/registry/partition-strategies',
      '/settings/features',
    ])
    expect(new Set(events.map(({ app }) => app))).toEqual(new Set(['-']))
  })
})
