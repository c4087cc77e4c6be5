// Everything that the broker knows beside the events themselves, as plain data.
// Only `apply` makes a new state out of an old one; unchanged parts keep their identity, so an
// observer sees by `===` whether the part that it watches has changed.

import type {
  EventType,
  EventTypePartition,
  EventTypeSchema,
  PartitionState,
  Subscription,
} from '@rioni/protocol'
import { initialSettings, type Settings } from './settings.ts'

/** The whole state of a broker. */
export interface BrokerState {
  /** By name. */
  readonly eventTypes: ReadonlyMap<string, EventTypeState>
  /** By id. */
  readonly subscriptions: ReadonlyMap<string, SubscriptionState>
  /** By id. */
  readonly storages: ReadonlyMap<string, StorageState>
  readonly settings: Settings
}

/** An event type and where its events are. */
export interface EventTypeState {
  readonly eventType: EventType
  /** Every version of the schema, oldest first. The last one is that of `eventType`. */
  readonly schemas: readonly EventTypeSchema[]
  /** Counts the changes of `eventType`, so that a change that was decided on an older one is noticed. */
  readonly revision: number
  /** Names, sorted as strings: `"10"` comes before `"2"`. */
  readonly partitions: readonly string[]
  /** Oldest first. The last one is active: it is the one that is written to. */
  readonly timelines: Timelines
}

/** The history of an event type. A timeline whose records are gone stays in it, so that offsets keep their meaning. */
export type Timelines = readonly [Timeline, ...Timeline[]]

/** One chapter of an event type's history: which topic of the event log holds its records. */
export interface Timeline {
  /** A UUID. */
  readonly id: string
  /** Counts from 1. It is the middle part of an offset. */
  readonly order: number
  /** The storage that holds the topic. */
  readonly storageId: string
  readonly topic: string
  /** Milliseconds since the epoch, as every time here. */
  readonly createdAt: number
  /** When publishing into it began. */
  readonly switchedAt: number
  /** When its records are to be dropped; `null` while it is active. */
  readonly cleanedUpAt: number | null
  /**
   * The last offset of each partition, by the number of the partition; `null` while the timeline is active.
   * A partition that was empty, or that did not exist yet, has -1.
   */
  readonly latestPosition: readonly number[] | null
  /** Whether its topic is gone. */
  readonly deleted: boolean
}

/** A cluster that can hold events. This broker keeps the events of all of them in its one event log. */
export interface StorageState {
  readonly id: string
  readonly storageType: 'kafka'
  /** Where the cluster is: kept and shown, and not used. */
  readonly kafkaConfiguration: KafkaConfiguration
  /** Whether new event types go here. At most one storage is the default. */
  readonly isDefault: boolean
}

/** The address of a Kafka cluster, as a client wrote it. */
export interface KafkaConfiguration {
  readonly zookeeperConnection: {
    readonly type: string
    readonly addresses: readonly { readonly address: string; readonly port: number }[]
    readonly path: string
  }
}

/** A subscription, its open streams, and how far it has come. */
export interface SubscriptionState {
  readonly subscription: Subscription
  /** Open streams, sorted by id. */
  readonly sessions: readonly Session[]
  /** Sorted by event type and partition. Empty until the first stream initialises the positions. */
  readonly positions: readonly PartitionPosition[]
  /** Whether all streams are being closed, so that none may be opened: for a reset or for new partitions. */
  readonly isClosingStreams: boolean
}

/** One open stream of a subscription. */
export interface Session {
  readonly id: string
  /** The partitions that the client asked for by name; empty when it takes what it is given. */
  readonly requested: readonly EventTypePartition[]
}

/** How far a subscription has come in one partition, and who streams it. */
export interface PartitionPosition extends EventTypePartition {
  readonly state: PartitionState
  /** The id of the owning session; `null` exactly when `state` is `unassigned`. */
  readonly session: string | null
  /** The session that waits for the partition; `null` unless `state` is `reassigning`. */
  readonly nextSession: string | null
  /** The committed offset as the client wrote it, so possibly `BEGIN` until the first commit. */
  readonly committed: string
  /** Streams in a row that ended without a commit of what they had sent. Counted only where it matters. */
  readonly failedCommits: number
  /**
   * The last offset among those that are suspected of holding an event that nobody can process: up to it
   * events are sent one at a time. `null` when there is no suspicion.
   */
  readonly lastDeadLetterOffset: string | null
}

/** The storage of compacted event types, and of all others unless somebody chooses another default. */
export const DEFAULT_STORAGE_ID = 'default'

const defaultStorage: StorageState = {
  id: DEFAULT_STORAGE_ID,
  storageType: 'kafka',
  kafkaConfiguration: { zookeeperConnection: { type: 'zookeeper', addresses: [], path: '' } },
  isDefault: true,
}

/** A broker that has seen nothing yet. */
export const emptyState: BrokerState = {
  eventTypes: new Map(),
  subscriptions: new Map(),
  storages: new Map([[defaultStorage.id, defaultStorage]]),
  settings: initialSettings,
}

/** The timeline that new events go to. */
export function activeTimeline(eventType: EventTypeState): Timeline {
  return eventType.timelines.at(-1) ?? eventType.timelines[0]
}

/** Names a partition uniquely within one broker; keys sort by event type, then by partition. */
export function partitionKey(partition: EventTypePartition): string {
  // A space sorts before every character that a name may contain.
  return `${partition.event_type} ${partition.partition}`
}

/** Whether two values name the same partition. */
export function samePartition(a: EventTypePartition, b: EventTypePartition): boolean {
  return a.partition === b.partition && a.event_type === b.event_type
}
