// A sparse index: where in a segment some of its records begin. It only saves time. An entry is written when its
// record is kept, and an index that is missing or cut short makes reading start further ahead of what is wanted.
//
// Sixteen bytes for each entry: the offset as a double, the position in four bytes, and the CRC-32 of both.

import { crc32 } from 'node:zlib'

/** One record of a segment. */
export interface IndexEntry {
  readonly offset: number
  readonly position: number
}

const ENTRY_BYTES = 16
const CHECKED_BYTES = 12

/** The form of an entry in a file. */
export function encodeIndexEntry({ offset, position }: IndexEntry): Uint8Array {
  const bytes = Buffer.alloc(ENTRY_BYTES)
  bytes.writeDoubleBE(offset, 0)
  bytes.writeUInt32BE(position, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, CHECKED_BYTES)), CHECKED_BYTES)
  return bytes
}

/** The entries of a file, up to the first one that is not intact. */
export function decodeIndex(file: Uint8Array): IndexEntry[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const entries: IndexEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= bytes.byteLength; at += ENTRY_BYTES) {
    if (crc32(bytes.subarray(at, at + CHECKED_BYTES)) !== bytes.readUInt32BE(at + CHECKED_BYTES)) break
    entries.push({ offset: bytes.readDoubleBE(at), position: bytes.readUInt32BE(at + 8) })
  }
  return entries
}

/** Where to begin reading to find an offset: the last entry that is not after it, or the beginning. */
export function positionBefore(entries: readonly IndexEntry[], offset: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle]?.offset ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return entries[low - 1]?.position ?? 0
}
