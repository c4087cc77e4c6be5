import type { LogRecord } from '../../core/log-record.ts'
import type { ReadRange } from '../event-log.ts'
import { corrupt } from './disk-storage-error.ts'
import { isNotFound } from './file-system.ts'
import { type DiskEnvironment, type DiskPartition, indexOf, type Segment } from './partition-files.ts'
import { decodeRecord } from './record-codec.ts'
import { positionBefore } from './segment-index.ts'

/** Bytes that are read from a file at once, unless a record is larger. */
const PIECE_BYTES = 256 * 1024

/** How often reading begins again because a file has been replaced or dropped in the meantime. */
const MAX_RESTARTS = 10

/** Reads records that are kept: from memory where they are new, otherwise from the disk. */
export async function readRecords(
  partition: DiskPartition,
  range: ReadRange,
  environment: DiskEnvironment,
): Promise<readonly LogRecord[]> {
  const taken = createTaker(range)
  let from = Math.max(range.from, partition.first)
  for (let restart = 0; !taken.isFull && from < partition.kept; restart += 1) {
    const cached = partition.tail.from(from, range.maxRecords)
    if (cached !== undefined) {
      for (const record of cached) if (!taken.take(record)) break
      break
    }
    try {
      await readFromDisk(partition, from, { taken, environment })
      break
    } catch (error) {
      if (!isNotFound(error) || restart === MAX_RESTARTS) throw error
      from = Math.max(taken.next, partition.first)
    }
  }
  return taken.records
}

interface Taker {
  readonly records: LogRecord[]
  readonly isFull: boolean
  /** The offset after the last record that was taken. */
  readonly next: number
  /** Takes a record if there is room for it. */
  take(record: LogRecord): boolean
}

/** Takes records until there are as many as wanted. One is taken even if it alone is too large. */
function createTaker({ from, maxRecords, maxBytes }: ReadRange): Taker {
  const records: LogRecord[] = []
  let bytes = 0
  let isFull = maxRecords <= 0
  return {
    records,
    get isFull() {
      return isFull
    },
    get next() {
      return (records.at(-1)?.offset ?? from - 1) + 1
    },
    take(record) {
      bytes += record.value.byteLength
      isFull = records.length >= maxRecords || (bytes > maxBytes && records.length > 0)
      if (!isFull) records.push(record)
      return !isFull
    },
  }
}

interface Reading {
  readonly taken: Taker
  readonly environment: DiskEnvironment
}

async function readFromDisk(
  { segments, kept }: DiskPartition,
  from: number,
  { taken, environment }: Reading,
): Promise<void> {
  const first = Math.max(
    0,
    segments.findLastIndex(({ name }) => name.base <= from),
  )
  for (const segment of segments.slice(first)) {
    const position = positionBefore(indexOf(segment, environment), from)
    for await (const piece of readSegment(segment, position, environment)) {
      for (const { record } of piece) {
        if (record.offset < from) continue
        if (record.offset >= kept || !taken.take(record)) return
      }
    }
  }
}

/** A record and where it lies in its file. */
export interface PlacedRecord {
  readonly record: LogRecord
  /** The bytes of the record as they are in the file. */
  readonly bytes: Uint8Array
  readonly position: number
}

/** Reads the records of a segment from a position on, piece by piece. Throws where one is damaged. */
export async function* readSegment(
  segment: Segment,
  from: number,
  { files, openFiles }: DiskEnvironment,
): AsyncGenerator<readonly PlacedRecord[], void, undefined> {
  const { path, size } = segment
  let position = from
  let wanted = PIECE_BYTES
  while (position < size) {
    const file = openFiles.use(path, 'read')
    try {
      const buffer = Buffer.allocUnsafeSlow(Math.min(wanted, size - position))
      const bytes = buffer.subarray(0, await files.read(file.descriptor, buffer, position))
      const { records, end, needed } = decodePiece(bytes, position)
      const isShort = bytes.byteLength < buffer.byteLength
      if (records.length === 0 && (isShort || needed === undefined || position + needed > size))
        throw corrupt(path, position, 'a record is unreadable')
      wanted = records.length === 0 ? (needed ?? PIECE_BYTES) : PIECE_BYTES
      position += end
      if (records.length > 0) yield records
    } finally {
      file.release()
    }
  }
}

interface Piece {
  readonly records: readonly PlacedRecord[]
  /** Where the last whole record ends. */
  readonly end: number
  /** How many bytes the record after that takes, if it is merely cut off. */
  readonly needed: number | undefined
}

function decodePiece(bytes: Buffer, start: number): Piece {
  const records: PlacedRecord[] = []
  let end = 0
  while (end < bytes.byteLength) {
    const decoded = decodeRecord(bytes, end)
    if (decoded.kind === 'incomplete') return { records, end, needed: decoded.needed }
    if (decoded.kind === 'damaged') return { records, end, needed: undefined }
    const { record } = decoded
    records.push({ record, bytes: bytes.subarray(end, decoded.end), position: start + end })
    end = decoded.end
  }
  return { records, end, needed: 0 }
}
