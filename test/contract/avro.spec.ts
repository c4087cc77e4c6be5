import {
  type AvroEnvelope,
  type AvroEventMetadata,
  decodeConsumptionBatch,
  encodePublishingBatch,
  parseAvroSchema,
  writeAvro,
} from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, itemsOf, jsonOf } from './answers.ts'
import { anOrder, eid, ORDER_PLACED, partitions } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import type { World } from './world.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`
const DELETED = `/event-types/${ORDER_PLACED}/deleted-events`
const AVRO = { 'content-type': 'application/avro-binary' }

const schema = JSON.stringify({
  type: 'record',
  name: 'OrderPlaced',
  fields: [
    { name: 'order_number', type: 'string' },
    { name: 'amount', type: 'double' },
  ],
})
const inAvro: Partial<NewEventType> = { schema: { type: 'avro_schema', schema } }
const compacted = { ...inAvro, cleanup_policy: 'compact' } as const

/** The n-th order. */
function anEnvelope(n: number, metadata: Partial<AvroEventMetadata> = {}): AvroEnvelope {
  return {
    metadata: {
      eid: eid(n),
      occurred_at: Date.parse('2026-02-03T04:05:06.789Z'),
      version: '1.0.0',
      event_type: ORDER_PLACED,
      ...metadata,
    },
    payload: writeAvro(parseAvroSchema(schema), { order_number: `order-${n}`, amount: 1.5 }),
  }
}

contract('publishing in Avro', (it) => {
  it('answers 200 with an empty body when every event is stored', async (world) => {
    await world.createEventType(inAvro)
    const response = await publishAvro(world, [anEnvelope(1), anEnvelope(2)])
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('gives JSON to consumers that do not ask for Avro, with metadata at the end', async (world) => {
    await world.createEventType(inAvro)
    await publishAvro(world, [anEnvelope(1)], { 'x-flow-id': 'checkout-1' })
    const stream = await world.openStream(await world.createSubscription())
    const line = await stream.line()
    expect(line).toContain('"events":[{"order_number":"order-1","amount":1.5,"metadata":{')
    expect(JSON.parse(line).events[0].metadata).toEqual({
      eid: eid(1),
      occurred_at: '2026-02-03T04:05:06.789Z',
      event_type: ORDER_PLACED,
      version: '1.0.0',
      received_at: WORLD_START,
      published_by: 'unauthenticated',
      partition: '0',
      flow_id: 'checkout-1',
    })
  })

  it('keeps the flow id of an event', async (world) => {
    await world.createEventType(inAvro)
    await publishAvro(world, [anEnvelope(1, { flow_id: 'own' })])
    const stream = await world.openStream(await world.createSubscription())
    const { events = [] } = await stream.batch()
    expect(events[0]?.metadata.flow_id).toBe('own')
  })

  it('hashes the partition keys that an event names', async (world) => {
    await world.createEventType({
      ...inAvro,
      ...partitions(7),
      partition_strategy: 'hash',
      partition_key_fields: ['order_number'],
    })
    await publishAvro(world, [anEnvelope(1, { partition_keys: ['order-1'] })])
    const stream = await world.openStream(await world.createSubscription())
    expect((await stream.batch()).cursor.partition).toBe('6')
  })

  const failures: readonly {
    given: string
    eventType?: Partial<NewEventType>
    metadata: object
    want: string
  }[] = [
    { given: 'is of another event type', metadata: { event_type: 'x' }, want: 'event type does not match' },
    {
      given: 'names a schema that does not exist',
      metadata: { version: '2.0.0' },
      want: 'EventType "order.placed" has no schema with version "2.0.0"',
    },
    {
      given: 'names no partition keys',
      eventType: { partition_strategy: 'hash', partition_key_fields: ['order_number'] },
      metadata: {},
      want: 'Cannot calculate hash value for partitioning: partition keys not set.',
    },
    {
      given: 'names no partition',
      eventType: { partition_strategy: 'user_defined' },
      metadata: {},
      want: 'Failed to resolve partition. Failed to get partition from event metadata',
    },
    {
      given: 'names a partition that does not exist',
      eventType: { partition_strategy: 'user_defined' },
      metadata: { partition: '7' },
      want: 'Failed to resolve partition. Invalid partition specified when publishing event: 7',
    },
  ]
  for (const { given, eventType, metadata, want } of failures) {
    it(`fails as a whole with 207 when an event ${given}`, async (world) => {
      await world.createEventType({ ...inAvro, ...eventType })
      const good = anEnvelope(1, { partition_keys: ['a'], partition: '0' })
      const response = await publishAvro(world, [good, anEnvelope(2, metadata)])
      expect(response.status).toBe(207)
      expect(await itemsOf(response)).toEqual([
        { publishing_status: 'aborted', step: 'publishing', detail: '', eid: eid(1), partition: null },
        { publishing_status: 'failed', step: 'publishing', detail: want, eid: eid(2), partition: null },
      ])
    })
  }

  it('is refused with 404 when there is no such event type, whatever the body', async ({ post }) => {
    const response = await post(EVENTS, 'x', AVRO)
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })

  const unreadable = [
    { given: 'has no header', body: new TextEncoder().encode('[]') },
    { given: 'names an unknown schema', body: Uint8Array.of(0xc3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0) },
    { given: 'is cut short', body: encodePublishingBatch([anEnvelope(1)]).slice(0, -3) },
  ]
  for (const { given, body } of unreadable) {
    it(`is refused with 400 when the body ${given}`, async (world) => {
      await world.createEventType(inAvro)
      expect((await world.fetch(EVENTS, { method: 'POST', headers: AVRO, body })).status).toBe(400)
    })
  }

  it('is refused with 422 for a malformed consumer tag', async (world) => {
    expect((await publishAvro(world, [], { 'X-CONSUMER-TAG': 'a' })).status).toBe(422)
  })
})

contract('deleting events in Avro', (it) => {
  const deletion = (n: number): AvroEnvelope => ({
    ...anEnvelope(n, { partition_compaction_key: 'a' }),
    payload: new Uint8Array(),
  })

  it('leaves a gap in the offsets and nothing else', async (world) => {
    await world.createEventType(compacted)
    expect((await deleteAvro(world, [deletion(1)])).status).toBe(200)
    await publishAvro(world, [anEnvelope(2, { partition_compaction_key: 'a' })])
    const stream = await world.openStream(await world.createSubscription())
    expect((await stream.batch()).cursor.offset).toMatch(/1$/)
  })

  it('needs empty payloads', async (world) => {
    await world.createEventType(compacted)
    const response = await deleteAvro(world, [anEnvelope(1, { partition_compaction_key: 'a' })])
    expect(response.status).toBe(207)
    const [item] = await itemsOf(response)
    expect(item?.detail).toBe('Payload must be empty to delete events.')
  })

  it('is refused with 422 when the event type is not compacted', async (world) => {
    await world.createEventType(inAvro)
    const response = await deleteAvro(world, [deletion(1)])
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'It is not allowed to delete events from non compacted event type',
    ])
  })
})

