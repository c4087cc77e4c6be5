import type { LogRecord } from '../../core/log-record.ts'

/** The newest records of one partition. */
export interface Tail {
  /** Adds records that follow those that are there. */
  push(records: readonly LogRecord[]): void
  /** At most so many records from an offset on; undefined when they are not all here. */
  from(offset: number, maxRecords: number): readonly LogRecord[] | undefined
  /** Forgets the records before an offset. */
  dropBefore(offset: number): void
}

/** The newest records of all partitions, so that whoever keeps up with the log does not touch the disk. */
export interface TailCache {
  tail(): Tail
}

/** What a record takes beside its value, roughly. */
const RECORD_OVERHEAD_BYTES = 160

/** What was pushed at once. It leaves at once too. */
interface Piece {
  readonly owner: OwnedTail
  readonly count: number
  readonly bytes: number
}

interface OwnedTail {
  /** Without gaps between their offsets. */
  readonly records: LogRecord[]
  /** How many records that a piece still counts for are forgotten already. */
  ahead: number
}

/** Creates a cache of at most so many bytes, the oldest of which are forgotten first. */
export function createTailCache(maxBytes: number): TailCache {
  let pieces: Piece[] = []
  let head = 0
  let bytes = 0

  function evict(): void {
    while (bytes > maxBytes) {
      const piece = pieces[head]
      if (piece === undefined) return
      head += 1
      bytes -= piece.bytes
      const { owner } = piece
      const known = Math.min(owner.ahead, piece.count)
      owner.ahead -= known
      owner.records.splice(0, piece.count - known)
    }
    if (head > 1000 && head * 2 > pieces.length) {
      pieces = pieces.slice(head)
      head = 0
    }
  }

  return {
    tail() {
      const owner: OwnedTail = { records: [], ahead: 0 }
      return {
        push(records) {
          for (const record of records) owner.records.push(record)
          const size = records.reduce((sum, { value }) => sum + value.byteLength + RECORD_OVERHEAD_BYTES, 0)
          pieces.push({ owner, count: records.length, bytes: size })
          bytes += size
          evict()
        },
        from(offset, maxRecords) {
          const [first] = owner.records
          if (first === undefined || offset < first.offset) return undefined
          const start = offset - first.offset
          return owner.records.slice(start, start + maxRecords)
        },
        dropBefore(offset) {
          const [first] = owner.records
          if (first === undefined || first.offset >= offset) return
          owner.ahead += owner.records.splice(0, offset - first.offset).length
        },
      }
    },
  }
}
