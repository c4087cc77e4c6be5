import { type BrokerNode, createBrokerNode } from './admin/broker-node.ts'
import { type CursorArithmetic, createCursorArithmetic } from './admin/cursor-arithmetic.ts'
import { createEventTypes, type EventTypes } from './admin/event-types.ts'
import { createPartitions, type Partitions } from './admin/partitions.ts'
import { createRegistry, type Registry } from './admin/registry.ts'
import { createSchemas, type Schemas } from './admin/schemas.ts'
import { createSettings, type Settings } from './admin/settings.ts'
import { createStorages, type Storages } from './admin/storages.ts'
import { createSubscriptions, type Subscriptions } from './admin/subscriptions.ts'
import { createTimelines, type Timelines } from './admin/timelines.ts'
import { type ClientOptions, normalizeClientOptions } from './client-options.ts'
import type { Clock } from './clock.ts'
import { type CommitCursors, createCommitCursors } from './consume/commit-cursors.ts'
import type { Observation } from './observe/observation.ts'
import { createPublishEvents, type PublishEvents } from './publish/publish-events.ts'
import type { Random } from './random.ts'
import { createCall } from './request/call.ts'
import { createOpenEventStream, type OpenEventStream } from './request/open-event-stream.ts'
import { createOpenStream, type OpenStream } from './request/open-stream.ts'

/**
 * The operations of one broker. Producers and consumers are built on nothing but this interface. A
 * client holds no connection of its own, so there is nothing to close.
 */
export interface Client {
  readonly eventTypes: EventTypes
  readonly schemas: Schemas
  readonly partitions: Partitions
  readonly cursors: CursorArithmetic
  readonly timelines: Timelines
  readonly subscriptions: Subscriptions
  readonly storages: Storages
  readonly settings: Settings
  readonly registry: Registry
  readonly node: BrokerNode
  readonly publishEvents: PublishEvents
  /** Deletes the events of compaction keys, in one request: see `Producer.delete`. */
  readonly deleteEvents: PublishEvents
  readonly commitCursors: CommitCursors
  readonly openStream: OpenStream
  readonly openEventStream: OpenEventStream
  /** The time of this client, for whatever runs on it. */
  readonly clock: Clock
  /** The chance of this client, for whatever runs on it. */
  readonly random: Random
  /** Who looks on at what this client does, for whatever runs on it. */
  readonly observation: Observation
}

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * @throws NakadiError with code `invalid-argument` or `token` if the options cannot work.
 */
export function createClient(options: ClientOptions): Client {
  const { endpoint, retry, observation } = normalizeClientOptions(options)
  const call = createCall(endpoint, retry)
  return {
    eventTypes: createEventTypes(call),
    schemas: createSchemas(call),
    partitions: createPartitions(call),
    cursors: createCursorArithmetic(call),
    timelines: createTimelines(call),
    subscriptions: createSubscriptions({ call, clock: endpoint.clock, random: endpoint.random }),
    storages: createStorages(call),
    settings: createSettings(call),
    registry: createRegistry(call),
    node: createBrokerNode(call),
    publishEvents: createPublishEvents(call, 'publishEvents'),
    deleteEvents: createPublishEvents(call, 'deleteEvents'),
    commitCursors: createCommitCursors(call),
    openStream: createOpenStream(endpoint),
    openEventStream: createOpenEventStream(endpoint),
    clock: endpoint.clock,
    random: endpoint.random,
    observation,
  }
}
