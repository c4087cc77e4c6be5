// Batches of events in Avro: what a producer posts and what a consumer is sent with the media type
// `application/avro-binary`. Each event is an envelope: its metadata, and a payload that only the schema of
// the event type explains.

import type { SubscriptionCursor } from '@rioni/protocol'
import { AVRO_BATCH_SCHEMAS, type AvroBatchSchema } from './avro-batch-schemas.ts'
import {
  readSingleObject,
  type SingleObjectType,
  singleObjectType,
  writeSingleObject,
} from './avro-single-object.ts'
import type { AvroType } from './avro-type.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'
import { readAvro } from './read-avro.ts'
import { AvroDataError, writeAvro } from './write-avro.ts'

/** What is known of an event besides its payload. Fields that may be null may be absent, too. */
export interface AvroEventMetadata {
  /** Milliseconds since the epoch. */
  readonly occurred_at: number
  readonly eid: string
  readonly flow_id?: string | null
  /** Milliseconds since the epoch. */
  readonly received_at?: number | null
  /** The version of the event type's schema that the payload is written with. */
  readonly version: string
  readonly published_by?: string | null
  readonly event_type: string
  readonly partition?: string | null
  readonly partition_keys?: readonly string[] | null
  readonly partition_compaction_key?: string | null
  readonly parent_eids?: readonly string[] | null
  readonly span_ctx?: string | null
  readonly event_owner?: string | null
}

/** An event in Avro. */
export interface AvroEnvelope {
  readonly metadata: AvroEventMetadata
  readonly payload: Uint8Array
}

/** A batch of a subscription's stream, in Avro. */
export interface AvroConsumptionBatch {
  readonly cursor: SubscriptionCursor
  readonly info?: string | null
  readonly events: readonly AvroEnvelope[]
}

/** The events of a body, or why it has none. */
export type AvroPublishingBatch =
  | { readonly ok: true; readonly events: readonly AvroEnvelope[] }
  | { readonly ok: false; readonly message: string }

const PUBLISHING = AVRO_BATCH_SCHEMAS['batch.publishing'].map(prepared)
const CONSUMPTION = AVRO_BATCH_SCHEMAS['batch.consumption'].map(prepared)
const ENVELOPE = envelopeType()

/** Decodes the body of a publishing request: single-object encoding, either version of the schema. */
export function decodePublishingBatch(bytes: Uint8Array): AvroPublishingBatch {
  try {
    const batch = readSingleObject(PUBLISHING, bytes) as { readonly events: readonly AvroEnvelope[] }
    return { ok: true, events: batch.events }
  } catch (error) {
    if (error instanceof AvroDataError) return { ok: false, message: error.message }
    throw error
  }
}

/** Encodes the body of a publishing request, in the latest version. */
export function encodePublishingBatch(events: readonly AvroEnvelope[]): Uint8Array {
  return writeSingleObject(latest(PUBLISHING), { events })
}

/** Encodes one batch of a stream, in the latest version. Batches follow each other without a separator. */
export function encodeConsumptionBatch(batch: AvroConsumptionBatch): Uint8Array {
  return writeSingleObject(latest(CONSUMPTION), batch)
}

/**
 * Decodes one batch of a stream, either version of the schema.
 *
 * @throws AvroDataError
 */
export function decodeConsumptionBatch(bytes: Uint8Array): AvroConsumptionBatch {
  return readSingleObject(CONSUMPTION, bytes) as AvroConsumptionBatch
}

/** Encodes one event on its own, as a log may keep it: the latest version, without a header. */
export function encodeEnvelope(envelope: AvroEnvelope): Uint8Array {
  return writeAvro(ENVELOPE, envelope)
}

/**
 * Decodes what `encodeEnvelope` gave.
 *
 * @throws AvroDataError
 */
export function decodeEnvelope(bytes: Uint8Array): AvroEnvelope {
  return readAvro(ENVELOPE, bytes) as AvroEnvelope
}

function prepared({ avro_schema }: AvroBatchSchema): SingleObjectType {
  return singleObjectType(parseAvroSchema(JSON.stringify(avro_schema)))
}

function latest(types: readonly SingleObjectType[]): SingleObjectType {
  const type = types.at(-1)
  if (type === undefined) throw new AvroDataError('There is no schema')
  return type
}

function envelopeType(): AvroType {
  const { type } = latest(PUBLISHING)
  const events = type.kind === 'record' ? type.fields[0]?.type : undefined
  if (events?.kind !== 'array') throw new AvroDataError('A publishing batch is a record of an array')
  return events.items
}
