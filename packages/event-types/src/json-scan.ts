// Walking over JSON text without parsing it: where a string or a value ends.
//
// Everything here expects text that `JSON.parse` accepts; on other text the positions mean nothing, but
// every function still ends in linear time. Depth is a counter, not recursion, so nesting cannot
// overflow the stack.

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const LETTER_M = 0x6d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** A part of a text: from `start`, up to but not including `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** True for the four characters that JSON allows between tokens. */
export function isJsonWhitespace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB
}

/** The first position at or after `at` that holds no whitespace. */
export function skipWhitespace(text: string, at: number): number {
  let position = at
  while (isJsonWhitespace(text.charCodeAt(position))) position += 1
  return position
}

/** Up to here looking at each character of a string costs less than a search for its end. */
const SHORT_STRING = 24

/** The position after the string whose opening quote is at `at`. */
export function skipString(text: string, at: number): number {
  const near = Math.min(at + SHORT_STRING, text.length)
  let position = at + 1
  for (; position < near; position += 1) {
    const code = text.charCodeAt(position)
    if (code === QUOTE) return position + 1
    if (code === BACKSLASH) position += 1
  }
  let quote = text.indexOf('"', position)
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote === -1 ? text.length : quote + 1
}

/** True after an odd number of backslashes: of each two, the first escapes the second. */
function isEscaped(text: string, position: number): boolean {
  let start = position
  while (text.charCodeAt(start - 1) === BACKSLASH) start -= 1
  return (position - start) % 2 === 1
}

/** The position after the value whose first character is at `at`. */
export function skipValue(text: string, at: number): number {
  const first = text.charCodeAt(at)
  if (first === QUOTE) return skipString(text, at)
  if (opens(first)) return scanContainer(text, at).end
  let position = at
  while (position < text.length && !endsScalar(text.charCodeAt(position))) position += 1
  return position
}

/** What one pass over an object or array tells about it. */
export interface JsonScan {
  /** The position after it; the length of the text when it does not end. */
  readonly end: number
  /** How deeply its objects and arrays are nested; a scalar has depth 0. */
  readonly depth: number
  /**
   * How many members its objects have together: every colon outside of strings belongs to one. Names that
   * occur twice count twice, which is how to notice them.
   */
  readonly members: number
  /** Whether a number of it has 19 digits or more, or an exponent of three: it may fit no type. */
  readonly hasLargeNumber: boolean
  /** Whether there is whitespace between its tokens. */
  readonly isSpaced: boolean
  /** Where the value of the outermost object's member `metadata` is, if that is an object or an array. */
  readonly metadata: Span | undefined
}

/**
 * Walks over the object or array that opens at `at`, once. Without anything that opens there the scan goes
 * on to the end of the text.
 */
export function scanContainer(text: string, at: number): JsonScan {
  let depth = 0
  let deepest = 0
  let members = 0
  let hasLargeNumber = false
  let isSpaced = false
  /** Where the last string of the outermost object starts: with a colon after it, that is a name. */
  let name = 0
  let metadataStart: number | undefined
  let metadata: Span | undefined
  let position = at
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === QUOTE) {
      if (depth === 1) name = position
      position = skipString(text, position)
      continue
    }
    if (isDigit(code)) {
      const start = position
      while (continuesNumber(text.charCodeAt(position))) position += 1
      hasLargeNumber ||= position - start >= 5 && isLargeNumber(text.slice(start, position))
      continue
    }
    position += 1
    if (code === COLON) {
      members += 1
      if (depth === 1) metadataStart = isMetadata(text, name) ? position : undefined
    } else if (opens(code)) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (closes(code)) {
      depth -= 1
      if (depth === 0) break
      if (depth === 1 && metadataStart !== undefined) {
        metadata = { start: skipWhitespace(text, metadataStart), end: position }
        metadataStart = undefined
      }
    } else if (isJsonWhitespace(code)) {
      isSpaced = true
    }
  }
  return { end: position, depth: deepest, members, hasLargeNumber, isSpaced, metadata }
}

/** Whether the name whose opening quote is at `at` is `metadata`, written with escapes or without. */
function isMetadata(text: string, at: number): boolean {
  if (text.startsWith('metadata"', at + 1)) return true
  if (text.charCodeAt(at + 1) !== BACKSLASH && text.charCodeAt(at + 1) !== LETTER_M) return false
  const written = text.slice(at, skipString(text, at))
  return written.replace(/\\u([\da-f]{4})/gi, codeUnit) === '"metadata"'
}

function codeUnit(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}

function isLargeNumber(digits: string): boolean {
  return digits.length >= 19 || /[eE]\+?\d{3}/.test(digits)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function continuesNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x45 || code === 0x65 || code === 0x2b || code === 0x2d
}

function opens(code: number): boolean {
  return code === OPEN_BRACE || code === OPEN_BRACKET
}

function closes(code: number): boolean {
  return code === CLOSE_BRACE || code === CLOSE_BRACKET
}

function endsScalar(code: number): boolean {
  return code === COMMA || closes(code) || isJsonWhitespace(code)
}
