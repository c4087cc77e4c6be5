import { corrupt } from './disk-storage-error.ts'
import type { Descriptor, FileSystem } from './file-system.ts'
import { appendTimeOf, decodeRecord, holdsRecordAfter, RECORD_HEAD_BYTES } from './record-codec.ts'
import { decodeIndex, type IndexEntry } from './segment-index.ts'

/** The files of a segment. */
export interface SegmentFiles {
  readonly name: { readonly base: number }
  readonly path: string
  readonly indexPath: string
}

/** What there is in a segment. */
export interface RecoveredSegment {
  /** The offset after the last record. */
  readonly next: number
  readonly size: number
  readonly index: IndexEntry[]
  readonly firstAt: number | undefined
  readonly lastAt: number | undefined
}

/**
 * Finds the end of the segment that was appended to last, from the last entry of its index on, and cuts off a
 * record that was not written completely.
 *
 * Throws where intact records follow after one that is not: then the file has been damaged, and to cut it would be
 * to lose what was acknowledged.
 */
export function recoverSegment(segment: SegmentFiles, files: FileSystem): RecoveredSegment {
  const descriptor = files.open(segment.path, 'read')
  try {
    const size = files.sizeOf(segment.path)
    const read = (position: number, end: number) => readPart(files, { descriptor, position, end })
    const index = decodeIndex(files.readFile(segment.indexPath) ?? new Uint8Array())
    const checkpoint = lastIntact(index, size, read)
    const position = checkpoint?.position ?? 0
    const end = findEnd(read(position, size), {
      segment,
      position,
      next: checkpoint?.offset ?? segment.name.base,
    })
    if (end.size < size) files.truncate(segment.path, end.size)
    const head = read(0, Math.min(RECORD_HEAD_BYTES, end.size))
    return {
      ...end,
      index: checkpoint === undefined ? [] : index.slice(0, index.indexOf(checkpoint) + 1),
      firstAt: head.byteLength < RECORD_HEAD_BYTES ? undefined : appendTimeOf(head),
    }
  } finally {
    files.close(descriptor)
  }
}

type ReadPart = (position: number, end: number) => Buffer

interface Part {
  readonly descriptor: Descriptor
  readonly position: number
  readonly end: number
}

function readPart(files: FileSystem, { descriptor, position, end }: Part): Buffer {
  const bytes = Buffer.allocUnsafe(end - position)
  return bytes.subarray(0, files.readNow(descriptor, bytes, position))
}

/** How much is read to see whether the record of an index entry is there. */
const PROBE_BYTES = 64 * 1024

/** The last entry of the index that points to a record, whole or cut off by the probe. */
function lastIntact(index: readonly IndexEntry[], size: number, read: ReadPart): IndexEntry | undefined {
  return index.findLast(({ position, offset }) => {
    if (position >= size) return false
    const decoded = decodeRecord(read(position, Math.min(size, position + PROBE_BYTES)), 0)
    if (decoded.kind === 'record') return decoded.record.offset === offset
    if (decoded.kind === 'damaged' || decoded.needed > size - position) return false
    const whole = decodeRecord(read(position, position + decoded.needed), 0)
    return whole.kind === 'record' && whole.record.offset === offset
  })
}

interface Search {
  readonly segment: SegmentFiles
  /** Where the bytes begin in the file. */
  readonly position: number
  /** The offset after what comes before. */
  readonly next: number
}

function findEnd(bytes: Buffer, search: Search): Pick<RecoveredSegment, 'next' | 'size' | 'lastAt'> {
  let { next } = search
  let lastAt: number | undefined
  let position = 0
  while (position < bytes.byteLength) {
    const decoded = decodeRecord(bytes, position)
    if (decoded.kind !== 'record') {
      if (!holdsRecordAfter(bytes.subarray(position + 1), next)) break
      throw corrupt(
        search.segment.path,
        search.position + position,
        'a record is unreadable, and others follow it',
      )
    }
    next = decoded.record.offset + 1
    lastAt = decoded.record.at
    position = decoded.end
  }
  return { next, size: search.position + position, lastAt }
}
