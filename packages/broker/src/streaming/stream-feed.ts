// Between one stream's machine and the storage: which partitions it has, what they hold, and what it
// gives back.

import type { EventTypePartition } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import { activeTimeline, partitionKey, type SubscriptionState } from '../core/state.ts'
import type { StreamEffect, StreamInput } from '../core/stream-state.ts'
import type { TopicPartition } from '../storage/event-log.ts'
import type { Storage } from '../storage/storage.ts'
import { createPartitionReader, type PartitionReader } from './partition-reader.ts'

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
  const readers = new Map<string, PartitionReader>()
  const close: (() => void)[] = []

  function readerOf(partition: EventTypePartition): PartitionReader {
    const key = partitionKey(partition)
    const existing = readers.get(key)
    if (existing !== undefined) return existing
    const reader = createPartitionReader(storage.events, findTopic(storage, partition), {
      onRecords: (from, records) => onInput({ type: 'records', key, from, records }),
      onFailure,
    })
    readers.set(key, reader)
    return reader
  }

  async function perform(effect: StorageEffect): Promise<void> {
    switch (effect.type) {
      case 'locate':
        onInput(await locate(storage, effect.partition))
        break
      case 'read':
        readerOf(effect.partition).read({ ...effect, maxBytes: MAX_BYTES_PER_READ })
        break
      case 'stopReading':
        readers.get(partitionKey(effect.partition))?.stop()
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
      close.push(observeSession(options))
    },
    perform(effect) {
      perform(effect).catch(onFailure)
    },
    close() {
      for (const stop of close) stop()
      for (const reader of readers.values()) reader.close()
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
    onInput({ type: 'positions', positions: subscription.positions })
    if (subscription.isClosingStreams && !wasClosing) onInput({ type: 'cursorsReset' })
  }
  observe()
  return storage.commands.watch(observe)
}

async function locate(storage: Storage, partition: EventTypePartition): Promise<StreamInput> {
  const { timeline, ...topic } = findTopic(storage, partition)
  const bounds = await storage.events.bounds(topic)
  return { type: 'located', key: partitionKey(partition), timeline, bounds }
}

function findTopic(
  storage: Storage,
  partition: EventTypePartition,
): TopicPartition & { readonly timeline: number } {
  const eventType = storage.commands.state.eventTypes.get(partition.event_type)
  if (eventType === undefined) throw new Error(`The event type ${partition.event_type} is gone.`)
  const { topic, order } = activeTimeline(eventType)
  return { topic, partition: partition.partition, timeline: order }
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
