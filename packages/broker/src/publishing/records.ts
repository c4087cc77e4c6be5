// Accepted events as the log takes them.

import type { AcceptedEvent } from '../core/publishing.ts'
import type { NewRecord } from '../storage/event-log.ts'

const encoder = new TextEncoder()

/**
 * Makes records of accepted events. Most batches are ASCII, where a character is a byte: then one encoding
 * serves for all, and the values are parts of it.
 *
 * @param consumerSubscriptionId the only subscription that gets the events
 */
export function toRecords(
  events: readonly AcceptedEvent[],
  consumerSubscriptionId: string | undefined,
): readonly NewRecord[] {
  const values = encodeAll(events.map(({ text }) => text))
  return events.map(({ partition, key, owner }, index) => {
    const headers = {
      ...(consumerSubscriptionId === undefined ? {} : { consumerSubscriptionId }),
      ...(owner === undefined ? {} : { owner }),
    }
    return {
      partition,
      value: values[index] ?? new Uint8Array(),
      ...(key === undefined ? {} : { key }),
      ...(consumerSubscriptionId === undefined && owner === undefined ? {} : { headers }),
    }
  })
}

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
