import {
  type AvroSchema,
  type BatchItemResponse,
  type Blacklist,
  type CompatibilityCheck,
  type Cursor,
  type CursorCommitResult,
  type CursorDistance,
  type CursorLag,
  type EnrichmentStrategy,
  type EventType,
  type EventTypeAuthorization,
  type EventTypeSchema,
  type EventTypeSchemaList,
  type Feature,
  type Metrics,
  type OperationId,
  operations,
  type Partition,
  type PartitionStrategy,
  type Storage,
  type Subscription,
  type SubscriptionCursor,
  type SubscriptionList,
  type SubscriptionStats,
  type Timeline,
  type Version,
} from '@rioni/protocol'

/**
 * What each operation of the client answers with: JSON, or text for the few of `textOperations`. `undefined` stands
 * for an empty body; an operation that is not expected to have one is refused with code `protocol` when it does.
 */
export interface AnswerBodies {
  readonly listEventTypes: readonly EventType[]
  readonly createEventType: undefined
  readonly getEventType: EventType
  readonly updateEventType: undefined
  readonly deleteEventType: undefined
  readonly listSchemas: EventTypeSchemaList
  /** Empty unless the newest equal schema was asked for. */
  readonly createSchema: EventTypeSchema | undefined
  readonly getSchema: EventTypeSchema
  readonly checkSchemaCompatibility: CompatibilityCheck
  readonly listPartitions: readonly Partition[]
  readonly getPartition: Partition
  readonly setPartitionCount: undefined
  readonly measureCursorDistances: readonly CursorDistance[]
  readonly shiftCursors: readonly Cursor[]
  readonly measureCursorsLag: readonly CursorLag[]
  readonly listTimelines: readonly Timeline[]
  readonly createTimeline: undefined
  /** Empty when every event was submitted. */
  readonly publishEvents: readonly BatchItemResponse[] | undefined
  /** Empty when every key is marked. */
  readonly deleteEvents: readonly BatchItemResponse[] | undefined
  /** The lines of a stream that ends soon. One that lasts is no call. */
  readonly streamEvents: string
  readonly listSubscriptions: SubscriptionList
  readonly createSubscription: Subscription
  readonly getSubscription: Subscription
  readonly updateSubscription: undefined
  readonly deleteSubscription: undefined
  readonly getSubscriptionStats: SubscriptionStats
  readonly getSubscriptionCursors: { readonly items: readonly SubscriptionCursor[] }
  /** Empty when every cursor moved. */
  readonly commitCursors: { readonly items: readonly CursorCommitResult[] } | undefined
  readonly resetCursors: undefined
  readonly listStorages: readonly Storage[]
  readonly createStorage: undefined
  readonly getStorage: Storage
  readonly deleteStorage: undefined
  readonly setDefaultStorage: Storage
  readonly getBlacklist: Blacklist
  readonly addToBlacklist: undefined
  readonly removeFromBlacklist: undefined
  readonly listFeatures: { readonly items: readonly Feature[] }
  readonly setFeature: undefined
  readonly getAdmins: EventTypeAuthorization
  readonly setAdmins: undefined
  readonly listPartitionStrategies: readonly PartitionStrategy[]
  readonly listEnrichmentStrategies: readonly EnrichmentStrategy[]
  readonly listAvroSchemas: { readonly items: readonly AvroSchema[] }
  readonly getAvroSchema: AvroSchema
  readonly getHealth: string
  readonly getVersion: Version
  readonly getMetrics: Metrics
  readonly getRequestMetrics: Metrics
  readonly getStreamMetrics: Metrics
  readonly getPrometheusMetrics: string
  readonly getApiDefinition: Readonly<Record<string, unknown>>
}

/** The operations that the client can call and wait for. */
export type CallableOperation = keyof AnswerBodies & OperationId

const mayBeEmpty: ReadonlySet<OperationId> = new Set([
  'createEventType',
  'updateEventType',
  'deleteEventType',
  'createSchema',
  'setPartitionCount',
  'createTimeline',
  'publishEvents',
  'deleteEvents',
  'streamEvents',
  'updateSubscription',
  'deleteSubscription',
  'commitCursors',
  'resetCursors',
  'createStorage',
  'deleteStorage',
  'addToBlacklist',
  'removeFromBlacklist',
  'setFeature',
  'setAdmins',
] satisfies CallableOperation[])

/** Whether an answer of this operation may come without a body. */
export function mayAnswerEmpty(operation: OperationId): boolean {
  return mayBeEmpty.has(operation)
}

const textOperations: ReadonlySet<OperationId> = new Set([
  'streamEvents',
  'getHealth',
  'getPrometheusMetrics',
] satisfies CallableOperation[])

/** Whether the body of an answer is to be taken as it is. */
export function answersText(operation: OperationId): boolean {
  return textOperations.has(operation)
}

/** The `Accept` header of an operation. */
export function acceptedTypes(operation: OperationId): string {
  if (operation.startsWith('stream')) return 'application/x-json-stream, application/problem+json'
  const own = answersText(operation) ? 'text/plain' : 'application/json'
  return `${own}, application/problem+json`
}

/** Operations that may be sent twice without a different effect, although their method is POST. */
const repeatablePosts: ReadonlySet<OperationId> = new Set([
  'createSubscription',
  'commitCursors',
  'createSchema',
  'checkSchemaCompatibility',
  'measureCursorDistances',
  'shiftCursors',
  'measureCursorsLag',
  'setFeature',
  'setAdmins',
] satisfies CallableOperation[])

/**
 * Whether sending an operation again does no harm when the first request was carried out after all: everything but
 * POST (RFC 9110, section 9.2.2; the one PATCH sets cursors to fixed offsets), and of the POSTs those that only
 * calculate or say how something shall be: an existing subscription is answered, cursors never move back,
 * a schema equal to the newest changes nothing.
 */
export function isRepeatable(operation: OperationId): boolean {
  return operations[operation].method !== 'POST' || repeatablePosts.has(operation)
}
