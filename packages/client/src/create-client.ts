import { createEventTypes, type EventTypes } from './admin/event-types.ts'
import { createPartitions, type Partitions } from './admin/partitions.ts'
import { createSubscriptions, type Subscriptions } from './admin/subscriptions.ts'
import { type ClientOptions, normalizeClientOptions } from './client-options.ts'
import type { Clock } from './clock.ts'
import { type CommitCursors, createCommitCursors } from './consume/commit-cursors.ts'
import { createPublishEvents, type PublishEvents } from './publish/publish-events.ts'
import type { Random } from './random.ts'
import { createCall } from './request/call.ts'
import { createOpenStream, type OpenStream } from './request/open-stream.ts'

/**
 * The operations of one broker. Producers and consumers are built on nothing but this interface. A
 * client holds no connection of its own, so there is nothing to close.
 */
export interface Client {
  readonly eventTypes: EventTypes
  readonly partitions: Partitions
  readonly subscriptions: Subscriptions
  readonly publishEvents: PublishEvents
  readonly commitCursors: CommitCursors
  readonly openStream: OpenStream
  /** The time of this client, for whatever runs on it. */
  readonly clock: Clock
  /** The chance of this client, for whatever runs on it. */
  readonly random: Random
}

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * @throws NakadiError with code `invalid-argument` or `token` if the options cannot work.
 */
export function createClient(options: ClientOptions): Client {
  const { endpoint, retry } = normalizeClientOptions(options)
  const call = createCall(endpoint, retry)
  return {
    eventTypes: createEventTypes(call),
    partitions: createPartitions(call),
    subscriptions: createSubscriptions(call),
    publishEvents: createPublishEvents(call),
    commitCursors: createCommitCursors(call),
    openStream: createOpenStream(endpoint),
    clock: endpoint.clock,
    random: endpoint.random,
  }
}
