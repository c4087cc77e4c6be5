import type { JsonObject } from './json-value.ts'

const NAMESPACE = 'org.zalando.nakadi.generated.avro'
const TIME = { type: 'long', logicalType: 'timestamp-millis' }
const UUID = { type: 'string', logicalType: 'uuid' }

/** A stored version of one of the schemas that batches of events are wrapped in. */
export interface AvroBatchSchema {
  /** A number as text, from `0` on. */
  readonly version: string
  readonly avro_schema: JsonObject
}

/**
 * The schemas of the Nakadi API for events in Avro, by name, oldest first. Names and order of the fields are
 * part of the wire: clients find the schema by its fingerprint.
 */
export const AVRO_BATCH_SCHEMAS: {
  readonly [K in 'batch.publishing' | 'batch.consumption']: readonly [AvroBatchSchema, AvroBatchSchema]
} = {
  'batch.publishing': [
    { version: '0', avro_schema: publishingBatch('V0', []) },
    { version: '1', avro_schema: publishingBatch('', [optional('event_owner', 'string')]) },
  ],
  'batch.consumption': [
    { version: '0', avro_schema: consumptionBatch('V0', []) },
    { version: '1', avro_schema: consumptionBatch('', [optional('event_owner', 'string')]) },
  ],
}

function publishingBatch(suffix: string, more: readonly JsonObject[]): JsonObject {
  return record(`PublishingBatch${suffix}`, [{ name: 'events', type: events(suffix, more) }])
}

function consumptionBatch(suffix: string, more: readonly JsonObject[]): JsonObject {
  const cursor = record(
    'SubscriptionCursor',
    ['partition', 'offset', 'event_type', 'cursor_token'].map((name) => ({ name, type: 'string' })),
  )
  return record(`ConsumptionBatch${suffix}`, [
    { name: 'cursor', type: cursor },
    optional('info', 'string'),
    { name: 'events', type: events(suffix, more) },
  ])
}

function events(suffix: string, more: readonly JsonObject[]): JsonObject {
  const metadata = record(`Metadata${suffix}`, [
    { name: 'occurred_at', type: TIME },
    { name: 'eid', type: UUID },
    optional('flow_id', 'string'),
    optional('received_at', TIME),
    { name: 'version', type: 'string' },
    optional('published_by', 'string'),
    { name: 'event_type', type: 'string' },
    optional('partition', 'string'),
    optional('partition_keys', { type: 'array', items: 'string' }),
    optional('partition_compaction_key', 'string'),
    optional('parent_eids', { type: 'array', items: UUID }),
    optional('span_ctx', 'string'),
    ...more,
  ])
  const envelope = record(`Envelope${suffix}`, [
    { name: 'metadata', type: metadata },
    { name: 'payload', type: { type: 'bytes' } },
  ])
  return { type: 'array', items: envelope }
}

function record(name: string, fields: readonly JsonObject[]): JsonObject {
  return { name, namespace: NAMESPACE, type: 'record', fields }
}

function optional(name: string, type: string | JsonObject): JsonObject {
  return { name, type: ['null', type], default: null }
}
