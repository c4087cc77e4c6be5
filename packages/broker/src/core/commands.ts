// Every change that the broker's state can undergo, what can come of it, and the shape of what makes it.
// Ids, times and positions that a command needs come in with it: applying it draws nothing new.

import type {
  EventType,
  EventTypeAuthorization,
  EventTypePartition,
  Subscription,
  SubscriptionAuthorization,
  SubscriptionCursorWithoutToken,
} from '@rioni/protocol'
import type { BlacklistType, FeatureName } from './settings.ts'
import type { BrokerState, Session, StorageState } from './state.ts'

/** Whom a subscription belongs to. */
export type SubscriptionOwner = Pick<Subscription, 'owning_application' | 'consumer_group'>

/** What each command carries, by its type. */
export interface Commands {
  createEventType: {
    readonly eventType: EventType
    /** Sorted as strings. */
    readonly partitions: readonly string[]
    /** Of the first timeline. */
    readonly topic: string
  }
  /** Replaces the definition of an event type. A schema of a new version joins the earlier ones. */
  updateEventType: {
    readonly eventType: EventType
    /** The revision that the change was decided on. */
    readonly revision: number
  }
  /** Adds partitions to an event type and to the subscriptions that contain it. */
  addPartitions: {
    readonly name: string
    /** All that the event type has from now on, sorted as strings. */
    readonly partitions: readonly string[]
  }
  deleteEventType: {
    readonly name: string
    /** Which subscriptions do not keep the event type from being deleted. They are deleted with it. */
    readonly deletableSubscriptions: 'all' | SubscriptionOwner
  }
  /** Creates the subscription unless one with the same identity exists. */
  createSubscription: { readonly subscription: Omit<Subscription, 'created_at' | 'updated_at' | 'status'> }
  deleteSubscription: { readonly id: string }
  /** Switches an event type to a new timeline, whose topic exists. */
  createTimeline: {
    readonly name: string
    readonly storageId: string
    readonly topic: string
    /** The timeline that was active when its last offsets were read. */
    readonly closed: { readonly order: number; readonly latestPosition: readonly number[] }
  }
  /** Marks the timelines whose time has come as deleted. */
  expireTimelines: Record<never, never>
  createStorage: { readonly storage: StorageState }
  deleteStorage: { readonly id: string }
  setDefaultStorage: { readonly id: string }
  /** Replaces what may change of a subscription; `undefined` keeps the old value. */
  updateSubscription: {
    readonly id: string
    readonly authorization: SubscriptionAuthorization | null
    readonly annotations: Readonly<Record<string, string>> | undefined
    readonly labels: Readonly<Record<string, string>> | undefined
  }
  /** Sets the positions of a subscription unless it has them. */
  initializePositions: {
    readonly subscriptionId: string
    /** One per partition of the subscription. */
    readonly startAt: readonly SubscriptionCursorWithoutToken[]
  }
  /** Asks all streams of a subscription to close, and keeps out new ones until `resumeStreams`. */
  closeStreams: { readonly subscriptionId: string }
  /** Lets streams in again, and moves positions: backwards too, and whatever their dead letters were. */
  resumeStreams: {
    readonly subscriptionId: string
    readonly cursors: readonly SubscriptionCursorWithoutToken[]
  }
  /** Registers a stream; the first one of a subscription also sets its positions. */
  openSession: {
    readonly subscriptionId: string
    readonly session: Session
    /** One per partition of the subscription; ignored when it already has positions. */
    readonly startAt: readonly SubscriptionCursorWithoutToken[]
  }
  /** Removes a stream and gives away its partitions. */
  closeSession: {
    readonly subscriptionId: string
    readonly sessionId: string
    /** Partitions of the stream whose events were not committed, for the count of failures. @default none */
    readonly failed?: readonly EventTypePartition[]
  }
  /** Hands partitions over to the sessions that wait for them. */
  releasePartitions: {
    readonly subscriptionId: string
    readonly sessionId: string
    readonly partitions: readonly EventTypePartition[]
  }
  commitCursors: {
    readonly subscriptionId: string
    readonly sessionId: string
    /** Offsets in the format of `formatOffset`. */
    readonly cursors: readonly SubscriptionCursorWithoutToken[]
  }
  setFeature: { readonly feature: FeatureName; readonly enabled: boolean }
  addToBlacklist: { readonly blacklist: BlacklistType; readonly name: string }
  removeFromBlacklist: { readonly blacklist: BlacklistType; readonly name: string }
  /** Replaces the Nakadi admins; the configured one is not among them. */
  setAdmins: { readonly admins: EventTypeAuthorization }
  /** Has the events of a partition sent one at a time up to an offset, to find the one that fails. */
  suspectDeadLetters: {
    readonly subscriptionId: string
    readonly sessionId: string
    readonly partition: EventTypePartition
    readonly lastDeadLetterOffset: string
  }
}

