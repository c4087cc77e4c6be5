/**
 * The wire of the Nakadi event broker: types with the wire's own names, the table of operations,
 * JSON lines and problems.
 *
 * @module
 */

// For users: what crosses HTTP.

export type {
  AvroSchema,
  Blacklist,
  BlacklistType,
  CompatibilityCheck,
  EventTypeSchemaList,
  Feature,
  Metrics,
  NewStorage,
  Storage,
  Timeline,
  Version,
} from './administration.ts'
export type {
  Cursor,
  CursorCommitResult,
  CursorDistance,
  CursorLag,
  CursorPair,
  CursorShift,
  EventTypePartition,
  Partition,
  SubscriptionCursor,
  SubscriptionCursorWithoutToken,
} from './cursor.ts'
export type {
  BusinessEvent,
  DataChangeEvent,
  DataOperation,
  EventMetadata,
  NewBusinessEvent,
  NewDataChangeEvent,
  NewEventMetadata,
} from './event.ts'
export type {
  Audience,
  AuthorizationAttribute,
  CleanupPolicy,
  CompatibilityMode,
  EnrichmentStrategy,
  EventOwnerSelector,
  EventType,
  EventTypeAuthorization,
  EventTypeCategory,
  EventTypeOptions,
  EventTypeSchema,
  EventTypeStatistics,
  NewEventType,
  NewEventTypeSchema,
  PartitionStrategy,
  SchemaType,
} from './event-type.ts'
export type { Problem } from './problem.ts'
export type { BatchItemResponse, PublishingStatus, PublishingStep } from './publishing.ts'
export type { EventStreamBatch, StreamBatch, StreamParameters, StreamRequest } from './stream.ts'
export type {
  NewSubscription,
  PaginationLinks,
  PartitionState,
  ReadFrom,
  Subscription,
  SubscriptionAuthorization,
  SubscriptionEventTypeStats,
  SubscriptionList,
  SubscriptionPartitionStats,
  SubscriptionStats,
} from './subscription.ts'

// For other packages: how it crosses HTTP.

export { createLineFramer, type LineFramer, type LineFramerOptions, LineTooLongError } from './line-framer.ts'
export type { OpenApiComponents, OpenApiOperations, OpenApiPaths } from './openapi.ts'
export { operationPath, type PathParameters, type QueryValue } from './operation-path.ts'
export { type Operation, type OperationId, operations } from './operations.ts'
export { type ErrorResponse, parseProblem } from './parse-problem.ts'
export { reasonPhrase } from './reason-phrase.ts'
