import { Buffer } from 'node:buffer'

/** The JSON text of an event in UTF-8: a part of a slab, which holds many. */
export interface WrittenEvent {
  readonly slab: Uint8Array
  readonly start: number
  /** How many bytes it has. */
  readonly bytes: number
}

/**
 * Writes events as the bytes that are sent, one behind the other. A string would be kept until the batch is sent, copied into
 * the text of the batch, and copied again by the transport; measuring it costs as much as writing it.
 */
export interface EventWriter {
  /** Writes a text as it is. */
  write(text: string): WrittenEvent
  /** Writes an object with the members of `head`, an object that lacks its end, in front of its own. */
  writeBehind(head: string, text: string): WrittenEvent
}

const slabBytes = 256 * 1024
/** UTF-8 takes no more for a UTF-16 unit. */
const mostBytesPerUnit = 3
const [comma, openBracket, closeBracket, closeBrace] = [0x2c, 0x5b, 0x5d, 0x7d]
const emptyObject = '{}'

/** Makes a writer. A slab is let go of when none of its events is held any more. */
export function createEventWriter(): EventWriter {
  let slab = Buffer.allocUnsafe(0)
  let end = 0

  /** Makes sure that there is room for a text of so many units, and for a comma behind it. */
  function reserve(units: number): void {
    const needed = units * mostBytesPerUnit + 1
    if (slab.length - end >= needed) return
    slab = Buffer.allocUnsafeSlow(Math.max(needed, slabBytes))
    end = 0
  }

  function written(start: number): WrittenEvent {
    const event = { slab, start, bytes: end - start }
    slab[end++] = comma
    return event
  }

  return {
    write(text) {
      reserve(text.length)
      const start = end
      end += slab.write(text, end)
      return written(start)
    },
    writeBehind(head, text) {
      reserve(head.length + text.length)
      const start = end
      end += slab.write(head, end)
      if (text === emptyObject) {
        slab[end++] = closeBrace
      } else {
        const brace = end
        end += slab.write(text, end)
        slab[brace] = comma
      }
      return written(start)
    },
  }
}

/** The text of one event, for whoever wants to read it. */
export function textOf({ slab, start, bytes }: WrittenEvent): string {
  return new TextDecoder().decode(slab.subarray(start, start + bytes))
}

/** The body of a batch. Events that were written one behind the other are copied at once. */
export function bodyOf(events: readonly WrittenEvent[]): Uint8Array {
  let length = 1
  for (const { bytes } of events) length += bytes + 1
  const body = Buffer.allocUnsafe(Math.max(length, emptyObject.length))
  body[0] = openBracket
  let at = 1
  for (let index = 0; index < events.length; ) {
    const first = events[index]
    if (first === undefined) break
    let stop = first.start
    for (
      let next: WrittenEvent | undefined = first;
      next?.slab === first.slab && next.start === stop;
      next = events[++index]
    ) {
      // Behind every event there is a comma.
      stop += next.bytes + 1
    }
    body.set(first.slab.subarray(first.start, stop), at)
    at += stop - first.start
  }
  // The comma behind the last event.
  body[Math.max(at, emptyObject.length) - 1] = closeBracket
  return body
}
