import type { LogBounds, LogRecord, RecordHeaders } from '../core/log-record.ts'

/** An event that is to be appended. */
export interface NewRecord {
  readonly partition: string
  /** As in `LogRecord`. It belongs to the log from then on: nobody may change it. */
  readonly value: Uint8Array
  readonly key?: string
  readonly headers?: RecordHeaders
}

/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string
  readonly partition: string
}

/** What part of a partition is wanted. */
export interface ReadRange {
  /** The first offset. */
  readonly from: number
  readonly maxRecords: number
  /** Bytes of values; one record is read even if it alone is larger. */
  readonly maxBytes: number
}

/**
 * The events: topics of append-only partitions. Offsets of a partition count from 0, no offset is ever given
 * twice, and an appended record never changes. Gaps are where records have been compacted away.
 *
 * Every operation on a topic that does not exist rejects.
 */
export interface EventLog {
  /** Creates an empty topic with these partitions. Rejects when there is a topic of this name. */
  createTopic(topic: string, partitions: readonly string[]): Promise<void>
  /** Adds empty partitions to a topic. Those of them that it has stay as they are. */
  addPartitions(topic: string, partitions: readonly string[]): Promise<void>
  /** Deletes a topic and its records. A topic that does not exist is left at that. */
  deleteTopic(topic: string): Promise<void>
  /**
   * Appends records, in order within each partition. Resolves when they are as durable as the storage
   * makes them; no reader sees one before. Appends nothing when one of the records has no partition.
   *
   * @param at the append time of the records, in milliseconds since the epoch
   */
  append(topic: string, records: readonly NewRecord[], at: number): Promise<void>
  /**
   * Reads records, oldest first, beginning with the first one at or after `from`. Resolves with none when
   * there are none yet.
   */
  read(from: TopicPartition, range: ReadRange): Promise<readonly LogRecord[]>
  /** Which offsets can be read. */
  bounds(of: TopicPartition): Promise<LogBounds>
  /** Deletes the records before an offset, which becomes the first. The last offset stays where it is. */
  trim(of: TopicPartition, before: number): Promise<void>
  /**
   * Deletes the oldest records, as far as they were appended before a moment. The first offset moves up. A
   * storage that deletes whole files may keep some of them until the rest of the file is as old.
   *
   * @param before in milliseconds since the epoch
   */
  expire(of: TopicPartition, before: number): Promise<void>
  /**
   * Of the records before an offset, keeps the newest of each key and those without a key. Tombstones go too:
   * nobody is told of them. The bounds stay where they are, so a consumer that stood at a record that is gone
   * continues with the next. A storage that rewrites whole files may leave one that reaches beyond the offset.
   */
  compact(of: TopicPartition, before: number): Promise<void>
  /** Calls `onAppend` after every append to the partition, until the returned function is called. */
  watch(of: TopicPartition, onAppend: () => void): () => void
}
