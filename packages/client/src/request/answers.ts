import {
  type BatchItemResponse,
  type CursorCommitResult,
  type EventType,
  type OperationId,
  operations,
  type Partition,
  type Subscription,
  type SubscriptionCursor,
  type SubscriptionList,
  type SubscriptionStats,
} from '@rioni/protocol'

/**
 * The JSON that each operation of the client answers with. `undefined` stands for an empty body; an
 * operation that is not expected to have one is refused with code `protocol` when it does.
 */
export interface AnswerBodies {
  readonly listEventTypes: readonly EventType[]
  readonly createEventType: undefined
  readonly getEventType: EventType
  readonly updateEventType: undefined
  readonly deleteEventType: undefined
  readonly listPartitions: readonly Partition[]
  readonly setPartitionCount: undefined
  /** Empty when every event was submitted. */
  readonly publishEvents: readonly BatchItemResponse[] | undefined
  readonly listSubscriptions: SubscriptionList
  readonly createSubscription: Subscription
  readonly getSubscription: Subscription
  readonly updateSubscription: undefined
  readonly deleteSubscription: undefined
  readonly getSubscriptionStats: SubscriptionStats
  readonly getSubscriptionCursors: { readonly items: readonly SubscriptionCursor[] }
  /** Empty when every cursor moved. */
  readonly commitCursors: { readonly items: readonly CursorCommitResult[] } | undefined
}

/** The operations that the client can call and wait for. */
export type CallableOperation = keyof AnswerBodies & OperationId

const mayBeEmpty: ReadonlySet<OperationId> = new Set([
  'createEventType',
  'updateEventType',
  'deleteEventType',
  'setPartitionCount',
  'publishEvents',
  'updateSubscription',
  'deleteSubscription',
  'commitCursors',
] satisfies CallableOperation[])

/** Whether an answer of this operation may come without a body. */
export function mayAnswerEmpty(operation: OperationId): boolean {
  return mayBeEmpty.has(operation)
}

/** Operations that may be sent twice without a different effect, although their method is POST. */
const repeatablePosts: ReadonlySet<OperationId> = new Set([
  'createSubscription',
  'commitCursors',
] satisfies CallableOperation[])

/**
 * Whether sending an operation again does no harm when the first request was carried out after all:
 * everything but POST (RFC 9110, section 9.2.2), creating a subscription, which answers an existing
 * one, and committing cursors, which never move back.
 */
export function isRepeatable(operation: OperationId): boolean {
  return operations[operation].method !== 'POST' || repeatablePosts.has(operation)
}
