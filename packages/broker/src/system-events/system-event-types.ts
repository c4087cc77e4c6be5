// The event types that belong to the broker itself. Names, fields and options follow section "System event
// types" of the Nakadi manual; operators build on them.

import { completeEventType } from '@rioni/event-types'
import type { EventType, EventTypeAuthorization, EventTypeStatistics, NewEventType } from '@rioni/protocol'
import type { FeatureName } from '../core/settings.ts'
import { type AvroFieldType, avroRecord } from './avro-record.ts'

/** Where the events go that no stream could process. */
export const DEAD_LETTER_QUEUE = 'nakadi.dead.letter.queue'

/** Who changed what: one event for each change of a resource. */
export const AUDIT_LOG = 'nakadi.audit.log'

/** What happens in the broker, for those who run it. */
export const KPI = {
  accessLog: 'nakadi.access.log',
  batchPublished: 'nakadi.batch.published',
  dataStreamed: 'nakadi.data.streamed',
  eventTypeLog: 'nakadi.event.type.log',
  subscriptionLog: 'nakadi.subscription.log',
} as const

/** The name of an event type that the broker publishes to by itself, batch by batch. */
export type LogEventType = typeof AUDIT_LOG | (typeof KPI)[keyof typeof KPI]

/** Who owns them all. */
export const SYSTEM_OWNER = 'stups_nakadi'

/** An event type of the broker. */
export interface SystemEventType {
  /** The feature that makes the broker create it; undefined where it is always there. */
  readonly feature: FeatureName | undefined
  readonly definition: NewEventType
}

const DAY_MS = 86_400_000
const everyone = [{ data_type: '*', value: '*' }] as const
const OPEN: EventTypeAuthorization = { admins: everyone, readers: everyone, writers: everyone }
/** Nobody but those who may read all data; a Nakadi admin can let others in. */
const CLOSED: EventTypeAuthorization = { admins: [], readers: [], writers: [] }

const deadLetterQueue: NewEventType = {
  name: DEAD_LETTER_QUEUE,
  owning_application: SYSTEM_OWNER,
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  schema: { type: 'json_schema', schema: deadLetterSchema() },
  options: { retention_time: DAY_MS },
  audience: 'component-internal',
  authorization: OPEN,
}

const auditLog: NewEventType = {
  name: AUDIT_LOG,
  owning_application: SYSTEM_OWNER,
  category: 'data',
  enrichment_strategies: ['metadata_enrichment'],
  partition_strategy: 'hash',
  partition_key_fields: ['resource_id'],
  schema: { type: 'json_schema', schema: auditSchema() },
  // Asks for ten partitions, and gets as many as there may be.
  default_statistic: parallel(10),
  options: { retention_time: 4 * DAY_MS },
  audience: 'company-internal',
  authorization: OPEN,
}

interface KpiForm {
  readonly record: string
  readonly fields: Readonly<Record<string, AvroFieldType>>
  readonly partitions: number
  readonly compatibilityMode: 'compatible' | 'forward'
  readonly authorization: EventTypeAuthorization | null
}

function kpi(name: string, form: KpiForm): SystemEventType {
  return {
    feature: 'kpi_collection',
    definition: {
      name,
      owning_application: SYSTEM_OWNER,
      category: 'business',
      enrichment_strategies: ['metadata_enrichment'],
      schema: { type: 'avro_schema', schema: avroRecord(form.record, form.fields) },
      compatibility_mode: form.compatibilityMode,
      default_statistic: parallel(form.partitions),
      options: { retention_time: 4 * DAY_MS },
      audience: 'company-internal',
      authorization: form.authorization,
    },
  }
}

/** All of them. */
export const SYSTEM_EVENT_TYPES: readonly SystemEventType[] = [
  { feature: undefined, definition: deadLetterQueue },
  { feature: 'audit_log_collection', definition: auditLog },
  kpi(KPI.accessLog, {
    record: 'NakadiAccessLog',
    fields: {
      method: 'string',
      path: 'string',
      query: 'string',
      user_agent: 'string',
      app: 'string',
      app_hashed: 'string',
      status_code: 'int',
      response_time_ms: 'long',
      accept_encoding: 'string',
      content_encoding: 'string',
      request_length: 'long',
      response_length: 'long',
    },
    partitions: 8,
    compatibilityMode: 'forward',
    authorization: CLOSED,
  }),
  kpi(KPI.batchPublished, {
    record: 'NakadiBatchPublished',
    fields: {
      event_type: 'string',
      app: 'string',
      app_hashed: 'string',
      token_realm: 'string',
      number_of_events: 'int',
      ms_spent: 'long',
      batch_size: 'long',
    },
    partitions: 10,
    compatibilityMode: 'compatible',
    authorization: null,
  }),
  kpi(KPI.dataStreamed, {
    record: 'NakadiDataStreamed',
    fields: {
      api: 'string',
      subscription: ['null', 'string'],
      event_type: 'string',
      app: 'string',
      app_hashed: 'string',
      token_realm: 'string',
      number_of_events: 'long',
      bytes_streamed: 'long',
      batches_streamed: 'int',
    },
    partitions: 8,
    compatibilityMode: 'compatible',
    authorization: CLOSED,
  }),
  kpi(KPI.eventTypeLog, {
    record: 'NakadiEventTypeLog',
    fields: {
      event_type: 'string',
      status: 'string',
      category: 'string',
      authz: 'string',
      compatibility_mode: 'string',
    },
    partitions: 1,
    compatibilityMode: 'forward',
    authorization: CLOSED,
  }),
  kpi(KPI.subscriptionLog, {
    record: 'NakadiSubscriptionLog',
    fields: { subscription_id: 'string', status: 'string' },
    partitions: 1,
    compatibilityMode: 'compatible',
    authorization: CLOSED,
  }),
]

/** The event type that a definition makes, created at a moment in milliseconds since the epoch. */
export function systemEventType({ definition }: SystemEventType, at: number): EventType {
  return completeEventType(definition, at)
}

function parallel(partitions: number): EventTypeStatistics {
  return {
    messages_per_minute: 1000,
    message_size: 1000,
    read_parallelism: partitions,
    write_parallelism: partitions,
  }
}

/** Whatever the event was, its metadata says which one. */
function deadLetterSchema(): string {
  const text = { type: 'string' }
  return JSON.stringify({
    type: 'object',
    properties: {
      subscription_id: { type: 'string', format: 'uuid' },
      event_type: text,
      partition: text,
      offset: text,
      error: { type: 'object', properties: { message: text }, required: ['message'] },
      event: {
        type: 'object',
        properties: {
          metadata: {
            type: 'object',
            properties: { event_type: text, eid: text, occurred_at: { type: 'string', format: 'date-time' } },
            required: ['event_type', 'eid', 'occurred_at'],
            additionalProperties: true,
          },
        },
        required: ['metadata'],
        additionalProperties: true,
      },
    },
    required: ['subscription_id', 'event_type', 'partition', 'offset', 'error', 'event'],
  })
}

function auditSchema(): string {
  const text = { type: 'string' }
  const object = { type: 'object', additionalProperties: true }
  return JSON.stringify({
    type: 'object',
    properties: {
      previous_object: object,
      previous_text: text,
      new_object: object,
      new_text: text,
      resource_type: text,
      resource_id: text,
      user: text,
      user_hash: text,
    },
    required: ['user', 'user_hash', 'resource_id', 'resource_type'],
  })
}
