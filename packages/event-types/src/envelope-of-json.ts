import type { AvroEnvelope } from './avro-batches.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'

/**
 * Wraps an event in JSON for a consumer of Avro: its metadata as far as Avro has them, and its whole text as
 * the payload.
 *
 * @param eventType The event type, which events of category `undefined` do not name themselves.
 * @param text The event as stored.
 * @param event The same, parsed.
 */
export function envelopeOfJson(eventType: string, text: string, event: JsonObject): AvroEnvelope {
  const given = ownValue(event, 'metadata')
  const metadata = isJsonObject(given) ? given : {}
  const spanContext = ownValue(metadata, 'span_ctx')
  return {
    metadata: {
      occurred_at: timeOf(ownValue(metadata, 'occurred_at')) ?? 0,
      eid: textOf(ownValue(metadata, 'eid')) ?? '',
      flow_id: textOf(ownValue(metadata, 'flow_id')),
      received_at: timeOf(ownValue(metadata, 'received_at')),
      version: textOf(ownValue(metadata, 'version')) ?? '',
      published_by: textOf(ownValue(metadata, 'published_by')),
      event_type: textOf(ownValue(metadata, 'event_type')) ?? eventType,
      partition: textOf(ownValue(metadata, 'partition')),
      partition_compaction_key: textOf(ownValue(metadata, 'partition_compaction_key')),
      parent_eids: textsOf(ownValue(metadata, 'parent_eids')),
      span_ctx: isJsonObject(spanContext) ? JSON.stringify(spanContext) : null,
    },
    payload: new TextEncoder().encode(text),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : time
}
