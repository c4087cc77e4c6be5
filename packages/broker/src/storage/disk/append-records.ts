// Writing to partitions: first the bytes, then, when they are kept, everything that readers see.

import type { NewRecord } from '../event-log.ts'
import type { OpenFile } from './open-files.ts'
import {
  activeSegment,
  beginSegment,
  type DiskEnvironment,
  type DiskPartition,
  type Segment,
} from './partition-files.ts'
import { type EncodedRecords, encodeRecords } from './record-codec.ts'
import { encodeIndexEntry, type IndexEntry } from './segment-index.ts'

/** Records of one append for one partition. */
export interface Chunk extends EncodedRecords {
  readonly partition: DiskPartition
  readonly at: number
  /** Where it was written, and what the index is to say of it; undefined before it is written. */
  placed: { readonly segment: Segment; readonly entries: readonly IndexEntry[] } | undefined
}

/** Gives records their offsets and their form on disk. */
export function prepareChunk(partition: DiskPartition, records: readonly NewRecord[], at: number): Chunk {
  const encoded = encodeRecords(records, partition.assigned, at)
  partition.assigned += records.length
  return { ...encoded, partition, at, placed: undefined }
}

/** What one group of writes touches. */
export interface WriteGroup {
  place(chunk: Chunk): void
  /** Begins a new segment, unless the current one is empty. Nothing may have been placed in this group before. */
  roll(partition: DiskPartition): void
  /** Writes what was placed. Returns what has to be synced. */
  write(): readonly (() => Promise<void>)[]
}

interface Target {
  readonly segment: Segment
  readonly file: OpenFile
  readonly bytes: Uint8Array[]
}

/** Begins a group of writes. */
export function createWriteGroup(environment: DiskEnvironment): WriteGroup {
  const { files, openFiles, fsync } = environment
  const targets = new Map<DiskPartition, Target>()
  const directories = new Set<string>()

  function segmentFor(partition: DiskPartition, at: number): Segment {
    const active = activeSegment(partition)
    if (active !== undefined && !isFull(active, at, environment)) return active
    directories.add(partition.directory)
    return beginSegment(partition, environment)
  }

  /**
   * A new segment is begun with the first chunk of a group only. So all of the one before is kept already, and
   * only the end of the last segment can be found cut off after a crash.
   */
  function targetFor({ partition, at }: Chunk): Target {
    const existing = targets.get(partition)
    if (existing !== undefined) return existing
    const segment = segmentFor(partition, at)
    const target = { segment, file: openFiles.use(segment.path, 'append'), bytes: [] }
    targets.set(partition, target)
    return target
  }

  return {
    place(chunk) {
      if (chunk.partition.isDeleted) return
      const { segment, bytes } = targetFor(chunk)
      chunk.placed = { segment, entries: entriesFor(chunk, segment, environment) }
      bytes.push(chunk.bytes)
      segment.size += chunk.bytes.byteLength
      segment.firstAt ??= chunk.at
      segment.lastAt = chunk.at
      chunk.partition.written += chunk.records.length
    },
    roll(partition) {
      if (partition.isDeleted || activeSegment(partition)?.size === 0) return
      directories.add(partition.directory)
      beginSegment(partition, environment)
    },
    write() {
      for (const { file, bytes } of targets.values()) files.write(file.descriptor, bytes)
      const written = [...targets.values()].map(({ file }) => file)
      if (fsync === 'never') {
        for (const { release } of written) release()
        return []
      }
      return [
        ...written.map(
          ({ descriptor, release }) =>
            () =>
              files.sync(descriptor).finally(release),
        ),
        ...[...directories].map((directory) => () => files.syncDirectory(directory)),
      ]
    },
  }
}

function isFull(
  { size, firstAt }: Segment,
  at: number,
  { segmentBytes, segmentMs }: DiskEnvironment,
): boolean {
  return size >= segmentBytes || (firstAt !== undefined && at - firstAt >= segmentMs)
}

/** The records of a chunk that come so far after the last entry of the index that they get one. */
function entriesFor(
  { records, positions }: Chunk,
  segment: Segment,
  { indexEveryBytes }: DiskEnvironment,
): readonly IndexEntry[] {
  const entries: IndexEntry[] = []
  for (const [index, { offset }] of records.entries()) {
    const position = segment.size + (positions[index] ?? 0)
    if (position - segment.indexedTo < indexEveryBytes) continue
    entries.push({ offset, position })
    segment.indexedTo = position
  }
  return entries
}

/** Lets readers see the records of a chunk, which is kept. Its watchers are not told yet. */
export function keepChunk({ partition, records, placed }: Chunk, environment: DiskEnvironment): void {
  partition.kept += records.length
  partition.tail.push(records)
  if (placed !== undefined && placed.entries.length > 0)
    extendIndex(placed.segment, placed.entries, environment)
}

function extendIndex(
  segment: Segment,
  entries: readonly IndexEntry[],
  { files, openFiles }: DiskEnvironment,
): void {
  segment.index?.push(...entries)
  try {
    const file = openFiles.use(segment.indexPath, 'append')
    files.write(file.descriptor, entries.map(encodeIndexEntry))
    file.release()
  } catch {
    // The index only saves time. What is missing in it is read in the segment.
  }
}
