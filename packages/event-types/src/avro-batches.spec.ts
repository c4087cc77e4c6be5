import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { AVRO_BATCH_SCHEMAS } from './avro-batch-schemas.ts'
import {
  type AvroEventMetadata,
  decodeConsumptionBatch,
  decodeEnvelope,
  decodePublishingBatch,
  encodeConsumptionBatch,
  encodeEnvelope,
  encodePublishingBatch,
} from './avro-batches.ts'
import { avroEventText } from './avro-json.ts'
import { singleObjectType, writeSingleObject } from './avro-single-object.ts'
import { envelopeOfJson } from './envelope-of-json.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'
import { writeAvro } from './write-avro.ts'

const metadata: AvroEventMetadata = {
  occurred_at: Date.parse('2024-01-01T00:00:00Z'),
  eid: 'd9b2d63d-a233-4123-847a-1f9c3f9e5f4e',
  version: '1.0.0',
  event_type: 'order.placed',
}
const filled = {
  ...metadata,
  flow_id: null,
  received_at: null,
  published_by: null,
  partition: null,
  partition_keys: null,
  partition_compaction_key: null,
  parent_eids: null,
  span_ctx: null,
  event_owner: null,
}
const payload = new TextEncoder().encode('payload')

describe('a batch of a producer in Avro', () => {
  it('is decoded as it was encoded', () => {
    const given = { ...filled, partition_keys: ['a', 'b'], span_ctx: '{}', received_at: 1 }
    expect(decodePublishingBatch(encodePublishingBatch([{ metadata: given, payload }]))).toEqual({
      ok: true,
      events: [{ metadata: given, payload }],
    })
  })

  it('begins with the marker and the fingerprint of its schema', () => {
    const [, { avro_schema }] = AVRO_BATCH_SCHEMAS['batch.publishing']
    const other = avsc.Type.forSchema(avro_schema as unknown as avsc.Schema)
    const body = encodePublishingBatch([{ metadata, payload }])
    expect([...body.subarray(0, 2)]).toEqual([0xc3, 0x01])
    expect(JSON.parse(JSON.stringify(other.fromBuffer(Buffer.from(body.subarray(10)))))).toMatchObject({
      events: [{ metadata: { eid: metadata.eid, flow_id: null } }],
    })
  })

  it('may use the older schema, which knows no owner', () => {
    const [{ avro_schema }] = AVRO_BATCH_SCHEMAS['batch.publishing']
    const type = singleObjectType(parseAvroSchema(JSON.stringify(avro_schema)))
    const { event_owner: _, ...known } = filled
    expect(decodePublishingBatch(writeSingleObject(type, { events: [{ metadata, payload }] }))).toEqual({
      ok: true,
      events: [{ metadata: known, payload }],
    })
  })

  it.each([
    { what: 'no header', given: [1, 2, 3], want: 'The bytes have no Avro header' },
    {
      what: 'an unknown fingerprint',
      given: [0xc3, 0x01, 1, 0, 0, 0, 0, 0, 0, 0],
      want: 'The fingerprint is unknown: 1',
    },
    {
      what: 'half a value',
      given: [...encodePublishingBatch([{ metadata, payload }])].slice(0, 20),
      want: 'The bytes end in the middle of a value',
    },
  ])('is refused when it has $what', ({ given, want }) => {
    expect(decodePublishingBatch(Uint8Array.from(given))).toEqual({ ok: false, message: want })
  })
})

describe('a batch of a stream in Avro', () => {
  const cursor = { partition: '0', offset: '001-0001-1', event_type: 'order.placed', cursor_token: 't' }

  it('is decoded as it was encoded', () => {
    const batch = { cursor, info: 'Stream started', events: [{ metadata: filled, payload }] }
    expect(decodeConsumptionBatch(encodeConsumptionBatch(batch))).toEqual(batch)
    expect(decodeConsumptionBatch(encodeConsumptionBatch({ cursor, events: [] }))).toEqual({
      cursor,
      info: null,
      events: [],
    })
  })
})

describe('an event in Avro', () => {
  const type = parseAvroSchema('{"type":"record","name":"A","fields":[{"name":"a","type":["null","long"]}]}')
  const event = {
    metadata: { ...filled, received_at: 0, partition: '1' },
    payload: writeAvro(type, { a: 5 }),
  }
  const text =
    '{"a":5,"metadata":{"occurred_at":"2024-01-01T00:00:00.000Z","received_at":"1970-01-01T00:00:00.000Z",' +
    '"eid":"d9b2d63d-a233-4123-847a-1f9c3f9e5f4e","version":"1.0.0","event_type":"order.placed","partition":"1"}}'

  it('is kept as it was', () => {
    expect(decodeEnvelope(encodeEnvelope(event))).toEqual(event)
  })

  it('is printed as JSON with its metadata last, without what is null', () => {
    expect(avroEventText(event, type)).toBe(text)
  })

  it('may have a payload with a header of its own', () => {
    const payload = writeSingleObject(singleObjectType(type), { a: 5 })
    expect(avroEventText({ ...event, payload }, type)).toBe(text)
  })
})

describe('an event in JSON, for a consumer of Avro', () => {
  it('has its text as the payload and its metadata beside it', () => {
    const json = {
      metadata: {
        ...{ eid: 'e', occurred_at: '2024-01-01T01:00:00+01:00', version: '1.2.3', partition: '0' },
        ...{ event_type: 'order.placed', parent_eids: ['p'], span_ctx: { a: 'b' }, flow_id: 'f' },
      },
    }
    const envelope = envelopeOfJson('order.placed', JSON.stringify(json), json)
    expect(new TextDecoder().decode(envelope.payload)).toBe(JSON.stringify(json))
    expect(decodeEnvelope(encodeEnvelope(envelope)).metadata).toEqual({
      ...filled,
      ...{
        eid: 'e',
        version: '1.2.3',
        partition: '0',
        parent_eids: ['p'],
        span_ctx: '{"a":"b"}',
        flow_id: 'f',
      },
    })
  })

  it('is named by its event type when it has no metadata', () => {
    expect(envelopeOfJson('order.placed', '{}', {}).metadata).toMatchObject({
      event_type: 'order.placed',
      eid: '',
    })
  })
})
