// Accepted events as the log takes them.

import type { EventOwner } from '../core/authorization.ts'
import type { AcceptedAvroEvent } from '../core/avro-publishing.ts'
import type { RecordHeaders } from '../core/log-record.ts'
import type { AcceptedEvent } from '../core/publishing.ts'
import type { NewRecord } from '../storage/event-log.ts'

/** Makes records of JSON events; `headers` are those of all of them. */
export function toRecords(events: readonly AcceptedEvent[], headers: RecordHeaders): readonly NewRecord[] {
  const values = encodeAll(events.map(({ text }) => text))
  return events.map((event, index) => toRecord(event, values[index] ?? new Uint8Array(), headers))
}

/** Makes records of Avro events; `headers` are those of all of them. */
export function toAvroRecords(
  events: readonly AcceptedAvroEvent[],
  headers: RecordHeaders,
): readonly NewRecord[] {
  return events.map((event) => toRecord(event, event.value, { ...headers, encoding: 'avro' }))
}

interface Addressed {
  readonly partition: string
  readonly key?: string
  readonly owner?: EventOwner
}

function toRecord({ partition, key, owner }: Addressed, value: Uint8Array, shared: RecordHeaders): NewRecord {
  const headers = owner === undefined ? shared : { ...shared, owner }
  return {
    partition,
    value,
    ...(key === undefined ? {} : { key }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  }
}

const encoder = new TextEncoder()

/**
 * Encodes the events of a batch. Most batches are ASCII, where a character is a byte: then one encoding
 * serves for all, and the values are parts of it.
 */
function encodeAll(texts: readonly string[]): readonly Uint8Array[] {
  const all = texts.join('')
  const bytes = encoder.encode(all)
  if (bytes.byteLength !== all.length) return texts.map((text) => encoder.encode(text))
  let end = 0
  return texts.map(({ length }) => {
    end += length
    return bytes.subarray(end - length, end)
  })
}
