// Offsets of which a consumer gets nothing: tombstones, and events that are meant for somebody else. Nobody
// commits them, so the broker does, as soon as everything before them is committed.
//
// Offsets have gaps: what was compacted away is not there. So a range does not say where it begins, but what
// comes before it, and ranges are told apart by the events between them alone.

import type { LogRecord } from './log-record.ts'

/** A run of offsets without anything for the consumer. */
export interface SkippedRange {
  /** The last offset before the range that was delivered, or that reading began after. */
  readonly after: number
  /** The last offset of the range. */
  readonly through: number
}

/** What was read, parted into what the consumer gets and what it does not. */
export interface Sifted {
  readonly records: readonly LogRecord[]
  readonly skipped: readonly SkippedRange[]
  /** The last offset that was read. */
  readonly through: number
}

/**
 * Parts records.
 *
 * @param from the offset at which reading began
 */
export function sift(
  records: readonly LogRecord[],
  from: number,
  isDelivered: (record: LogRecord) => boolean,
): Sifted {
  const through = records.at(-1)?.offset ?? from - 1
  // Nearly always there is nothing to skip.
  if (records.every(isDelivered)) return { records, skipped: [], through }
  const delivered: LogRecord[] = []
  const skipped: SkippedRange[] = []
  let after = from - 1
  for (const record of records) {
    if (isDelivered(record)) {
      delivered.push(record)
      after = record.offset
    } else {
      const last = skipped.at(-1)
      if (last?.after === after) skipped.pop()
      skipped.push({ after, through: record.offset })
    }
  }
  return { records: delivered, skipped, through }
}

/** Puts ranges behind earlier ones. Those that touch become one. */
export function joinSkipped(
  earlier: readonly SkippedRange[],
  later: readonly SkippedRange[],
): readonly SkippedRange[] {
  const [last, first] = [earlier.at(-1), later[0]]
  if (last === undefined || first === undefined) return earlier.length === 0 ? later : earlier
  if (last.through !== first.after) return [...earlier, ...later]
  return [...earlier.slice(0, -1), { after: last.after, through: first.through }, ...later.slice(1)]
}

/**
 * How far a partition can be committed without its consumer: over all ranges that follow the committed
 * offset with no event in between. Undefined when no range does.
 */
export function committableThrough(committed: number, skipped: readonly SkippedRange[]): number | undefined {
  let through = committed
  for (const range of skipped) {
    if (range.after > through) break
    through = Math.max(through, range.through)
  }
  return through > committed ? through : undefined
}
