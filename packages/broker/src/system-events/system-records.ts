// The broker's own events as records: in Avro where their event type has the schema that the broker gave it,
// otherwise in JSON. Nobody who has changed the event type since shall keep the broker from telling of itself.

import { createPartitionResolver, parseAvroSchema, writeAvro } from '@rioni/event-types'
import type { EventTypeSchema } from '@rioni/protocol'
import { prepareAvroBatch } from '../core/avro-publishing.ts'
import { createEnrich } from '../core/enrichment.ts'
import { splitEvents } from '../core/event-batch.ts'
import { prepareBatch } from '../core/publishing.ts'
import type { EventTypeState } from '../core/state.ts'
import { toAvroRecords, toRecords } from '../publishing/records.ts'
import type { Random } from '../random.ts'
import type { NewRecord } from '../storage/event-log.ts'
import { SYSTEM_EVENT_TYPES, SYSTEM_OWNER } from './system-event-types.ts'

/** An event of the broker, as it happened. */
export interface LoggedEvent {
  readonly fields: Readonly<Record<string, unknown>>
  readonly eid: string
  /** Milliseconds since the epoch. */
  readonly occurredAt: number
  readonly flowId: string
}

/** What records depend on beside the events. */
export interface RecordEnvironment {
  readonly random: Random
  /** Now, in milliseconds since the epoch. */
  readonly at: number
}

/**
 * Makes records of events of one event type.
 *
 * @throws Error when the event type has become one that the events do not fit.
 */
export function systemRecords(
  events: readonly LoggedEvent[],
  stored: EventTypeState,
  environment: RecordEnvironment,
): readonly NewRecord[] {
  const schema = ownAvroSchema(stored)
  return schema === undefined
    ? jsonRecords(events, stored, environment)
    : avroRecords(events, { stored, schema }, environment)
}

/** The version of the schema that the broker has created the event type with, if that is in Avro. */
function ownAvroSchema({ eventType: { name }, schemas }: EventTypeState): EventTypeSchema | undefined {
  const own = SYSTEM_EVENT_TYPES.find(({ definition }) => definition.name === name)?.definition.schema
  if (own?.type !== 'avro_schema') return undefined
  return schemas.find(({ type, schema }) => type === 'avro_schema' && schema === own.schema)
}

interface AvroForm {
  readonly stored: EventTypeState
  readonly schema: EventTypeSchema
}

function avroRecords(
  events: readonly LoggedEvent[],
  { stored, schema }: AvroForm,
  { random, at }: RecordEnvironment,
): readonly NewRecord[] {
  const type = parseAvroSchema(schema.schema)
  const envelopes = events.map(({ fields, eid, occurredAt, flowId }) => ({
    metadata: {
      eid,
      occurred_at: occurredAt,
      flow_id: flowId,
      event_type: stored.eventType.name,
      version: schema.version,
    },
    payload: writeAvro(type, fields),
  }))
  const prepared = prepareAvroBatch(envelopes, {
    stored,
    isDeletion: false,
    claim: () => ({}),
    random,
    flowId: '',
    publishedBy: SYSTEM_OWNER,
    at,
  })
  if (prepared.kind !== 'accepted') throw notPublished(stored)
  return toAvroRecords(prepared.events, {})
}

function jsonRecords(
  events: readonly LoggedEvent[],
  stored: EventTypeState,
  { random, at }: RecordEnvironment,
): readonly NewRecord[] {
  const { eventType, partitions } = stored
  const texts = events.map(({ fields, eid, occurredAt, flowId }) => {
    const metadata = { eid, occurred_at: new Date(occurredAt).toISOString(), flow_id: flowId }
    return JSON.stringify({ ...fields, metadata })
  })
  const batch = splitEvents(`[${texts.join(',')}]`)
  if (!batch.ok) throw notPublished(stored)
  const prepared = prepareBatch(batch.events, {
    eventType,
    claim: () => ({}),
    // The broker knows what it writes.
    validate: () => undefined,
    resolvePartition: createPartitionResolver({ eventType, partitions, random }),
    toText: createEnrich({
      eventType: eventType.name,
      version: eventType.schema.version,
      flowId: '',
      publishedBy: SYSTEM_OWNER,
      receivedAt: new Date(at).toISOString(),
    }),
    maxEventBytes: Number.POSITIVE_INFINITY,
  })
  if (prepared.kind !== 'accepted') throw notPublished(stored)
  return toRecords(prepared.events, {})
}

function notPublished({ eventType }: EventTypeState): Error {
  return new Error(`Events of ${eventType.name} cannot be published.`)
}
