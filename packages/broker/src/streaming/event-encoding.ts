// Events are stored in the encoding that they were published in. Consumers choose theirs.

import {
  type AvroEnvelope,
  type AvroType,
  avroEventText,
  decodeEnvelope,
  encodeConsumptionBatch,
  envelopeOfJson,
  parseAvroSchema,
} from '@rioni/event-types'
import type { EventTypeSchema } from '@rioni/protocol'
import type { Batch } from '../core/batching.ts'
import type { LogRecord } from '../core/log-record.ts'
import type { Storage } from '../storage/storage.ts'
import { type BatchCursor, batchLine } from './batch-line.ts'

/** Makes the bytes of a batch of a subscription stream. */
export type WriteBatch = (batch: Batch, cursor: BatchCursor, storage: Storage) => Uint8Array

/** Writes batches as lines of JSON. */
export const writeJsonBatch: WriteBatch = (batch, cursor, storage) =>
  batchLine(withJsonEvents(batch, storage), cursor)

/** Writes batches as Avro objects, one directly after the other. */
export const writeAvroBatch: WriteBatch = ({ partition, events, debug }, { offset, token }) =>
  encodeConsumptionBatch({
    cursor: { ...partition, offset, cursor_token: token },
    info: debug ?? null,
    events: events.map((record) => envelopeOf(record, partition.event_type)),
  })

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * The same batch with JSON for what was published in Avro.
 *
 * @throws AvroDataError for an event that does not follow the schema that it names: nobody checked it before.
 */
export function withJsonEvents<B extends Pick<Batch, 'partition' | 'events'>>(batch: B, storage: Storage): B {
  if (batch.events.every(({ headers }) => headers?.encoding !== 'avro')) return batch
  const schemas = storage.commands.state.eventTypes.get(batch.partition.event_type)?.schemas ?? []
  const events = batch.events.map((record) => ({ ...record, value: jsonValueOf(record, schemas) }))
  return { ...batch, events }
}

/**
 * The JSON of one event, whatever it was published in.
 *
 * @param schemas all versions of its event type's schema
 * @throws AvroDataError for an event in Avro that does not follow the schema that it names
 */
export function jsonValueOf(
  { value, headers }: Pick<LogRecord, 'value' | 'headers'>,
  schemas: readonly EventTypeSchema[],
): Uint8Array {
  if (headers?.encoding !== 'avro') return value
  const envelope = decodeEnvelope(value)
  const { version } = envelope.metadata
  const schema = schemas.find((candidate) => candidate.version === version)
  if (schema === undefined) throw new Error(`There is no schema ${version} to read an event with.`)
  return encoder.encode(avroEventText(envelope, typeOf(schema)))
}

/** Schemas never change, and each version is an object of its own. */
const types = new WeakMap<EventTypeSchema, AvroType>()

function typeOf(schema: EventTypeSchema): AvroType {
  const known = types.get(schema)
  if (known !== undefined) return known
  const type = parseAvroSchema(schema.schema)
  types.set(schema, type)
  return type
}

function envelopeOf({ value, headers }: LogRecord, eventType: string): AvroEnvelope {
  if (headers?.encoding === 'avro') return decodeEnvelope(value)
  const text = decoder.decode(value)
  return envelopeOfJson(eventType, text, JSON.parse(text))
}
