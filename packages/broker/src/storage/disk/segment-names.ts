// The files of one partition.
//
//   0000000000000042.log                      a segment that was appended to, beginning with offset 42
//   0000000000000042-0000000000000099-3.log   what the third compaction left of the offsets 42 to 98
//   *.index                                   the index beside it
//
// A compacted segment replaces every older file whose offsets it covers. A crash may leave those in place.

/** What the name of a segment says. */
export interface SegmentName {
  /** Name without its ending. */
  readonly stem: string
  /** The first offset that the segment may hold. */
  readonly base: number
  /** The offset after the last one; undefined for a segment that was appended to. */
  readonly end: number | undefined
  /** How often its records have been compacted. */
  readonly generation: number
}

const LOG = '.log'
const INDEX = '.index'
const DIGITS = 16
const STEM = /^(\d{16})(?:-(\d{16})-(\d+))?$/

/** The name of a segment that is appended to. */
export function appendedSegment(base: number): SegmentName {
  return { stem: digits(base), base, end: undefined, generation: 0 }
}

/** The name of a segment that compaction has written. */
export function compactedSegment(base: number, end: number, generation: number): SegmentName {
  return { stem: `${digits(base)}-${digits(end)}-${generation}`, base, end, generation }
}

export function logFile({ stem }: SegmentName): string {
  return stem + LOG
}

export function indexFile({ stem }: SegmentName): string {
  return stem + INDEX
}

/** The segments that the files of a directory make up, by offset, and the files that are left over from before. */
export function sortSegments(files: readonly string[]): {
  readonly segments: readonly SegmentName[]
  readonly leftovers: readonly string[]
} {
  const found = files.flatMap((file) =>
    file.endsWith(LOG) ? (parseStem(file.slice(0, -LOG.length)) ?? []) : [],
  )
  const segments: SegmentName[] = []
  for (const name of found.sort((a, b) => b.generation - a.generation)) {
    if (!segments.some((other) => covers(other, name))) segments.push(name)
  }
  const wanted = new Set(segments.flatMap((name) => [logFile(name), indexFile(name)]))
  const isOurs = (file: string) => [LOG, INDEX, '.tmp'].some((ending) => file.endsWith(ending))
  return {
    segments: segments.sort((a, b) => a.base - b.base),
    leftovers: files.filter((file) => isOurs(file) && !wanted.has(file)),
  }
}

function covers({ base, end = base }: SegmentName, other: SegmentName): boolean {
  return base <= other.base && other.base < end
}

function parseStem(stem: string): SegmentName | undefined {
  const [, base, end, generation] = STEM.exec(stem) ?? []
  if (base === undefined) return undefined
  return {
    stem,
    base: Number(base),
    end: end === undefined ? undefined : Number(end),
    generation: Number(generation ?? 0),
  }
}

function digits(offset: number): string {
  return String(offset).padStart(DIGITS, '0')
}
