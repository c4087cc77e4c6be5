// Which records compaction keeps. Storages differ in how they get rid of the others.

import type { LogRecord } from '../core/log-record.ts'

/** The newest offset of each key, among the records that were looked at. */
export type NewestOffsets = Map<string, number>

/** Finds the newest offset of each key before an offset. */
export function newestOffsets(records: Iterable<LogRecord>, before: number): NewestOffsets {
  const newest: NewestOffsets = new Map()
  for (const { key, offset } of records) {
    if (key !== undefined && offset < before) newest.set(key, offset)
  }
  return newest
}

/**
 * Whether a record stays: one without a key, one that is newer than all that were looked at, and the newest of its
 * key unless it is a tombstone, which has done its work once its predecessors are gone.
 */
export function survivesCompaction({ key, offset, value }: LogRecord, newest: NewestOffsets): boolean {
  const last = key === undefined ? undefined : newest.get(key)
  if (last === undefined || offset > last) return true
  return offset === last && value.byteLength > 0
}
