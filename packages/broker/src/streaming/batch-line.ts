// One batch as a line of the wire format:
// {"cursor":{"partition":…,"offset":…,"event_type":…,"cursor_token":…},"events":[…],"info":{"debug":…}}

import type { Batch } from '../core/batching.ts'

const encoder = new TextEncoder()
const COMMA = 0x2c

/** What a line says of the position of its batch. */
export interface BatchCursor {
  readonly offset: string
  readonly token: string
}

/**
 * Writes a batch. Clients compare lines as text, so the order of keys is fixed, `events` is left out
 * when there are none, and the events are the stored bytes.
 */
export function batchLine(batch: Batch, { offset, token }: BatchCursor): Uint8Array {
  const { event_type, partition } = batch.partition
  return line(batch, { partition, offset, event_type, cursor_token: token })
}

/** Writes a batch of a low-level stream: the same with a shorter cursor, and never a remark. */
export function eventStreamLine({ debug: _, ...batch }: Batch, offset: string): Uint8Array {
  return line(batch, { partition: batch.partition.partition, offset })
}

function line(batch: Batch, cursor: object): Uint8Array {
  const { events } = batch
  const head = encoder.encode(opening(events, cursor))
  const tail = encoder.encode(ending(batch))
  let length = head.byteLength + tail.byteLength + Math.max(0, events.length - 1)
  for (const event of events) length += event.value.byteLength
  // Every byte is written below, so none need be cleared first.
  const bytes = Buffer.allocUnsafeSlow(length)
  bytes.set(head)
  let at = head.byteLength
  for (const { value } of events) {
    if (at > head.byteLength) bytes[at++] = COMMA
    bytes.set(value, at)
    at += value.byteLength
  }
  bytes.set(tail, at)
  return bytes
}

function opening(events: Batch['events'], cursor: object): string {
  return `{"cursor":${JSON.stringify(cursor)}${events.length > 0 ? ',"events":[' : ''}`
}

function ending({ events, debug }: Batch): string {
  const info = debug === undefined ? '' : `,"info":{"debug":"${debug}"}`
  return `${events.length > 0 ? ']' : ''}${info}}\n`
}