contract('consuming in Avro', (it) => {
  it('gives batches as Avro objects', async (world) => {
    await world.createEventType(inAvro)
    await publishAvro(world, [anEnvelope(1)])
    const batch = decodeConsumptionBatch(await firstChunk(world))
    expect(batch.cursor).toMatchObject({ partition: '0', event_type: ORDER_PLACED })
    expect(batch.info).toBe('Stream started')
    expect(batch.events).toHaveLength(1)
    expect(batch.events[0]).toMatchObject({
      metadata: {
        eid: eid(1),
        event_type: ORDER_PLACED,
        partition: '0',
        received_at: Date.parse(WORLD_START),
      },
      payload: anEnvelope(1).payload,
    })
  })

  it('wraps events that were published in JSON', async (world) => {
    await world.createEventType()
    await world.publish([anOrder(1)])
    const { events } = decodeConsumptionBatch(await firstChunk(world))
    expect(events[0]?.metadata).toMatchObject({ eid: eid(1), version: '1.0.0' })
    const text = new TextDecoder().decode(events[0]?.payload)
    expect(JSON.parse(text)).toMatchObject({ order_number: 'order-1', metadata: { eid: eid(1) } })
  })
})

contract('the schemas of Avro batches', (it) => {
  for (const name of ['batch.publishing', 'batch.consumption']) {
    it(`are there for ${name}, in two versions`, async ({ fetch }) => {
      const { items } = await jsonOf<{ items: { version: string }[] }>(
        await fetch(`/avro-schemas/${name}/versions`),
      )
      expect(items.map(({ version }) => version)).toEqual(['0', '1'])
      const response = await fetch(`/avro-schemas/${name}/versions/1`)
      expect(await response.json()).toEqual(items[1])
    })
  }

  it('are not there for other names and versions', async ({ fetch }) => {
    expect((await fetch('/avro-schemas/none/versions')).status).toBe(404)
    const response = await fetch('/avro-schemas/batch.publishing/versions/2')
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'Avro schema not found for: batch.publishing, version 2',
    ])
  })
})

type Headers = Readonly<Record<string, string>>

function publishAvro(
  { fetch }: World,
  events: readonly AvroEnvelope[],
  headers: Headers = {},
): Promise<Response> {
  const body = new Uint8Array(encodePublishingBatch(events))
  return fetch(EVENTS, { method: 'POST', headers: { ...AVRO, ...headers }, body })
}

function deleteAvro({ fetch }: World, events: readonly AvroEnvelope[]): Promise<Response> {
  return fetch(DELETED, {
    method: 'POST',
    headers: AVRO,
    body: new Uint8Array(encodePublishingBatch(events)),
  })
}

/** What a new subscription's stream begins with, for a client that accepts nothing but Avro. */
async function firstChunk({ fetch, createSubscription }: World): Promise<Uint8Array> {
  const { id } = await createSubscription()
  const headers = { accept: 'application/avro-binary' }
  const response = await fetch(`/subscriptions/${id}/events`, { headers })
  const reader = (response.body ?? new ReadableStream()).getReader()
  const { value } = await reader.read()
  return new Uint8Array(value ?? [])
}
