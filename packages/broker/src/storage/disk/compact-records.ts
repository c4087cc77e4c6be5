// Compaction rewrites segments that are no longer appended to, and puts neighbours together while it is at it.
// The new file gets its final name when it is complete and synced; only then do the old ones go. After a crash in
// between, the name says which files it replaces.

import { join } from 'node:path'
import { type NewestOffsets, survivesCompaction } from '../compaction.ts'
import type { Dropping } from './drop-records.ts'
import { removeSegment } from './drop-records.ts'
import {
  activeSegment,
  aSegment,
  type DiskEnvironment,
  type DiskPartition,
  type Segment,
} from './partition-files.ts'
import { type PlacedRecord, readSegment } from './read-records.ts'
import { encodeIndexEntry } from './segment-index.ts'
import { compactedSegment, indexFile, logFile } from './segment-names.ts'

/** Keys that are remembered at once; more are taken care of one part of the log after the other. */
const MAX_KEYS = 1_000_000

/**
 * Of the records before an offset, keeps the newest of each key and those without a key. A segment that reaches
 * beyond the offset waits for the next time.
 */
export async function compactRecords(
  partition: DiskPartition,
  before: number,
  { environment, roll }: Dropping,
): Promise<void> {
  const active = activeSegment(partition)
  if (active !== undefined && active.name.base < before && partition.written <= before) await roll(partition)
  const limit = endOfWhole(partition, before)
  if (!isWorthwhile(partition, limit, environment)) return
  for (let from = partition.first; from < limit; ) {
    const { newest, reached } = await findNewest(partition, { from, limit }, environment)
    for (const group of groupSegments(partition, reached, environment)) {
      await rewrite(partition, { group, newest }, environment)
    }
    from = reached
  }
  partition.tail.dropBefore(limit)
}

/** The end of the last segment that lies before an offset and is not appended to. */
function endOfWhole(partition: DiskPartition, before: number): number {
  const active = activeSegment(partition)
  const last = partition.segments.findLast(
    (segment) => segment !== active && endOf(partition, segment) <= before,
  )
  return last === undefined ? partition.first : endOf(partition, last)
}

/** Whether enough is new since the last compaction. Kafka calls this the dirty ratio. */
function isWorthwhile(
  { segments }: DiskPartition,
  limit: number,
  { minDirtyRatio }: DiskEnvironment,
): boolean {
  let clean = 0
  let dirty = 0
  for (const { name, size } of segments) {
    if (name.base >= limit) break
    if (name.generation > 0) clean += size
    else dirty += size
  }
  return dirty > 0 && dirty / (clean + dirty) >= minDirtyRatio
}

/** The segments before an offset that are not appended to, in groups that make up one segment each. */
function groupSegments(
  partition: DiskPartition,
  limit: number,
  { segmentBytes }: DiskEnvironment,
): readonly (readonly Segment[])[] {
  const active = activeSegment(partition)
  const groups: Segment[][] = []
  let bytes = 0
  for (const segment of partition.segments) {
    if (segment === active || segment.name.base >= limit) break
    bytes += segment.size
    const group = groups.at(-1)
    if (group === undefined || bytes > segmentBytes) {
      groups.push([segment])
      bytes = segment.size
    } else {
      group.push(segment)
    }
  }
  return groups
}

interface Part {
  readonly from: number
  readonly limit: number
}

async function findNewest(
  partition: DiskPartition,
  { from, limit }: Part,
  environment: DiskEnvironment,
): Promise<{ readonly newest: NewestOffsets; readonly reached: number }> {
  const newest: NewestOffsets = new Map()
  for (const segment of partition.segments) {
    if (segment.name.base >= limit || endOf(partition, segment) <= from) continue
    for await (const piece of readSegment(segment, 0, environment)) {
      for (const { record } of piece) {
        if (record.offset < from || record.key === undefined) continue
        if (record.offset >= limit) return { newest, reached: limit }
        if (newest.size >= MAX_KEYS && !newest.has(record.key)) return { newest, reached: record.offset }
        newest.set(record.key, record.offset)
      }
    }
  }
  return { newest, reached: limit }
}

/** The offset after the last one that a segment may hold. */
function endOf({ segments, written }: DiskPartition, segment: Segment): number {
  return segment.name.end ?? segments[segments.indexOf(segment) + 1]?.name.base ?? written
}

interface Rewriting {
  readonly group: readonly Segment[]
  readonly newest: NewestOffsets
}

async function rewrite(
  partition: DiskPartition,
  { group, newest }: Rewriting,
  environment: DiskEnvironment,
): Promise<void> {
  const [first] = group
  const last = group.at(-1)
  if (first === undefined || last === undefined) return
  const { files, fsync, openFiles } = environment
  const generation = Math.max(...group.map(({ name }) => name.generation)) + 1
  const name = compactedSegment(first.name.base, endOf(partition, last), generation)
  const path = (file: string) => join(partition.directory, file)
  const temporary = { log: path('compacting.log.tmp'), index: path('compacting.index.tmp') }
  for (const file of Object.values(temporary)) files.remove(file)
  const written = await copySurvivors({ group, newest }, temporary, environment)
  if (written.removed === 0 && group.length === 1) {
    for (const file of Object.values(temporary)) files.remove(file)
    return
  }
  files.rename(temporary.index, path(indexFile(name)))
  files.rename(temporary.log, path(logFile(name)))
  if (fsync !== 'never') await files.syncDirectory(partition.directory)
  for (const file of [path(indexFile(name)), path(logFile(name))]) openFiles.forget(file)
  const segment = { ...aSegment(partition.directory, name, files), lastAt: last.lastAt }
  partition.segments = partition.segments.flatMap((one) =>
    one === first ? segment : group.includes(one) ? [] : one,
  )
  for (const replaced of group) removeSegment(replaced, environment)
}

async function copySurvivors(
  { group, newest }: Rewriting,
  to: { readonly log: string; readonly index: string },
  environment: DiskEnvironment,
): Promise<{ readonly removed: number }> {
  const { files, fsync, indexEveryBytes } = environment
  const log = files.open(to.log, 'create')
  const index = files.open(to.index, 'create')
  let size = 0
  let indexedTo = 0
  let removed = 0
  try {
    for (const segment of group) {
      for await (const piece of readSegment(segment, 0, environment)) {
        const kept: PlacedRecord[] = piece.filter(({ record }) => survivesCompaction(record, newest))
        removed += piece.length - kept.length
        for (const { record, bytes } of kept) {
          if (size - indexedTo >= indexEveryBytes) {
            files.write(index, [encodeIndexEntry({ offset: record.offset, position: size })])
            indexedTo = size
          }
          size += bytes.byteLength
        }
        files.write(
          log,
          kept.map(({ bytes }) => bytes),
        )
      }
    }
    if (fsync !== 'never') await Promise.all([files.sync(log), files.sync(index)])
  } finally {
    files.close(log)
    files.close(index)
  }
  return { removed }
}
