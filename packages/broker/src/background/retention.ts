import type { EventType } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import type { BrokerState } from '../core/state.ts'
import type { EventLog, TopicPartition } from '../storage/event-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { Job } from './job-runner.ts'

const MINUTE_MS = 60_000

/** How often the broker looks for records to drop. */
const EVERY_MS = 10 * MINUTE_MS

/**
 * How long every version of a record can be read before compaction may drop it. The real broker sets
 * `min.compaction.lag.ms` of its topics to three hours.
 */
const MIN_COMPACTION_LAG_MS = 180 * MINUTE_MS

/**
 * Drops what the cleanup policies of the event types allow to drop: records older than `options.retention_time`
 * (`delete`, `compact_and_delete`), and records with a newer one of the same key (`compact`, `compact_and_delete`).
 */
export function retentionJob({ storage, clock }: { storage: Storage; clock: Clock }): Job {
  return {
    name: 'retention',
    everyMs: EVERY_MS,
    async run(signal) {
      const failures: unknown[] = []
      const { commands, events } = storage
      for (const { name, eventType, of } of partitionsOf(commands.state)) {
        if (signal.aborted) return
        // One partition that cannot be cleaned must not keep the others from it; one that was deleted in the
        // meantime need not be cleaned.
        await clean(events, { eventType, of, now: clock.now() }).catch((error) => {
          if (commands.state.eventTypes.has(name)) failures.push(error)
        })
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not every partition could be cleaned.')
    },
  }
}

interface Cleaning {
  readonly eventType: EventType
  readonly of: TopicPartition
  readonly now: number
}

async function clean(events: EventLog, { eventType, of, now }: Cleaning): Promise<void> {
  const { cleanup_policy, options } = eventType
  if (cleanup_policy !== 'compact') await events.expire(of, now - options.retention_time)
  if (cleanup_policy === 'delete') return
  await events.compact(of, await firstOffsetSince(events, of, now - MIN_COMPACTION_LAG_MS))
}

interface PartitionOfType extends Pick<Cleaning, 'eventType' | 'of'> {
  readonly name: string
}

/** All partitions that hold records. */
function partitionsOf({ eventTypes }: BrokerState): readonly PartitionOfType[] {
  return [...eventTypes].flatMap(([name, { eventType, partitions, timelines }]) =>
    timelines
      .filter(({ deleted }) => !deleted)
      .flatMap(({ topic, latestPosition }) =>
        partitions
          // A closed timeline lacks the partitions that were added later.
          .filter((partition) => latestPosition === null || (latestPosition[Number(partition)] ?? -1) >= 0)
          .map((partition) => ({ name, eventType, of: { topic, partition } })),
      ),
  )
}

/** The offset of the first record that was appended at a moment or later; the end of the log when there is none. */
async function firstOffsetSince(events: EventLog, of: TopicPartition, since: number): Promise<number> {
  let { first: low, next: high } = await events.bounds(of)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [record] = await events.read(of, { from: middle, maxRecords: 1, maxBytes: 1 })
    if (record === undefined || record.at >= since) high = middle
    else low = record.offset + 1
  }
  return low
}
