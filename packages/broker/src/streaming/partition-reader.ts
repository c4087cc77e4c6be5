import type { LogRecord } from '../core/log-record.ts'
import type { EventLog, ReadRange, TopicPartition } from '../storage/event-log.ts'

/** Reads one partition, a piece at a time. */
export interface PartitionReader {
  /** Asks for records. A request that has not been answered is replaced. */
  read(range: ReadRange): void
  /** Withdraws the request. */
  stop(): void
  /** Withdraws the request and stops listening for appends. */
  close(): void
}

/** Who gets what a reader reads. */
export interface PartitionReaderEvents {
  /** At least one record, as an answer to the request for `from`. */
  onRecords(from: number, records: readonly LogRecord[]): void
  onFailure(reason: unknown): void
}

/**
 * Creates a reader. At the end of the log a request waits until something is appended; nothing polls.
 */
export function createPartitionReader(
  log: EventLog,
  of: TopicPartition,
  events: PartitionReaderEvents,
): PartitionReader {
  let wanted: ReadRange | undefined
  let appends = 0
  let isAnswering = false

  async function answer(): Promise<void> {
    if (isAnswering) return
    isAnswering = true
    try {
      while (wanted !== undefined) {
        const range = wanted
        const seen = appends
        const records = await log.read(of, range)
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

  function attempt(): void {
    answer().catch(events.onFailure)
  }

  const unwatch = log.watch(of, () => {
    appends += 1
    attempt()
  })
  return {
    read(range) {
      wanted = range
      attempt()
    },
    stop() {
      wanted = undefined
    },
    close() {
      wanted = undefined
      unwatch()
    },
  }
}
