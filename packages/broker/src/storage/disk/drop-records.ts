// Trimming and expiring: segments go as a whole, the oldest first, so that a crash leaves no hole.

import {
  activeSegment,
  type DiskEnvironment,
  type DiskPartition,
  indexOf,
  type Segment,
  START_FILE,
} from './partition-files.ts'
import { readSegment } from './read-records.ts'
import { replaceFile } from './replace-file.ts'

/** What dropping records takes beside the partition. */
export interface Dropping {
  readonly environment: DiskEnvironment
  /** Begins a new segment, so that the one before can go. */
  roll(partition: DiskPartition): Promise<void>
}

/** Deletes the records before an offset. Where that lies within a segment, a file says so. */
export async function trimRecords(
  partition: DiskPartition,
  before: number,
  { environment, roll }: Dropping,
): Promise<void> {
  const first = Math.min(before, partition.kept)
  if (first <= partition.first) return
  if (first === partition.written) await roll(partition)
  const { files, fsync } = environment
  const content = [new TextEncoder().encode(String(first))]
  await replaceFile({ directory: partition.directory, name: START_FILE, content }, files, fsync)
  const next = partition.segments.findLastIndex(({ name }) => name.base <= first)
  dropLeading(partition, { count: Math.max(0, next), first }, environment)
}

/** Drops the leading segments of which every record was appended before a moment. */
export async function expireRecords(
  partition: DiskPartition,
  before: number,
  { environment, roll }: Dropping,
): Promise<void> {
  let count = 0
  for (const segment of partition.segments) {
    if (!(await isOlder(segment, before, environment))) break
    count += 1
  }
  if (count === 0) return
  const active = activeSegment(partition)
  if (count === partition.segments.length) {
    // Something may be appended before the new segment is there; then the last one is not old any more.
    if (active !== undefined && active.size > 0) await roll(partition)
    if (active === undefined || (active.lastAt ?? 0) >= before || partition.segments.length === count)
      count -= 1
  }
  const first = partition.segments[count]?.name.base ?? partition.first
  dropLeading(partition, { count, first }, environment)
}

async function isOlder(segment: Segment, before: number, environment: DiskEnvironment): Promise<boolean> {
  if (segment.size > 0 && segment.lastAt === undefined) await findLastAt(segment, environment)
  return (segment.lastAt ?? Number.NEGATIVE_INFINITY) < before
}

async function findLastAt(segment: Segment, environment: DiskEnvironment): Promise<void> {
  const position = indexOf(segment, environment).at(-1)?.position ?? 0
  for await (const piece of readSegment(segment, position, environment)) {
    segment.lastAt = piece.at(-1)?.record.at ?? segment.lastAt
  }
}

interface Leading {
  readonly count: number
  /** The first offset that can be read afterwards. */
  readonly first: number
}

function dropLeading(
  partition: DiskPartition,
  { count, first }: Leading,
  environment: DiskEnvironment,
): void {
  const dropped = partition.segments.slice(0, count)
  partition.segments = partition.segments.slice(count)
  partition.first = Math.max(partition.first, first)
  partition.tail.dropBefore(partition.first)
  for (const segment of dropped) removeSegment(segment, environment)
}

/** Removes the files of a segment. Whoever reads them reads on. */
export function removeSegment(segment: Segment, { files, openFiles, loadedIndexes }: DiskEnvironment): void {
  loadedIndexes.delete(segment)
  for (const path of [segment.path, segment.indexPath]) {
    openFiles.forget(path)
    files.remove(path)
  }
}
