// The body of a publishing request: an array of objects, cut into the texts of its events.
//
// The texts matter: the broker stores them almost as they came, measures them, and hashes keys as they
// were written. So the body is not parsed as a whole but scanned for where each object begins and ends.

import {
  isJsonWhitespace,
  type JsonObject,
  readEvent,
  type Span,
  scanContainer,
  skipWhitespace,
} from '@rioni/event-types'

/** An event as it was published. */
export interface PublishedEvent {
  /** The event as JSON: the text that was sent, but for the liberties with JSON that the broker grants. */
  readonly text: string
  /** The same, parsed. */
  readonly event: JsonObject
  /** The text as it was sent. */
  readonly sent: string
  /** Whether there is whitespace between the tokens of `text`. */
  readonly isSpaced: boolean
  /** Where in `text` the value of `metadata` is, if that is an object or an array. */
  readonly metadata: Span | undefined
}

/** The events of a body, or the end of the detail text of the broker's 400. */
export type EventBatch =
  | { readonly ok: true; readonly events: readonly PublishedEvent[] }
  | { readonly ok: false; readonly message: string }

/** Deeper events would overflow the stack of whoever walks them recursively later. */
const MAX_DEPTH = 100

/** Cuts a body into events. Between them any mix of commas and whitespace is accepted, or nothing. */
export function splitEvents(body: string): EventBatch {
  const start = skipWhitespace(body, 0)
  if (body[start] !== '[') return fault(`Array of events should start with [ at position ${start}`)
  const end = lastInk(body)
  if (end === start || body[end] !== ']') {
    return fault(`Array of events should end with ] at position ${end}`)
  }
  const events: PublishedEvent[] = []
  for (let at = skipSeparators(body, start + 1); at < end; at = skipSeparators(body, at)) {
    if (body[at] !== '{') return fault(`Illegal character at position ${at}`)
    const scan = scanContainer(body, at)
    // The misspelling is the broker's.
    if (scan.end > end) return fault(`Unclosed object staring at ${at} found.`)
    if (scan.depth > MAX_DEPTH) {
      return fault(`The object starting at ${at} is nested deeper than ${MAX_DEPTH}.`)
    }
    const sent = body.slice(at, scan.end)
    const reading = readEvent(sent, scan)
    if (!reading.ok) return fault(reading.message)
    const { event, text } = reading
    const { isSpaced, metadata } = text === sent ? moved(scan, -at) : scanContainer(text, 0)
    events.push({ text, event, sent, isSpaced, metadata })
    at = scan.end
  }
  return { ok: true, events }
}

interface Layout {
  readonly isSpaced: boolean
  readonly metadata: Span | undefined
}

function moved({ isSpaced, metadata }: Layout, by: number): Layout {
  return { isSpaced, metadata: metadata && { start: metadata.start + by, end: metadata.end + by } }
}

function skipSeparators(body: string, from: number): number {
  let at = from
  while (at < body.length && (body[at] === ',' || isJsonWhitespace(body.charCodeAt(at)))) at += 1
  return at
}

function lastInk(body: string): number {
  let at = body.length - 1
  while (isJsonWhitespace(body.charCodeAt(at))) at -= 1
  return at
}

function fault(message: string): EventBatch {
  return { ok: false, message }
}
