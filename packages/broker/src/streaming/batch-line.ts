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
export function batchLine(batch: Batch, cursor: BatchCursor): Uint8Array {
  const { events } = batch
  const head = encoder.encode(opening(batch, cursor))
  const tail = encoder.encode(ending(batch))
  let length = head.byteLength + tail.byteLength + Math.max(0, events.length - 1)
  for (const event of events) length += event.value.byteLength
  const line = new Uint8Array(length)
  line.set(head)
  let at = head.byteLength
  for (const [index, event] of events.entries()) {
    if (index > 0) line[at++] = COMMA
    line.set(event.value, at)
    at += event.value.byteLength
  }
  line.set(tail, at)
  return line
}

function opening({ partition, events }: Batch, { offset, token }: BatchCursor): string {
  const cursor = JSON.stringify({
    partition: partition.partition,
    offset,
    event_type: partition.event_type,
    cursor_token: token,
  })
  return `{"cursor":${cursor}${events.length > 0 ? ',"events":[' : ''}`
}

function ending({ events, debug }: Batch): string {
  const info = debug === undefined ? '' : `,"info":{"debug":"${debug}"}`
  return `${events.length > 0 ? ']' : ''}${info}}\n`
}
