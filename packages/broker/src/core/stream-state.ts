// What one subscription stream is, what can happen to it, and what it wants done: the types that the files
// of the machine share. `stream.ts` is the door to it.

import type { DeadLetterPolicy } from '@rioni/event-types'
import type { EventTypePartition } from '@rioni/protocol'
import type { Batch, BatchLimits, Flow } from './batching.ts'
import type { LogBounds, LogRecord } from './log-record.ts'
import type { PartitionBuffer } from './partition-buffer.ts'
import type { Sifted } from './skipped-offsets.ts'
import type { PartitionPosition } from './state.ts'

/** What the client asked for, complete. Durations are in milliseconds. */
export interface StreamSettings extends BatchLimits {
  /** The stream ends after this time. */
  readonly streamTimeoutMs: number
  /** The stream ends when sent events stay uncommitted for this time. */
  readonly commitTimeoutMs: number
  /** The stream ends after so many empty batches in a row on every partition; 0 means never. */
  readonly keepAliveLimit: number
  /** When events that consumers keep failing on are given up; undefined means never. */
  readonly deadLetters: DeadLetterPolicy | undefined
}

/** Who streams a partition, and how far it is committed. */
export interface StreamPosition extends Omit<PartitionPosition, 'committed'> {
  /** The ordinal of the last committed event; undefined for the beginning of what there is. */
  readonly committed: number | undefined
  /** The ordinal of `lastDeadLetterOffset`; undefined when there is none. */
  readonly suspectedThrough: number | undefined
}

/** Sends batches. */
export interface Streaming {
  readonly phase: 'streaming'
  readonly sessionId: string
  readonly settings: StreamSettings
  readonly startedAt: number
  readonly flow: Flow
  /** Assigned partitions whose first offset is being looked up, by key. */
  readonly locating: ReadonlyMap<string, StreamPosition>
  /** What was last learned of the partitions. */
  readonly positions: readonly StreamPosition[]
  /** The offset from which each partition is being read, by key. */
  readonly reading: ReadonlyMap<string, number>
  /** Partitions that another session waits for, and until when it does, by key. */
  readonly releasing: ReadonlyMap<string, number>
  /** When the running commit timeout began. */
  readonly commitClockAt: number
  readonly committedEvents: number
  /** Since when the stream has had no partition; undefined while it has one. */
  readonly withoutPartitionsSince: number | undefined
  /** Events that had expired before the stream could send them. */
  readonly skippedEvents: number
  /** Whether the first batch, which greets the consumer, has been sent. */
  readonly greeted: boolean
  /** What the next batch tells of partitions that came with failed commits. */
  readonly failures: readonly string[]
  /** When the broker next commits what it has skipped. */
  readonly autoCommitAt: number
}

/** Waits for commits of what was sent; the client may be gone. */
export interface Closing {
  readonly phase: 'closing'
  readonly sessionId: string
  /** Partitions with uncommitted events, by key. */
  readonly uncommitted: ReadonlyMap<string, PartitionBuffer>
  readonly deadline: number
  /** Whether partitions that stay uncommitted are counted as failures. */
  readonly countsFailures: boolean
}

/** `cleanup` is giving the session back, `dead` has. */
export interface Ended {
  readonly phase: 'cleanup' | 'dead'
}

export type StreamState = Streaming | Closing | Ended

export type StreamInput =
  /** The partitions of the subscription and their owners, as they are now. */
  | { readonly type: 'positions'; readonly positions: readonly StreamPosition[] }
  /** The answer to `locate`. The bounds are ordinals. */
  | { readonly type: 'located'; readonly key: string; readonly bounds: LogBounds }
  /** The answer to `read`: at least one record, or one that is skipped, with ordinals for offsets. */
  | ({ readonly type: 'records'; readonly key: string; readonly from: number } & Sifted)
  /** The connection takes so many bytes more before its reader has to catch up. */
  | { readonly type: 'room'; readonly bytes: number }
  /** The time that `wakesAt` named has come. */
  | { readonly type: 'timer' }
  | { readonly type: 'clientGone' }
  /** All streams of the subscription are to close, for a reset of its cursors or for new partitions. */
  | { readonly type: 'cursorsReset' }
  /** The consumer or an event type has been put on the list of those that are blocked. */
  | { readonly type: 'blocked' }
  /** The client may no longer read what it streams. */
  | { readonly type: 'revoked' }
  | { readonly type: 'sessionLost' }
  | { readonly type: 'brokerClosing' }
  | { readonly type: 'shutdown' }
  /** The answer to `unregister`. */
  | { readonly type: 'released' }

export type StreamEffect =
  /** Look up which ordinals a partition has. */
  | { readonly type: 'locate'; readonly partition: EventTypePartition }
  /** Read records from an ordinal on, waiting for the first one if need be. Replaces an earlier read of the partition. */
  | {
      readonly type: 'read'
      readonly partition: EventTypePartition
      readonly from: number
      readonly maxRecords: number
    }
  | { readonly type: 'stopReading'; readonly partition: EventTypePartition }
  | { readonly type: 'send'; readonly batch: Batch }
  /** Hand partitions over to the sessions that wait for them. */
  | {
      readonly type: 'release'
      readonly sessionId: string
      readonly partitions: readonly EventTypePartition[]
    }
  /** Commit what was skipped. */
  | { readonly type: 'autoCommit'; readonly commits: readonly OrdinalCommit[] }
  /** Have the events up to an ordinal sent one at a time, by whoever streams the partition. */
  | ({ readonly type: 'suspect' } & OrdinalCommit)
  /** Commit an event that is not sent, after keeping it where people can find it if the policy says so. */
  | {
      readonly type: 'giveUp'
      readonly partition: EventTypePartition
      readonly record: LogRecord
      readonly failedCommits: number
      readonly keeps: boolean
    }
  /** Remove the session from the subscription. Failures of the given partitions are counted. */
  | { readonly type: 'unregister'; readonly failed: readonly EventTypePartition[] }
  /** End the connection. */
  | { readonly type: 'end' }

/** A place in a partition. */
export interface OrdinalCommit {
  readonly partition: EventTypePartition
  readonly through: number
}

export type StreamStep = readonly [state: StreamState, effects: readonly StreamEffect[]]
