import type { SubscriptionCursorWithoutToken } from './cursor.ts'
import type { AuthorizationAttribute } from './event-type.ts'

/** Where the first stream of a subscription starts. */
export type ReadFrom = 'begin' | 'end' | 'cursors'

/** Who may administer and read a subscription. Neither list may be empty. */
export interface SubscriptionAuthorization {
  readonly admins: readonly AuthorizationAttribute[]
  readonly readers: readonly AuthorizationAttribute[]
}

/** A subscription as the broker answers it: every default is filled in. */
export interface Subscription {
  /** UUID that the broker gave it. */
  readonly id: string
  readonly owning_application: string
  /** Sorted by name. */
  readonly event_types: readonly string[]
  readonly consumer_group: string
  readonly read_from: ReadFrom
  readonly initial_cursors: readonly SubscriptionCursorWithoutToken[]
  /** `null`: everyone may do everything. */
  readonly authorization: SubscriptionAuthorization | null
  readonly annotations: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** ISO 8601 time in UTC. */
  readonly created_at: string
  /** ISO 8601 time in UTC. */
  readonly updated_at: string
  /** Present only in a list that was asked for with `show_status`. */
  readonly status?: readonly SubscriptionEventTypeStats[]
}

/**
 * A subscription as a client sends it. `owning_application`, `event_types` and `consumer_group` are
 * its identity: creating it a second time answers the existing one.
 */
export interface NewSubscription {
  readonly owning_application: string
  readonly event_types: readonly string[]
  /** @default 'default' */
  readonly consumer_group?: string
  /** @default 'end' */
  readonly read_from?: ReadFrom
  /** One per partition when `read_from` is `cursors`; unused otherwise. @default [] */
  readonly initial_cursors?: readonly SubscriptionCursorWithoutToken[]
  /** @default null */
  readonly authorization?: SubscriptionAuthorization | null
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>> | null
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>> | null
}

/** Where a paginated list goes on. An absent link means that there is nothing there. */
export interface PaginationLinks {
  readonly prev?: { readonly href: string }
  readonly next?: { readonly href: string }
}

/** One page of subscriptions. */
export interface SubscriptionList {
  readonly items: readonly Subscription[]
  readonly _links: PaginationLinks
}

/** Whether a partition is being streamed, and whether it is about to change hands. */
export type PartitionState = 'unassigned' | 'reassigning' | 'assigned'

/** The consumption of one partition of a subscription. */
export interface SubscriptionPartitionStats {
  readonly partition: string
  readonly state: PartitionState
  /** Events after the committed position; absent before the first stream has started. */
  readonly unconsumed_events?: number
  /** Age of the oldest unconsumed event in seconds; present only when asked for and known. */
  readonly consumer_lag_seconds?: number
  /** The stream that owns the partition; `null` or empty when there is none. */
  readonly stream_id: string | null
  /** `direct` when the stream asked for this partition by name. */
  readonly assignment_type?: 'auto' | 'direct'
}

/** The consumption of one event type of a subscription. */
export interface SubscriptionEventTypeStats {
  readonly event_type: string
  readonly partitions: readonly SubscriptionPartitionStats[]
}

/** The consumption of a subscription, event types sorted by name. */
export interface SubscriptionStats {
  readonly items: readonly SubscriptionEventTypeStats[]
}
