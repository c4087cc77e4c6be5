// parse-in-pieces.ts - parses the events of a long line some at a time.
//
// V8 gives a text of more than 128 KiB memory of its own from the operating system, and gives it back soon after: for
// a line of 400 kB that takes longer than parsing it. So a long line is never made one text.

import { Buffer } from 'node:buffer'

/** Bytes of a piece: below 128 KiB of memory even when each of them becomes a character of two bytes. */
const pieceBytes = 60_000

/** A line of fewer bytes is parsed as a whole. */
export const longLineBytes = 2 * pieceBytes

/** Where one piece is put between its brackets. Nothing waits while it is used, so there need be but one. */
const scratch = Buffer.allocUnsafeSlow(pieceBytes + 64)

const [opening, closing] = ['[', ']']
/** What stands before the events where the rest of the line is parsed with the last of them. */
const openingOfLast = '{"events":['
const longestKey = 40

/**
 * The events of a line, or undefined if they cannot be had in pieces.
 *
 * The cuts are guesses: before what begins as the first event does. They cannot go wrong, because what was cut
 * inside an event is no JSON.
 *
 * @param line - the whole line
 * @param start - where the first event begins
 * @param parseText - a parser of JSON, which throws
 */
export function parseInPieces(
  line: Uint8Array,
  start: number,
  parseText: (text: string) => unknown,
): readonly unknown[] | undefined {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
  const cut = cutOf(bytes, start)
  if (cut === undefined) return undefined
  const events: unknown[] = []
  let from = start
  try {
    while (bytes.length - from > pieceBytes) {
      const comma = bytes.lastIndexOf(cut, from + pieceBytes - cut.length) + 1
      if (comma <= from) return undefined
      const piece = parseText(wrapped(opening, bytes.subarray(from, comma), closing))
      if (!Array.isArray(piece)) return undefined
      for (const event of piece) events.push(event)
      from = comma + 1
    }
    const last = parseText(wrapped(openingOfLast, bytes.subarray(from), '')) as { events?: unknown }
    if (!Array.isArray(last.events)) return undefined
    for (const event of last.events) events.push(event)
    return events
  } catch {
    // Whoever parses the line as a whole tells what is wrong with it, or that nothing is.
    return undefined
  }
}

/** The end of an event, a comma, and the beginning of another: `},{"metadata":`. */
function cutOf(bytes: Buffer, start: number): Buffer | undefined {
  const colon = bytes.subarray(start, start + longestKey).indexOf(':')
  if (colon === -1) return undefined
  return Buffer.concat([Buffer.from('},'), bytes.subarray(start, start + colon + 1)])
}

function wrapped(before: string, piece: Buffer, after: string): string {
  const start = scratch.write(before, 0, 'latin1')
  const end = start + piece.copy(scratch, start)
  return scratch.toString('utf8', 0, end + scratch.write(after, end, 'latin1'))
}
