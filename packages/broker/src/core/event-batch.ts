// The body of a publishing request: an array of objects, cut into the texts of its events.
//
// The texts matter: the broker stores them almost as they came, measures them, and hashes keys as they
// were written. So the body is not parsed as a whole but scanned for where each object begins and ends.

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

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** Deeper events would overflow the stack of whoever walks them recursively later. */
const MAX_DEPTH = 100

/** Cuts a body into events. Between them any mix of commas and whitespace is accepted, or nothing. */
export function splitEvents(body: string): EventBatch {
  const start = skipBlank(body, 0)
  if (body.charCodeAt(start) !== OPEN_BRACKET)
    return fault(`Array of events should start with [ at position ${start}`)
  const end = lastInk(body)
  if (end === start || body.charCodeAt(end) !== CLOSE_BRACKET) {
    return fault(`Array of events should end with ] at position ${end}`)
  }
  const events: PublishedEvent[] = []
  for (let at = skipSeparators(body, start + 1); at < end; at = skipSeparators(body, at)) {
    if (body.charCodeAt(at) !== OPEN_BRACE) return fault(`Illegal character at position ${at}`)
    const close = objectEnd(body, at, end)
    if (typeof close !== 'number') return close
    const text = body.slice(at, close)
    const event = parse(text)
    if (event === undefined) return fault(`The object starting at ${at} is not valid JSON.`)
    events.push({ text, event })
    at = close
  }
  return { ok: true, events }
}

/** The position after the object that opens at `start`, which has to close before `limit`. */
function objectEnd(body: string, start: number, limit: number): number | EventBatch {
  let depth = 0
  for (let at = start; at < limit; at += 1) {
    const code = body.charCodeAt(at)
    if (code === QUOTE) at = closingQuote(body, at)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1
      if (depth > MAX_DEPTH)
        return fault(`The object starting at ${start} is nested deeper than ${MAX_DEPTH}.`)
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  // The misspelling is the broker's.
  return fault(`Unclosed object staring at ${start} found.`)
}

/** The position of the quote that closes the string opened at `start`; past the end if none does. */
function closingQuote(body: string, start: number): number {
  // Most of a body is inside strings, and the engine searches for a character faster than a loop does.
  let quote = body.indexOf('"', start + 1)
  while (quote !== -1 && isEscaped(body, quote)) quote = body.indexOf('"', quote + 1)
  return quote === -1 ? body.length : quote
}

/** Whether an odd number of backslashes stands before a position. */
function isEscaped(body: string, at: number): boolean {
  let first = at
  while (body.charCodeAt(first - 1) === BACKSLASH) first -= 1
  return (at - first) % 2 === 1
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // It begins with a brace, so what parses is an object.
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

function skipBlank(body: string, from: number): number {
  let at = from
  while (at < body.length && isBlank(body.charCodeAt(at))) at += 1
  return at
}

function skipSeparators(body: string, from: number): number {
  let at = from
  while (at < body.length && (body.charCodeAt(at) === COMMA || isBlank(body.charCodeAt(at)))) at += 1
  return at
}

function lastInk(body: string): number {
  let at = body.length - 1
  while (isBlank(body.charCodeAt(at))) at -= 1
  return at
}

function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB
}

function fault(message: string): EventBatch {
  return { ok: false, message }
}
