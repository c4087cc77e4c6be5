// How a record lies in a segment file. All numbers are big-endian.
//
//   bytes  0-3    length of what follows the checksum
//   bytes  4-7    CRC-32 of what follows
//   bytes  8-15   offset, as a double
//   bytes 16-23   append time in milliseconds since the epoch, as a double
//   byte  24      flags: 1 has a key, 2 has headers
//   then          key and headers, each with its length in four bytes; the value takes the rest

import { crc32 } from 'node:zlib'
import type { LogRecord, RecordHeaders } from '../../core/log-record.ts'
import type { NewRecord } from '../event-log.ts'

/** Bytes before the checked part of a record. */
const PREFIX_BYTES = 8
/** Bytes of the checked part without key, headers and value. */
const FIXED_BYTES = 17
const HAS_KEY = 1
const HAS_HEADERS = 2

/** Bytes that say how long a record is and when it was appended. */
export const RECORD_HEAD_BYTES = PREFIX_BYTES + FIXED_BYTES

/** Records in the form of a file, and the same records as readers see them. */
export interface EncodedRecords {
  readonly bytes: Uint8Array
  /** Their values are parts of `bytes`. */
  readonly records: readonly LogRecord[]
  /** Where each record begins in `bytes`. */
  readonly positions: readonly number[]
}

/** Encodes records that get consecutive offsets from `first` on. */
export function encodeRecords(records: readonly NewRecord[], first: number, at: number): EncodedRecords {
  const parts = records.map(({ key, headers, value }) => ({
    key: key === undefined ? undefined : Buffer.from(key, 'utf8'),
    headers: headers === undefined ? undefined : Buffer.from(JSON.stringify(headers), 'utf8'),
    value,
  }))
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + encodedBytes(part), 0))
  const positions: number[] = []
  let position = 0
  const encoded = parts.map((part, index): LogRecord => {
    positions.push(position)
    const offset = first + index
    const length = encodedBytes(part)
    writeRecord(bytes.subarray(position, position + length), part, { offset, at })
    position += length
    const { partition: _, ...record } = records[index] ?? { partition: '', value: part.value }
    return { ...record, offset, at, value: bytes.subarray(position - part.value.byteLength, position) }
  })
  return { bytes, records: encoded, positions }
}

interface Parts {
  readonly key: Buffer | undefined
  readonly headers: Buffer | undefined
  readonly value: Uint8Array
}

function encodedBytes({ key, headers, value }: Parts): number {
  return RECORD_HEAD_BYTES + withLength(key) + withLength(headers) + value.byteLength
}

function withLength(part: Buffer | undefined): number {
  return part === undefined ? 0 : 4 + part.byteLength
}

function writeRecord(into: Buffer, parts: Parts, { offset, at }: Pick<LogRecord, 'offset' | 'at'>): void {
  const { key, headers, value } = parts
  into.writeUInt32BE(into.byteLength - PREFIX_BYTES, 0)
  into.writeDoubleBE(offset, 8)
  into.writeDoubleBE(at, 16)
  into[24] = (key === undefined ? 0 : HAS_KEY) | (headers === undefined ? 0 : HAS_HEADERS)
  let position = RECORD_HEAD_BYTES
  for (const part of [key, headers]) {
    if (part === undefined) continue
    position = into.writeUInt32BE(part.byteLength, position)
    into.set(part, position)
    position += part.byteLength
  }
  into.set(value, position)
  into.writeUInt32BE(crc32(into.subarray(PREFIX_BYTES)), 4)
}

/** What stands at a position of a file. */
export type Decoded =
  | { readonly kind: 'record'; readonly record: LogRecord; readonly end: number }
  /** The bytes end before the record does; `needed` says how many of them it takes, as far as is known. */
  | { readonly kind: 'incomplete'; readonly needed: number }
  | { readonly kind: 'damaged' }

/** Reads the record that begins at a position. Its value is a part of `bytes`. */
export function decodeRecord(bytes: Buffer, position: number): Decoded {
  const available = bytes.byteLength - position
  if (available < PREFIX_BYTES) return { kind: 'incomplete', needed: PREFIX_BYTES }
  const length = bytes.readUInt32BE(position)
  if (length < FIXED_BYTES) return { kind: 'damaged' }
  const end = position + PREFIX_BYTES + length
  if (end > bytes.byteLength) return { kind: 'incomplete', needed: PREFIX_BYTES + length }
  const checked = bytes.subarray(position + PREFIX_BYTES, end)
  if (crc32(checked) !== bytes.readUInt32BE(position + 4)) return { kind: 'damaged' }
  return { kind: 'record', record: parseRecord(checked), end }
}

function parseRecord(checked: Buffer): LogRecord {
  const offset = checked.readDoubleBE(0)
  const at = checked.readDoubleBE(8)
  const flags = checked[16] ?? 0
  let position = FIXED_BYTES
  const text = (): string => {
    const start = position + 4
    position = start + checked.readUInt32BE(position)
    return checked.toString('utf8', start, position)
  }
  const key = (flags & HAS_KEY) === 0 ? {} : { key: text() }
  const headers = (flags & HAS_HEADERS) === 0 ? {} : { headers: JSON.parse(text()) as RecordHeaders }
  return { offset, at, ...key, ...headers, value: checked.subarray(position) }
}

/** The append time of a record of which only the head is there. */
export function appendTimeOf(head: Buffer): number {
  return head.readDoubleBE(16)
}

/**
 * Whether an intact record of a later offset begins anywhere in `bytes`. It tells damage in the middle of a file
 * from an end that was never written completely.
 */
export function holdsRecordAfter(bytes: Buffer, offset: number): boolean {
  for (let position = 0; position + RECORD_HEAD_BYTES <= bytes.byteLength; position += 1) {
    const length = bytes.readUInt32BE(position)
    if (length < FIXED_BYTES || position + PREFIX_BYTES + length > bytes.byteLength) continue
    const found = bytes.readDoubleBE(position + PREFIX_BYTES)
    if (!Number.isSafeInteger(found) || found < offset) continue
    if (decodeRecord(bytes, position).kind === 'record') return true
  }
  return false
}
