// Events of a stream as their type describes them: plain JSON, or decoded by its codec.

import { parseEvents } from '../consume/batch-line.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { decodePayload } from './decode-payload.ts'
import { parseExactJson } from './exact-json.ts'

/** Reads the events of a line of a stream. */
export type EventReader = (line: Uint8Array) => readonly unknown[]

/** The reader for the events of a type: with its codec, if it has one. */
export function eventReaderOf(eventType: EventTypeConstant): EventReader {
  if (eventType.codec === undefined) return parseEvents
  return (line) => parseEvents(line, parseExactJson).map((event) => decodeEvent(event, eventType))
}

/**
 * Decodes the payload of an event; the envelope is as the broker wrote it.
 *
 * @throws NakadiError as `decodePayload` does
 */
export function decodeEvent(event: unknown, { category, codec = [] }: EventTypeConstant): unknown {
  if (typeof event !== 'object' || event === null || category === 'undefined')
    return decodePayload(event, codec)
  if (category === 'business') {
    const { metadata, ...payload } = event as { readonly metadata?: unknown }
    return { ...asObject(decodePayload(payload, codec)), metadata: decodePayload(metadata, []) }
  }
  const { data, ...envelope } = event as { readonly data?: unknown }
  return { ...asObject(decodePayload(envelope, [])), data: decodePayload(data, codec) }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
