import { type Span, skipString, skipValue, skipWhitespace } from './json-scan.ts'

/** One member of an object in a JSON text, with the exact places of its name and its value. */
export interface JsonMember {
  /** The name, decoded: the member `"\u0061": 1` is named `a`. */
  readonly name: string
  /** Where the name stands, quotes included. */
  readonly nameSpan: Span
  readonly valueSpan: Span
}

/**
 * Lists the members of the object that starts at `start` (after whitespace, if any), in the order of the
 * text. A name that occurs twice is listed twice. A value that is no object has no members.
 *
 * @param text JSON text that `JSON.parse` accepts.
 */
export function* objectMembers(text: string, start = 0): Generator<JsonMember, void, undefined> {
  const open = skipWhitespace(text, start)
  if (text[open] !== '{') return
  let position = skipWhitespace(text, open + 1)
  while (text[position] === '"') {
    const nameSpan = { start: position, end: skipString(text, position) }
    const colon = skipWhitespace(text, nameSpan.end)
    const valueStart = skipWhitespace(text, colon + 1)
    const valueSpan = { start: valueStart, end: skipValue(text, valueStart) }
    yield { name: decodeString(text, nameSpan), nameSpan, valueSpan }
    const comma = skipWhitespace(text, valueSpan.end)
    position = skipWhitespace(text, comma + 1)
  }
}

/**
 * Finds the exact text of the value that a path of member names leads to, or undefined when there is no
 * such value. Of a name that occurs twice the last one counts, as in `JSON.parse`. The empty path is the
 * whole value.
 *
 * @param text JSON text that `JSON.parse` accepts.
 */
export function valueSpan(text: string, path: readonly string[]): Span | undefined {
  const start = skipWhitespace(text, 0)
  let span: Span = { start, end: skipValue(text, start) }
  for (const name of path) {
    const next = memberValue(text, span.start, name)
    if (next === undefined) return undefined
    span = next
  }
  return span
}

function memberValue(text: string, start: number, name: string): Span | undefined {
  let found: Span | undefined
  for (const member of objectMembers(text, start)) {
    if (member.name === name) found = member.valueSpan
  }
  return found
}

function decodeString(text: string, span: Span): string {
  const content = text.slice(span.start + 1, span.end - 1)
  return content.includes('\\') ? String(JSON.parse(`"${content}"`)) : content
}
