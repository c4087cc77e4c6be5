import type { LogRecord } from '../core/log-record.ts'
import type { Timelines } from '../core/state.ts'
import { activeSpan, spansOf } from '../core/timelines.ts'
import type { EventLog, ReadRange } from '../storage/event-log.ts'
import { readPartition } from '../storage/partition-log.ts'

/** Reads one partition across its timelines, a piece at a time. */
export interface PartitionReader {
  /** Asks for records by their ordinals. A request that has not been answered is replaced. */
  read(range: ReadRange): void
  /** Withdraws the request. */
  stop(): void
  /** Reads on where the partition goes on: to be called when its timelines have changed. */
  follow(): void
  /** Withdraws the request and stops listening for appends. */
  close(): void
}

/** What a reader reads. */
export interface ReadPartition {
  readonly partition: string
  /** The timelines of its event type, as they are now. */
  timelines(): Timelines
}

/** Who gets what a reader reads. */
export interface PartitionReaderEvents {
  /** At least one record, with ordinals for offsets, as an answer to the request for `from`. */
  onRecords(from: number, records: readonly LogRecord[]): void
  onFailure(reason: unknown): void
}

/**
 * Creates a reader. At the end of the log a request waits until something is appended; nothing polls.
 */
export function createPartitionReader(
  log: EventLog,
  of: ReadPartition,
  events: PartitionReaderEvents,
): PartitionReader {
  const { partition } = of
  let wanted: ReadRange | undefined
  let appends = 0
  let isAnswering = false
  let watched = watchActive()

  async function answer(): Promise<void> {
    if (isAnswering) return
    isAnswering = true
    try {
      while (wanted !== undefined) {
        const range = wanted
        const seen = appends
        const records = await read(range)
        if (wanted !== range) continue
        if (records.length > 0) {
          wanted = undefined
          events.onRecords(range.from, records)
        } else if (appends === seen) {
          // Nothing there, and nothing came while we looked: the next append calls again.
          break
        }
      }
    } finally {
      isAnswering = false
    }
  }

  async function read(range: ReadRange): Promise<readonly LogRecord[]> {
    const timelines = of.timelines()
    try {
      return await readPartition({ timelines, partition }, range, log)
    } catch (error) {
      // A timeline may be cleaned up while it is read. What follows it is still there.
      if (timelines === of.timelines()) throw error
      return await read(range)
    }
  }

  function attempt(): void {
    answer().catch(events.onFailure)
  }

  /** Only the active timeline grows. */
  function watchActive(): { readonly topic: string; readonly stop: () => void } {
    const { topic } = activeSpan(spansOf(of.timelines(), partition)).timeline
    return { topic, stop: log.watch({ topic, partition }, noteAppend) }
  }

  function noteAppend(): void {
    appends += 1
    attempt()
  }

  return {
    read(range) {
      wanted = range
      attempt()
    },
    stop() {
      wanted = undefined
    },
    follow() {
      watched.stop()
      watched = watchActive()
      noteAppend()
    },
    close() {
      wanted = undefined
      watched.stop()
    },
  }
}
