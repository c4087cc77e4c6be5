// Between one stream's machine and the storage: which partitions it has, what they hold, and what it
// gives back.

import type { EventTypePartition } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import { type PartitionPosition, partitionKey, type SubscriptionState } from '../core/state.ts'
import type { StreamEffect, StreamInput, StreamPosition } from '../core/stream-state.ts'
import { committedOrdinal, spansOf } from '../core/timelines.ts'
import { partitionBounds } from '../storage/partition-log.ts'
import type { Storage } from '../storage/storage.ts'
import { createPartitionReaders } from './partition-readers.ts'
import { timelinesOf } from './timelines-of.ts'

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
  readonly clock: Clock
  readonly storage: Storage
  onInput(input: StreamInput): void
  onFailure(reason: unknown): void
}

/** Bytes of events that are read at once. */
const MAX_BYTES_PER_READ = 1024 * 1024

/** Creates the feed of one stream. */
export function createStreamFeed(options: StreamFeedOptions): StreamFeed {
  const { storage, onInput, onFailure } = options
  const readers = createPartitionReaders(storage, {
    onRecords: (key, from, records) => onInput({ type: 'records', key, from, records }),
    onFailure,
  })
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
        await release(effect.partitions, options)
        break
      case 'unregister':
        // A stream that cannot give its session back ends nevertheless.
        await unregister(options).catch(onFailure)
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

/** Reports the partitions of the subscription now and after every change; returns how to stop. */
function observeSession({ storage, subscriptionId, sessionId, onInput }: StreamFeedOptions): () => void {
  let seen: SubscriptionState | undefined
  function observe(): void {
    const subscription = storage.commands.state.subscriptions.get(subscriptionId)
    if (subscription !== undefined && subscription === seen) return
    const wasClosing = seen?.isClosingStreams ?? false
    seen = subscription
    if (subscription === undefined || !subscription.sessions.some(({ id }) => id === sessionId)) {
      onInput({ type: 'sessionLost' })
      return
    }
    onInput({ type: 'positions', positions: subscription.positions.map(streamPosition) })
    if (subscription.isClosingStreams && !wasClosing) onInput({ type: 'cursorsReset' })
  }
  function streamPosition(position: PartitionPosition): StreamPosition {
    const spans = spansOf(timelinesOf(storage, position.event_type), position.partition)
    return { ...position, committed: committedOrdinal(position.committed, spans) }
  }
  observe()
  return storage.commands.watch(observe)
}

async function locate(storage: Storage, of: EventTypePartition): Promise<StreamInput> {
  const timelines = timelinesOf(storage, of.event_type)
  const bounds = await partitionBounds({ timelines, partition: of.partition }, storage.events)
  return { type: 'located', key: partitionKey(of), bounds }
}

async function release(partitions: readonly EventTypePartition[], options: StreamFeedOptions): Promise<void> {
  const { storage, clock, subscriptionId, sessionId } = options
  await storage.commands.propose(
    { type: 'releasePartitions', subscriptionId, sessionId, partitions },
    clock.now(),
  )
}

async function unregister({ storage, clock, subscriptionId, sessionId }: StreamFeedOptions): Promise<void> {
  await storage.commands.propose({ type: 'closeSession', subscriptionId, sessionId }, clock.now())
}
