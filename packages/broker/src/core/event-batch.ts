// The body of a publishing request: an array of objects, cut into the texts of its events.
//
// The texts matter: the broker stores them almost as they came, measures them, and hashes keys as they
// were written. So the body is not parsed as a whole but scanned for where each object begins and ends.

import { isJsonWhitespace, jsonDepth, skipValue, skipWhitespace } from '@rioni/event-types'

/** An event as it was published. */
export interface PublishedEvent {
  readonly text: string
  /** The same, parsed: always an object. */
  readonly event: Readonly<Record<string, unknown>>
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
    const close = skipValue(body, at)
    // The misspelling is the broker's.
    if (close > end) return fault(`Unclosed object staring at ${at} found.`)
    const text = body.slice(at, close)
    if (jsonDepth(text) > MAX_DEPTH) {
      return fault(`The object starting at ${at} is nested deeper than ${MAX_DEPTH}.`)
    }
    const event = parse(text)
    if (event === undefined) return fault(`The object starting at ${at} is not valid JSON.`)
    events.push({ text, event })
    at = close
  }
  return { ok: true, events }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // It begins with a brace, so what parses is an object.
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
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