/** What a command comes to, by the command's type. */
export interface Outcomes {
  createEventType: { readonly kind: 'created' | 'exists' }
  updateEventType: {
    /** `outdated`: somebody else has changed the event type in the meantime. */
    readonly kind: 'updated' | 'unknownEventType' | 'outdated'
  }
  addPartitions: { readonly kind: 'extended' | 'unknownEventType' | 'fewerPartitions' }
  deleteEventType:
    | { readonly kind: 'deleted'; readonly topics: readonly string[] }
    | { readonly kind: 'unknownEventType' | 'hasSubscriptions' }
  createSubscription:
    | { readonly kind: 'created' | 'exists'; readonly subscription: Subscription }
    | { readonly kind: 'unknownEventTypes'; readonly names: readonly string[] }
  deleteSubscription: { readonly kind: 'deleted' | 'unknownSubscription' }
  createTimeline: {
    /** `outdated`: another timeline has become the active one. */
    readonly kind: 'created' | 'unknownEventType' | 'unknownStorage' | 'outdated'
  }
  /** The topics are to be deleted. */
  expireTimelines: { readonly kind: 'expired'; readonly topics: readonly string[] }
  createStorage: { readonly kind: 'created' | 'exists' }
  deleteStorage: { readonly kind: 'deleted' | 'unknownStorage' | 'used' }
  setDefaultStorage:
    | { readonly kind: 'chosen'; readonly storage: StorageState }
    | { readonly kind: 'unknownStorage' }
  updateSubscription:
    | { readonly kind: 'updated'; readonly before: Subscription; readonly subscription: Subscription }
    | { readonly kind: 'unknownSubscription' }
  initializePositions: { readonly kind: 'initialized' | 'unknownSubscription' }
  closeStreams: { readonly kind: 'closing' | 'alreadyClosing' | 'unknownSubscription' }
  resumeStreams: { readonly kind: 'resumed' | 'unknownSubscription' }
  openSession:
    | { readonly kind: 'opened' | 'unknownSubscription' | 'closingStreams' }
    | { readonly kind: 'noFreeSlots'; readonly slots: number }
    | { readonly kind: 'partitionsTaken'; readonly partitions: readonly EventTypePartition[] }
  closeSession: { readonly kind: 'closed' }
  releasePartitions: { readonly kind: 'released' }
  commitCursors:
    | { readonly kind: 'committed'; readonly results: readonly ('committed' | 'outdated')[] }
    | { readonly kind: 'unknownSubscription' | 'unknownSession' }
    | { readonly kind: 'unassignedPartition'; readonly cursor: SubscriptionCursorWithoutToken }
    | { readonly kind: 'foreignPartition'; readonly cursor: SubscriptionCursorWithoutToken }
  setFeature: { readonly kind: 'set' | 'unchanged' }
  addToBlacklist: { readonly kind: 'set' | 'unchanged' }
  removeFromBlacklist: { readonly kind: 'set' | 'unchanged' }
  setAdmins: { readonly kind: 'set' }
  suspectDeadLetters: { readonly kind: 'suspected' | 'ignored' }
}

/** The name of a kind of change. */
export type CommandType = keyof Commands

/** One change, as it stands in the command log. */
export type Command<T extends CommandType = CommandType> = {
  readonly [K in T]: { readonly type: K } & Commands[K]
}[T]

/** Makes the next state and says what came of the command. A refused command leaves the state as it is. */
export type Applier<T extends CommandType> = (
  state: BrokerState,
  command: Command<T>,
  at: number,
) => readonly [state: BrokerState, outcome: Outcomes[T]]
