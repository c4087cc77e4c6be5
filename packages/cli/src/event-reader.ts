/**
 * Reads events from a byte stream: JSON lines, or one JSON array. The first byte that is not white space decides;
 * an event is an object, so a bracket there can only open an array. Memory is one event and one chunk.
 *
 * An element that is not a JSON object does not stop the reader: it is handed out with the reason, and its
 * neighbours stay usable. Only what makes the rest of the input unreadable is thrown.
 */

import { createLineFramer } from '@rioni/protocol'
import { createArrayFramer } from './array-framer.ts'
import { findInexactNumber } from './inexact-number.ts'

/** One element of the input. */
export type InputItem = InputEvent | MalformedItem

/** An event as it was read. */
export interface InputEvent {
  readonly kind: 'event'
  /** Where it stands, for people: `line 3` counts from 1 as editors do, `index 2` from 0 as JSON pointers do. */
  readonly place: string
  readonly event: object
  /** Length of its text, with white space around it. */
  readonly bytes: number
}

/** An element that cannot be an event. */
interface MalformedItem {
  readonly kind: 'malformed'
  readonly place: string
  readonly reason: string
}

/** Takes the bytes of one input, in order. */
interface EventReader {
  /**
   * Takes the next bytes, cut anywhere, and hands out the elements that they complete.
   *
   * @throws RangeError or LineTooLongError when an element exceeds the limit.
   * @throws SyntaxError when the input is neither JSON lines nor one array.
   */
  feed(chunk: Uint8Array): void
  /**
   * Ends the input. A last line without line feed counts: an object that is whole cannot have been cut short.
   *
   * @throws SyntaxError when an array is not closed.
   */
  end(): void
}

/**
 * Most bytes that one event may have in the input. Nakadi itself stops at 999,000 bytes (manual, "Publishing
 * events"); the rest is for white space, and the broker shall be the one who rejects an event.
 */
const MAX_EVENT_BYTES = 8 * 1024 * 1024

const LINE_FEED = 0x0a
const OPENING_BRACKET = 0x5b
/** White space of JSON, and the three bytes of a byte order mark, which some editors put before everything. */
const SKIPPED_BEFORE_FIRST = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

/** Reads all of `chunks`, no faster than the caller takes the items. Throws what {@link EventReader} throws. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputItem> {
  const items: InputItem[] = []
  const reader = createEventReader((item) => items.push(item))
  try {
    for await (const chunk of chunks) {
      reader.feed(chunk)
      yield* items.splice(0)
    }
    reader.end()
  } catch (error) {
    yield* items
    throw error
  }
  yield* items
}

/** A reader for one input, which hands every element to `onItem` in order. */
function createEventReader(onItem: (item: InputItem) => void): EventReader {
  let reader: EventReader | undefined
  let skippedLines = 0

  return {
    feed(chunk) {
      if (reader !== undefined) return reader.feed(chunk)
      const first = chunk.findIndex((byte) => !SKIPPED_BEFORE_FIRST.has(byte))
      skippedLines += countLineFeeds(first === -1 ? chunk : chunk.subarray(0, first))
      if (first === -1) return
      const isArray = chunk[first] === OPENING_BRACKET
      reader = isArray ? createArrayReader(onItem) : createLineReader(onItem, skippedLines)
      reader.feed(chunk.subarray(first))
    },
    end() {
      reader?.end()
    },
  }
}

function createArrayReader(onItem: (item: InputItem) => void): EventReader {
  let index = 0
  return createArrayFramer({
    maxElementBytes: MAX_EVENT_BYTES,
    onElement: (element) => {
      onItem(readItem(`index ${index}`, element))
      index += 1
    },
  })
}

function createLineReader(onItem: (item: InputItem) => void, linesBefore: number): EventReader {
  let line = linesBefore
  const onLine = startingWithAnEvent(onItem)
  const framer = createLineFramer({
    maxLineBytes: MAX_EVENT_BYTES,
    onLine: (bytes) => {
      if (!isBlank(bytes)) onLine(readItem(`line ${line}`, bytes))
    },
  })

  /** Feeds line by line, because the framer skips empty lines without telling and editors count them. */
  function feed(chunk: Uint8Array): void {
    let start = 0
    for (let stop = chunk.indexOf(LINE_FEED); stop !== -1; stop = chunk.indexOf(LINE_FEED, start)) {
      line += 1
      framer.feed(chunk.subarray(start, stop + 1))
      start = stop + 1
    }
    framer.feed(chunk.subarray(start))
  }

  return { feed, end: () => feed(Uint8Array.of(LINE_FEED)) }
}

/**
 * Refuses an input whose first line is no event. It is some other format, such as one event that is spread over many
 * lines, and nothing in it may be taken for an event by accident.
 */
function startingWithAnEvent(onItem: (item: InputItem) => void): (item: InputItem) => void {
  let isFirst = true
  return (item) => {
    if (isFirst && item.kind === 'malformed') {
      throw new SyntaxError(
        `the input is neither JSON lines nor a JSON array: ${item.place} is ${item.reason}`,
      )
    }
    isFirst = false
    onItem(item)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readItem(place: string, bytes: Uint8Array): InputItem {
  const malformed = (reason: string): InputItem => ({ kind: 'malformed', place, reason })
  try {
    const event: unknown = JSON.parse(utf8.decode(bytes))
    if (!isObject(event)) return malformed('not a JSON object')
    const inexact = findInexactNumber(event)
    if (inexact !== undefined) return malformed(`not exact: the number at ${inexact} would lose digits`)
    return { kind: 'event', place, event, bytes: bytes.length }
  } catch (error) {
    return malformed(error instanceof SyntaxError ? `not JSON (${error.message})` : 'not UTF-8')
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => SKIPPED_BEFORE_FIRST.has(byte))
}

function countLineFeeds(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 0)
}
