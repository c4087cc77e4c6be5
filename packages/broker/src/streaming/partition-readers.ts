import type { EventTypePartition } from '@rioni/protocol'
import type { LogRecord } from '../core/log-record.ts'
import { partitionKey, type Timelines } from '../core/state.ts'
import type { ReadRange } from '../storage/event-log.ts'
import type { Storage } from '../storage/storage.ts'
import { createPartitionReader, type PartitionReader } from './partition-reader.ts'
import { timelinesOf } from './timelines-of.ts'

/** The partitions that one stream reads. */
export interface PartitionReaders {
  /** Asks for records of a partition by their ordinals. Replaces a request that has not been answered. */
  read(partition: EventTypePartition, range: ReadRange): void
  /** Withdraws the request for a partition. */
  stop(partition: EventTypePartition): void
  /** Follows the partitions whose event types have begun a new timeline: to be called when the state changes. */
  follow(): void
  /** Stops reading anything. */
  close(): void
}

/** Who gets what is read. */
export interface PartitionReadersEvents {
  /** At least one record of the partition with this key, as an answer to the request for `from`. */
  onRecords(key: string, from: number, records: readonly LogRecord[]): void
  onFailure(reason: unknown): void
}

/** Creates readers, none of which reads yet. */
export function createPartitionReaders(storage: Storage, events: PartitionReadersEvents): PartitionReaders {
  const entries = new Map<string, Entry>()
  let seenEventTypes = storage.commands.state.eventTypes

  function entryOf(partition: EventTypePartition): Entry {
    const key = partitionKey(partition)
    const existing = entries.get(key)
    if (existing !== undefined) return existing
    const timelines = () => timelinesOf(storage, partition.event_type)
    const of = { partition: partition.partition, timelines }
    const reader = createPartitionReader(storage.events, of, {
      onRecords: (from, records) => events.onRecords(key, from, records),
      onFailure: events.onFailure,
    })
    const entry = { eventType: partition.event_type, reader, seen: timelines() }
    entries.set(key, entry)
    return entry
  }

  return {
    read: (partition, range) => entryOf(partition).reader.read(range),
    stop: (partition) => entries.get(partitionKey(partition))?.reader.stop(),
    follow() {
      const { eventTypes } = storage.commands.state
      if (eventTypes === seenEventTypes) return
      seenEventTypes = eventTypes
      for (const entry of entries.values()) {
        const timelines = eventTypes.get(entry.eventType)?.timelines
        if (timelines === undefined || timelines === entry.seen) continue
        entry.seen = timelines
        entry.reader.follow()
      }
    },
    close() {
      for (const { reader } of entries.values()) reader.close()
    },
  }
}

interface Entry {
  readonly eventType: string
  readonly reader: PartitionReader
  /** The timelines that the reader knows of. */
  seen: Timelines
}
