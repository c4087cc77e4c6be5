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
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
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

/** The position after the string whose opening quote is at `at`. */
export function skipString(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1)
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
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipContainer(text, at)
  let position = at
  while (position < text.length && !endsScalar(text.charCodeAt(position))) position += 1
  return position
}

/**
 * How deeply the objects and arrays of a text are nested; a scalar has depth 0. Anything that walks the
 * parsed value recursively can rely on a limit checked here first.
 */
export function jsonDepth(text: string): number {
  let depth = 0
  let deepest = 0
  let position = 0
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === QUOTE) {
      position = skipString(text, position)
      continue
    }
    if (opens(code)) depth += 1
    else if (closes(code)) depth -= 1
    deepest = Math.max(deepest, depth)
    position += 1
  }
  return deepest
}

function skipContainer(text: string, at: number): number {
  let depth = 0
  let position = at
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === QUOTE) {
      position = skipString(text, position)
      continue
    }
    position += 1
    if (opens(code)) depth += 1
    else if (closes(code)) {
      depth -= 1
      if (depth === 0) return position
    }
  }
  return text.length
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
