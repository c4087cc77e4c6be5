// batch-line.ts - reads one line of a stream.
//
// The cursor is read from the front of the line, the events only when somebody wants them: whoever
// only forwards or stores lines never pays for parsing events.

import { Buffer } from 'node:buffer'
import type { Cursor, StreamBatch, SubscriptionCursor } from '@rioni/protocol'
import { NakadiError } from '../error.ts'
import { announcedCloseReason, type CloseReason } from './close-reason.ts'
import { longLineBytes, parseInPieces } from './parse-in-pieces.ts'

/** What the engine must know of a line. */
export interface BatchLine<Position extends Cursor = SubscriptionCursor> {
  readonly cursor: Position
  readonly hasEvents: boolean
  /** Why the broker is about to end the stream, if it says so. */
  readonly closeReason: CloseReason | undefined
}

/**
 * Reads the front of a line of a subscription stream, and the whole of it when the front is not what
 * Nakadi writes.
 *
 * @throws NakadiError with code `protocol` if the line is no batch.
 */
export function readBatchLine(line: Uint8Array): BatchLine {
  return readFront(line, isCursor) ?? readWhole(line, isCursor)
}

/**
 * The same for a line of a low-level stream, whose cursors have no token.
 *
 * @throws NakadiError with code `protocol` if the line is no batch.
 */
export function readPositionLine(line: Uint8Array): BatchLine<Cursor> {
  return readFront(line, isPosition) ?? readWhole(line, isPosition)
}

type Is<Position> = (value: unknown) => value is Position

const [front, afterCursor] = ['{"cursor":', ',"events":[']
const closingBrace = 0x7d

/**
 * Nakadi writes the cursor first, the events after it, and remarks on the end of a stream only on
 * lines without events. A cursor is a flat object, so it ends at the first brace, or, if a brace stands
 * inside one of its strings, what is cut out is no JSON.
 */
function readFront<Position extends Cursor>(
  line: Uint8Array,
  is: Is<Position>,
): BatchLine<Position> | undefined {
  const start = startOfEvents(line)
  if (start === undefined) return undefined
  const cursor = parse(textOf(line, front.length, start - afterCursor.length))
  return is(cursor) ? { cursor, hasEvents: true, closeReason: undefined } : undefined
}

/** Where the events begin in a line that begins as Nakadi writes it. */
function startOfEvents(line: Uint8Array): number | undefined {
  const end = line.indexOf(closingBrace) + 1
  const isFront =
    textOf(line, 0, front.length) === front && textOf(line, end, end + afterCursor.length) === afterCursor
  return isFront ? end + afterCursor.length : undefined
}

function readWhole<Position extends Cursor>(line: Uint8Array, is: Is<Position>): BatchLine<Position> {
  const batch = parseBatch(line)
  const cursor: unknown = batch.cursor
  if (!is(cursor)) throw noBatch(line)
  return {
    cursor,
    hasEvents: batch.events !== undefined && batch.events.length > 0,
    closeReason: announcedCloseReason(batch),
  }
}

/**
 * Parses the events of a line.
 *
 * @param parseText - a parser of JSON, where `JSON.parse` would lose something
 * @throws NakadiError with code `protocol` if the line is no batch.
 */
export function parseEvents(line: Uint8Array, parseText: ParseText = JSON.parse): readonly unknown[] {
  return eventsOfLongLine(line, parseText) ?? parseBatch(line, parseText).events ?? []
}

function eventsOfLongLine(line: Uint8Array, parseText: ParseText): readonly unknown[] | undefined {
  if (line.length < longLineBytes || readFront(line, isPosition) === undefined) return undefined
  const start = startOfEvents(line)
  return start === undefined ? undefined : parseInPieces(line, start, parseText)
}

type ParseText = (text: string) => unknown

function parseBatch(line: Uint8Array, parseText?: ParseText): StreamBatch<unknown> {
  const batch = parse(textOf(line, 0, line.length), parseText)
  if (isObject(batch) && isPosition(batch['cursor']) && isOptionalArray(batch['events'])) {
    return batch as unknown as StreamBatch<unknown>
  }
  throw noBatch(line)
}

function noBatch(line: Uint8Array): NakadiError {
  return new NakadiError({
    code: 'protocol',
    outcome: 'unknown',
    retryable: true,
    message: `A line of ${line.length} bytes in the stream is no batch: ${JSON.stringify(textOf(line, 0, 200))}. The connection may have been damaged on its way.`,
  })
}

function textOf(line: Uint8Array, start: number, end: number): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8', start, end)
}

function parse(text: string, parseText: ParseText = JSON.parse): unknown {
  try {
    return parseText(text)
  } catch {
    return undefined
  }
}

function isCursor(value: unknown): value is SubscriptionCursor {
  return (
    isObject(value) &&
    ['partition', 'offset', 'event_type', 'cursor_token'].every((name) => typeof value[name] === 'string')
  )
}

function isPosition(value: unknown): value is Cursor {
  return isObject(value) && typeof value['partition'] === 'string' && typeof value['offset'] === 'string'
}

function isOptionalArray(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
