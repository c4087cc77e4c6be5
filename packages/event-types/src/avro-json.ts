import type { AvroEnvelope, AvroEventMetadata } from './avro-batches.ts'
import { fingerprintOf, readSingleObject, singleObjectType } from './avro-single-object.ts'
import type { AvroType } from './avro-type.ts'
import { byteText } from './avro-value.ts'
import { isJsonObject, type JsonObject } from './json-value.ts'
import { readAvro } from './read-avro.ts'

/**
 * Prints an event in Avro as the JSON that consumers without Avro get: the payload, and `metadata` as the
 * last member, without what is null in it. A payload that is no record has nowhere to put `metadata`, and
 * comes without.
 *
 * @param type The schema that `metadata.version` names. The payload may begin with the header of
 *   single-object encoding or not.
 * @throws AvroDataError when the payload does not follow the schema.
 */
export function avroEventText({ metadata, payload }: AvroEnvelope, type: AvroType): string {
  const value =
    fingerprintOf(payload) === undefined
      ? readAvro(type, payload)
      : readSingleObject([singleObjectType(type)], payload)
  if (!isJsonObject(value)) return avroValueText(value)
  const { metadata: _, ...members } = value
  return avroValueText({ ...members, metadata: metadataJson(metadata) })
}

/**
 * Prints a value as JSON: longs in all their digits, bytes as texts of characters up to U+00FF, branches of
 * unions without their names. Numbers that JSON does not have become texts, such as `"NaN"`.
 */
export function avroValueText(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`
  if (value instanceof Uint8Array) return JSON.stringify(byteText(value))
  if (Array.isArray(value)) return `[${value.map(avroValueText).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}:${avroValueText(item)}`,
  )
  return `{${members.join(',')}}`
}

/** Times become ISO 8601, as they are in the metadata of JSON events. */
function metadataJson(metadata: AvroEventMetadata): JsonObject {
  const { occurred_at, received_at, ...others } = metadata
  const entries = Object.entries({
    occurred_at: isoTime(occurred_at),
    received_at: received_at === undefined || received_at === null ? null : isoTime(received_at),
    ...others,
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined))
}

/** Far beyond the years of a calendar a time is only a number. */
function isoTime(milliseconds: number): string {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? String(milliseconds) : time.toISOString()
}
