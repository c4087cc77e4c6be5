// One partition on disk: a directory with segments, of which the last one is appended to.

import { join } from 'node:path'
import type { FileSystem } from './file-system.ts'
import type { FsyncPolicy } from './group-commit.ts'
import type { OpenFiles } from './open-files.ts'
import { recoverSegment } from './recover-segment.ts'
import { decodeIndex, type IndexEntry } from './segment-index.ts'
import { appendedSegment, indexFile, logFile, type SegmentName, sortSegments } from './segment-names.ts'
import type { Tail, TailCache } from './tail-cache.ts'

/** What the partitions of a storage share. */
export interface DiskEnvironment {
  /** The segments whose indexes are loaded, for reading; those that were loaded first come first. */
  readonly loadedIndexes: Set<Segment>
  readonly files: FileSystem
  readonly openFiles: OpenFiles
  readonly cache: TailCache
  readonly fsync: FsyncPolicy
  /** Bytes after which a new segment is begun. */
  readonly segmentBytes: number
  /** Milliseconds after which a new segment is begun, so that retention can drop the old one. */
  readonly segmentMs: number
  /** Bytes between two entries of the index. */
  readonly indexEveryBytes: number
  /** How much of a log must be new since the last compaction before it is compacted again: 0 to 1. */
  readonly minDirtyRatio: number
}

/** A file of consecutive records. */
export interface Segment {
  readonly name: SegmentName
  readonly path: string
  readonly indexPath: string
  /** Grows while the segment is appended to. */
  size: number
  /** The entries of its index; undefined while they are not loaded. */
  index: IndexEntry[] | undefined
  /** The position of the last entry of its index, while it is appended to. */
  indexedTo: number
  /** When its first record was appended; undefined for an empty segment. */
  firstAt: number | undefined
  /** When its last record was appended; undefined when that is not known. */
  lastAt: number | undefined
}

/** A partition. Only the functions of this folder change it. */
export interface DiskPartition {
  readonly directory: string
  /** By offset. Replaced, never modified, so that whoever reads keeps what it began with. */
  segments: readonly Segment[]
  /** The first offset that can be read. */
  first: number
  /** The offset that the next record gets. */
  assigned: number
  /** The offset after the last record that is written. */
  written: number
  /** The offset after the last record that is kept. What comes after is nobody's business yet. */
  kept: number
  readonly tail: Tail
  readonly watchers: Set<() => void>
  isDeleted: boolean
  /** Ends when the last trimming, expiring or compacting of this partition has. They take turns. */
  upkeep: Promise<void>
}

/** A loaded index takes some 40 KiB. */
const MAX_LOADED_INDEXES = 256

/** The file that holds the first offset, where trimming has set it within a segment. */
export const START_FILE = 'start'

/** Reads what is necessary to go on with a partition: names, sizes, and the end of the last segment. */
export function openPartition(directory: string, environment: DiskEnvironment): DiskPartition {
  const { files, cache } = environment
  const names = files.list(directory)
  const { segments: found, leftovers } = sortSegments(names)
  for (const file of leftovers) files.remove(join(directory, file))
  const segments = found.map((name) => aSegment(directory, name, files))
  const start = Number(readText(files, join(directory, START_FILE)) ?? 0)
  const last = segments.at(-1)
  const next = last === undefined ? start : (last.name.end ?? recoverEnd(last, files))
  return {
    directory,
    segments,
    first: Math.min(next, Math.max(start, segments[0]?.name.base ?? 0)),
    assigned: next,
    written: next,
    kept: next,
    tail: cache.tail(),
    watchers: new Set(),
    isDeleted: false,
    upkeep: Promise.resolve(),
  }
}

function readText(files: FileSystem, path: string): string | undefined {
  const bytes = files.readFile(path)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

/** Takes in what recovery has found out about the segment that was appended to last. Returns the next offset. */
function recoverEnd(segment: Segment, files: FileSystem): number {
  const { next, ...found } = recoverSegment(segment, files)
  Object.assign(segment, { ...found, indexedTo: found.index.at(-1)?.position ?? 0 })
  return next
}

/** Begins a new segment, to which everything is appended from now on. */
export function beginSegment(partition: DiskPartition, { files, openFiles }: DiskEnvironment): Segment {
  const name = appendedSegment(partition.written)
  const path = join(partition.directory, logFile(name))
  files.close(files.open(path, 'append'))
  const previous = activeSegment(partition)
  if (previous !== undefined) {
    openFiles.forget(previous.path)
    previous.index = undefined
  }
  const segment: Segment = { ...aSegment(partition.directory, name, files), index: [] }
  partition.segments = [...partition.segments, segment]
  return segment
}

/** The segment that is appended to; undefined before the first append, and after a compaction of everything. */
export function activeSegment({ segments }: DiskPartition): Segment | undefined {
  const last = segments.at(-1)
  return last?.name.end === undefined ? last : undefined
}

/** A segment whose file is there. */
export function aSegment(directory: string, name: SegmentName, files: FileSystem): Segment {
  const path = join(directory, logFile(name))
  const indexPath = join(directory, indexFile(name))
  const size = files.sizeOf(path)
  return {
    name,
    path,
    indexPath,
    size,
    index: undefined,
    indexedTo: 0,
    firstAt: undefined,
    lastAt: undefined,
  }
}

/** The entries of a segment's index. Those of a few segments stay loaded. */
export function indexOf(segment: Segment, { files, loadedIndexes }: DiskEnvironment): readonly IndexEntry[] {
  if (segment.index !== undefined) return segment.index
  const entries = decodeIndex(files.readFile(segment.indexPath) ?? new Uint8Array())
  segment.index = entries
  loadedIndexes.add(segment)
  const [oldest] = loadedIndexes
  if (loadedIndexes.size > MAX_LOADED_INDEXES && oldest !== undefined) {
    loadedIndexes.delete(oldest)
    oldest.index = undefined
  }
  return entries
}
