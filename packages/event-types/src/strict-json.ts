// The JSON reader of the Nakadi broker, with its own idea of JSON. It refuses keys that occur twice, integers
// beyond 64 bits and numbers beyond a double. It takes leading zeros, `1.` and the escape `\'`, none of which
// is JSON. And it says what is wrong in words and positions that clients may have seen.
//
// It reads one character after the other, so it is an order of magnitude slower than `JSON.parse`.
// `read-event.ts` turns to it only when the text may be one about which the two disagree.

import { isJsonWhitespace } from './json-scan.ts'

/** A text is not what the broker takes for JSON; the message is the broker's. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError'
}

/** What a text says, and how it says it in proper JSON. */
export interface StrictJson {
  readonly value: unknown
  /** The text itself, unless it makes use of the broker's liberties. */
  readonly text: string
}

/** Deeper nesting would end the stack. Whoever reads requests sets a limit far below. */
export const MAX_STRICT_DEPTH = 1_000

/**
 * Reads the value at the beginning of a text.
 *
 * @throws StrictJsonError
 */
export function parseStrictJson(text: string): StrictJson {
  const reader: StrictReader = { text, at: 0, depth: 0, corrections: [] }
  const value = readValue(reader)
  while (reader.at < text.length) {
    const symbol = nextInk(reader, '')
    if (symbol !== '') throw fault(reader, `Unexpected symbol '${symbol}'`)
  }
  return { value, text: corrected(reader) }
}

/** A place in the text that is written in another way than JSON would. */
interface Correction {
  readonly start: number
  readonly end: number
  readonly json: string
}

interface StrictReader {
  readonly text: string
  /** The position of the next character: what the broker calls the position of the last one. */
  at: number
  depth: number
  readonly corrections: Correction[]
}

function readValue(reader: StrictReader): unknown {
  const first = nextInk(reader)
  switch (first) {
    case '{':
      return nested(reader, readObject)
    case '[':
      return nested(reader, readArray)
    case '"':
      return readString(reader)
    case 'n':
      return readWord(reader, 'null', null)
    case 't':
      return readWord(reader, 'true', true)
    case 'f':
      return readWord(reader, 'false', false)
    default:
      return readNumber(reader, first)
  }
}

function nested<T>(reader: StrictReader, read: (reader: StrictReader) => T): T {
  if (reader.depth === MAX_STRICT_DEPTH) throw fault(reader, `Nested deeper than ${MAX_STRICT_DEPTH}`)
  reader.depth += 1
  const value = read(reader)
  reader.depth -= 1
  return value
}

function readObject(reader: StrictReader): Readonly<Record<string, unknown>> {
  const members = new Map<string, unknown>()
  for (let isFirst = true; ; isFirst = false) {
    const start = nextInk(reader)
    if (start === '}' && isFirst) break
    if (start === '}') throw fault(reader, 'Not allowed to finish object with comma')
    if (start !== '"') throw fault(reader, `Unexpected symbol '${start}'`)
    const name = readString(reader)
    if (nextInk(reader) !== ':') {
      throw fault(reader, 'Waiting for name-value separator : while parsing object')
    }
    const value = readValue(reader)
    if (members.has(name)) throw new StrictJsonError(`Duplicate key "${name}"`)
    members.set(name, value)
    const separator = nextInk(reader)
    if (separator === '}') break
    if (separator !== ',') throw fault(reader, `Unexpected symbol '${separator}' while parsing object`)
  }
  return Object.fromEntries(members)
}

function readArray(reader: StrictReader): unknown[] {
  const items: unknown[] = []
  if (nextInk(reader) === ']') return items
  reader.at -= 1
  for (;;) {
    items.push(readValue(reader))
    const separator = nextInk(reader)
    if (separator === ']') return items
    if (separator !== ',') throw fault(reader, `Unexpected separator '${separator}'`)
  }
}

function readWord<T>(reader: StrictReader, word: string, value: T): T {
  if (nextOf(reader, word.length - 1) === word.slice(1)) return value
  throw fault(reader, `Expected ${word} value`)
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
])

function readString(reader: StrictReader): string {
  let content = ''
  for (;;) {
    const character = next(reader)
    if (character === '"') return content
    if (character === '\n' || character === '\r' || character === '\0') {
      throw fault(reader, 'Unterminated string')
    }
    if (character < ' ') throw fault(reader, 'Illegal escape.')
    content += character === '\\' ? readEscape(reader) : character
  }
}

function readEscape(reader: StrictReader): string {
  const letter = next(reader)
  if (letter === 'u') {
    const digits = nextOf(reader, 4)
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw fault(reader, `Illegal codepoint ${digits}`)
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
  const character = ESCAPES.get(letter)
  if (character === undefined) throw fault(reader, 'Illegal escape.')
  if (letter === "'") reader.corrections.push({ start: reader.at - 2, end: reader.at, json: "'" })
  return character
}

const INTEGER = /^-?\d+$/
const FRACTION = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

function readNumber(reader: StrictReader, first: string): number {
  if (!/[-+.eE\d]/.test(first)) throw fault(reader, `Unexpected symbol '${first}'`)
  if (!/[-\d]/.test(first)) throw fault(reader, `Numbers cannot start with:'${first}'`)
  const start = reader.at - 1
  while (/[-+.eE\d]/.test(reader.text.charAt(reader.at))) reader.at += 1
  const digits = reader.text.slice(start, reader.at)
  if (/[.eE]/.test(digits)) {
    if (!FRACTION.test(digits))
      throw fault(reader, `The provided value '${digits}' cannot be parsed to float`)
    if (!Number.isFinite(Number(digits))) throw fault(reader, `${digits} can not be used`)
  } else if (!INTEGER.test(digits) || BigInt.asIntN(64, BigInt(digits)) !== BigInt(digits)) {
    throw fault(reader, `Can not use long value '${digits}' cause it is too big`)
  }
  const json = jsonNumber(digits)
  if (json !== digits) reader.corrections.push({ start, end: reader.at, json })
  return Number(digits)
}

/** Writes a number as JSON has it: no leading zeros, digits on both sides of the point. */
function jsonNumber(digits: string): string {
  return digits
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?!\d)/, '.0')
}

function corrected({ text, corrections }: StrictReader): string {
  let json = ''
  let keptTo = 0
  for (const { start, end, json: replacement } of corrections) {
    json += text.slice(keptTo, start) + replacement
    keptTo = end
  }
  return keptTo === 0 ? text : json + text.slice(keptTo)
}

function next(reader: StrictReader): string {
  if (reader.at >= reader.text.length) throw fault(reader, 'Unexpected end of data')
  reader.at += 1
  return reader.text.charAt(reader.at - 1)
}

/** Several characters at once. The broker wants one more to follow, which every object has. */
function nextOf(reader: StrictReader, count: number): string {
  if (reader.at + count >= reader.text.length) throw fault(reader, 'Unexpected end of data')
  reader.at += count
  return reader.text.slice(reader.at - count, reader.at)
}

/** The next character that is no whitespace; at the end of the text `atEnd`, if it is given. */
function nextInk(reader: StrictReader, atEnd?: ''): string {
  while (isJsonWhitespace(reader.text.charCodeAt(reader.at))) reader.at += 1
  return atEnd !== undefined && reader.at >= reader.text.length ? atEnd : next(reader)
}

function fault(reader: StrictReader, message: string): StrictJsonError {
  return new StrictJsonError(`${message} at pos ${reader.at}`)
}
