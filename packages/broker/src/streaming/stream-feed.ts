// Between one stream's machine and the storage: which partitions it has, what they hold, and what it
// gives back.

import type { EventTypePartition } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import type { LogRecord } from '../core/log-record.ts'
import { sift } from '../core/skipped-offsets.ts'
import { type BrokerState, partitionKey, type SubscriptionState } from '../core/state.ts'
import type { StreamEffect, StreamInput } from '../core/stream-state.ts'
import { partitionBounds } from '../storage/partition-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { StoreDeadLetter } from './dead-letters.ts'
import { createPartitionReaders } from './partition-readers.ts'
import type { StreamGuard } from './stream-guard.ts'
import { createStreamPositions } from './stream-positions.ts'
import { offsetOf, timelinesOf } from './timelines-of.ts'

/** The effects that concern the storage. */
export type StorageEffect = Exclude<StreamEffect, { readonly type: 'send' | 'end' }>

/** The storage, as one stream sees it. */
export interface StreamFeed {
  /** Begins to report who owns which partition, now and after every change. */
  start(): void
  /** Carries out an effect; what comes of it arrives as an input. */
  perform(effect: StorageEffect): void
  /** Stops reporting anything. */
  close(): void
}

/** The session that the stream holds, and who listens. */
export interface StreamFeedOptions {
  readonly subscriptionId: string
  readonly sessionId: string
  readonly guard: StreamGuard
  readonly clock: Clock
  readonly storage: Storage
  readonly storeDeadLetter: StoreDeadLetter
  onInput(input: StreamInput): void
  onFailure(reason: unknown): void
}

/** Bytes of events that are read at once. */
const MAX_BYTES_PER_READ = 1024 * 1024

/** Creates the feed of one stream. */
export function createStreamFeed(options: StreamFeedOptions): StreamFeed {
  const { storage, onInput, onFailure } = options
  const readers = createPartitionReaders(storage, {
    onRecords: (key, from, records) =>
      onInput({ type: 'records', key, from, ...sift(records, from, (record) => isFor(record, options)) }),
    onFailure,
  })
  const session = createSession(options)
  const close: (() => void)[] = []

  async function perform(effect: StorageEffect): Promise<void> {
    switch (effect.type) {
      case 'locate':
        onInput(await locate(storage, effect.partition))
        break
      case 'read':
        readers.read(effect.partition, { ...effect, maxBytes: MAX_BYTES_PER_READ })
        break
      case 'stopReading':
        readers.stop(effect.partition)
        break
      case 'release':
        await session.release(effect.partitions)
        break
      case 'autoCommit':
        await Promise.all(effect.commits.map(({ partition, through }) => session.commit(partition, through)))
        break
      case 'suspect':
        await session.suspect(effect.partition, effect.through)
        break
      case 'giveUp':
        await giveUp(effect, options)
        await session.commit(effect.partition, effect.record.offset)
        break
      case 'unregister':
        // A stream that cannot give its session back ends nevertheless.
        await session.unregister(effect.failed).catch(onFailure)
        onInput({ type: 'released' })
        break
    }
  }

  return {
    start() {
      close.push(observeSession(options), storage.commands.watch(readers.follow))
    },
    perform(effect) {
      perform(effect).catch(onFailure)
    },
    close() {
      for (const stop of close) stop()
      readers.close()
    },
  }
}

/** Whether a stream delivers a record: not a tombstone, not for another subscription, not somebody else's. */
function isFor({ value, headers }: LogRecord, { subscriptionId, guard }: StreamFeedOptions): boolean {
  if (value.byteLength === 0) return false
  if (headers === undefined) return true
  const { consumerSubscriptionId = subscriptionId } = headers
  return consumerSubscriptionId === subscriptionId && guard.mayDeliver({ headers })
}

/** Reports the partitions of the subscription now and after every change; returns how to stop. */
function observeSession(options: StreamFeedOptions): () => void {
  const { storage, subscriptionId, sessionId, guard, onInput } = options
  const toStreamPositions = createStreamPositions(storage)
  let seen: SubscriptionState | undefined
  let guarded: BrokerState = storage.commands.state

  function observe(): void {
    const { state } = storage.commands
    judge(state)
    const subscription = state.subscriptions.get(subscriptionId)
    if (subscription !== undefined && subscription === seen) return
    const wasClosing = seen?.isClosingStreams ?? false
    seen = subscription
    if (subscription === undefined || !subscription.sessions.some(({ id }) => id === sessionId)) {
      onInput({ type: 'sessionLost' })
      return
    }
    onInput({ type: 'positions', positions: toStreamPositions(subscription.positions) })
    if (subscription.isClosingStreams && !wasClosing) onInput({ type: 'cursorsReset' })
  }

  /** Asks whether the stream may go on, when anything has changed that this depends on. */
  function judge(state: BrokerState): void {
    const before = guarded
    guarded = state
    if (
      before.settings === state.settings &&
      before.eventTypes === state.eventTypes &&
      before.subscriptions.get(subscriptionId)?.subscription ===
        state.subscriptions.get(subscriptionId)?.subscription
    ) {
      return
    }
    const verdict = guard.verdict()
    if (verdict !== 'allowed') onInput({ type: verdict })
  }

  observe()
  return storage.commands.watch(observe)
}

async function locate(storage: Storage, of: EventTypePartition): Promise<StreamInput> {
  const timelines = timelinesOf(storage, of.event_type)
  const bounds = await partitionBounds({ timelines, partition: of.partition }, storage.events)
  return { type: 'located', key: partitionKey(of), bounds }
}

async function giveUp(
  { partition, record, failedCommits, keeps }: StorageEffect & { readonly type: 'giveUp' },
  { subscriptionId, storage, storeDeadLetter }: StreamFeedOptions,
): Promise<void> {
  if (!keeps) return
  const offset = offsetOf({ partition, ordinal: record.offset }, storage)
  const reason = `Nakadi Auto DLQ: skipped due to failed commits count: ${failedCommits}`
  await storeDeadLetter({ subscriptionId, partition, offset, reason, record })
}

/** What a stream does with its session. */
interface StreamSession {
  release(partitions: readonly EventTypePartition[]): Promise<void>
  /** Commits an ordinal without the client. It is no error if the stream no longer has the partition. */
  commit(partition: EventTypePartition, ordinal: number): Promise<void>
  suspect(partition: EventTypePartition, through: number): Promise<void>
  unregister(failed: readonly EventTypePartition[]): Promise<void>
}

function createSession({ storage, clock, subscriptionId, sessionId }: StreamFeedOptions): StreamSession {
  const { commands } = storage
  const session = { subscriptionId, sessionId }
  return {
    async release(partitions) {
      await commands.propose({ type: 'releasePartitions', ...session, partitions }, clock.now())
    },
    async commit(partition, ordinal) {
      const cursor = { ...placeOf(partition), offset: offsetOf({ partition, ordinal }, storage) }
      await commands.propose({ type: 'commitCursors', ...session, cursors: [cursor] }, clock.now())
    },
    async suspect(partition, through) {
      const lastDeadLetterOffset = offsetOf({ partition, ordinal: through }, storage)
      await commands.propose(
        { type: 'suspectDeadLetters', ...session, partition: placeOf(partition), lastDeadLetterOffset },
        clock.now(),
      )
    },
    async unregister(failed) {
      await commands.propose({ type: 'closeSession', ...session, failed }, clock.now())
    },
  }
}

/** A partition without whatever else is known of it: commands are kept for long. */
function placeOf({ event_type, partition }: EventTypePartition): EventTypePartition {
  return { event_type, partition }
}
