/**
 * The Nakadi SDK: publish, consume, commit, administer.
 *
 * @example
 * ```ts
 * const client = createClient({ baseUrl: 'https://nakadi.example.org', token: () => readToken() })
 *
 * await using producer = createProducer(client, 'order.order-placed')
 * const outcome = await producer.publish({ order_number: '24873243241' })
 *
 * const consumer = createConsumer(client, ['order.order-placed'], { owningApplication: 'billing' })
 * for await (const batch of consumer) {
 *   for (const event of batch.events) await invoice(event)
 *   await batch.commit()
 * }
 * ```
 *
 * @module
 */

// For users.
export type { BrokerNode } from './admin/broker-node.ts'
export type { CursorArithmetic } from './admin/cursor-arithmetic.ts'
export type { EventTypeListOptions, EventTypes, UpdateOptions } from './admin/event-types.ts'
export type { PartitionListOptions, PartitionOptions, Partitions } from './admin/partitions.ts'
export type { Change } from './admin/read-modify-write.ts'
export type { Registry } from './admin/registry.ts'
export type { ResetOptions, ResetTarget } from './admin/reset-target.ts'
export type { CompatibilityOptions, SchemaListOptions, Schemas } from './admin/schemas.ts'
export type { BlacklistEntry, Settings } from './admin/settings.ts'
export type { Storages } from './admin/storages.ts'
export type { StatsOptions, SubscriptionFilter, Subscriptions } from './admin/subscriptions.ts'
export type { Timelines } from './admin/timelines.ts'
export type { ClientOptions } from './client-options.ts'
export type { Clock } from './clock.ts'
export type { Batch, CommitResult, EventBatch } from './consume/batch.ts'
export type { CloseReason } from './consume/close-reason.ts'
export type { CommitCursors, CursorCommit } from './consume/commit-cursors.ts'
export type { CommitAfter, CommitPolicy } from './consume/commit-schedule.ts'
export type { ConnectionState } from './consume/connection.ts'
export { type Consumer, createConsumer } from './consume/consumer.ts'
export type {
  ConsumerOptions,
  StreamOptions,
  SubscriptionReference,
} from './consume/consumer-options.ts'
export type { ConsumerProgress } from './consume/consumer-progress.ts'
export { type CursorReader, createCursorReader, type PositionedBatch } from './consume/cursor-reader.ts'
export type { CursorReaderOptions } from './consume/cursor-reader-options.ts'
export { type CursorStore, createFileCursorStore, createMemoryCursorStore } from './consume/cursor-store.ts'
export { type DeadLetterEvent, type DeadLetterProducer, deadLettersTo } from './consume/dead-letters-to.ts'
export {
  type EnsureSubscriptionOptions,
  ensureSubscription,
} from './consume/ensure-subscription.ts'
export type { FailureDecision, GiveUpAction, HandlerRetry } from './consume/failure-policy.ts'
export type {
  BatchHandler,
  BatchHandlers,
  Delivered,
  DeliveredEvent,
  EventHandler,
  EventHandlers,
  HandlerContext,
  HandlerFailure,
  RunOptions,
} from './consume/handler.ts'
export type { ConsumerHealth, HealthOptions } from './consume/health.ts'
export type { StreamConflict } from './consume/stream-conflict.ts'
export type { StreamTuning } from './consume/stream-tuning.ts'
export type { BrokerDeadLetters, SubscriptionIdentity } from './consume/subscription-identity.ts'
export {
  type LagWatch,
  type LagWatchOptions,
  readLag,
  type SubscriptionLag,
  watchLag,
} from './consume/watch-lag.ts'
export { type Client, createClient } from './create-client.ts'
export {
  type EarlierFailure,
  NakadiError,
  type NakadiErrorCode,
  type NakadiErrorJson,
  type RequestOutcome,
} from './error.ts'
export type { EventTypeConstant } from './event-type-constant.ts'
export type { EventIssue, EventValidation, EventValidator } from './event-validator.ts'
export { type FileTokenOptions, fileToken } from './file-token.ts'
export {
  type BatchEvent,
  type CommitEvent,
  type DiagnosticsEvents,
  type DiagnosticsKind,
  diagnosticsChannels,
  type ErrorEvent,
  type PublishEvent,
  type ReconnectEvent,
  type RequestEvent,
} from './observe/diagnostics.ts'
// For other packages: ports to implement.
export type {
  BrokerAddress,
  CommitWork,
  Instrumentation,
  ObservedConsumer,
  ObservedLag,
  ProcessWatch,
  ProcessWork,
  PublishWatch,
  PublishWork,
} from './observe/instrumentation.ts'
export type { Logger } from './observe/log-line.ts'
export type { Observation } from './observe/observation.ts'
export type { Reporter } from './observe/reporter.ts'
export { presets } from './presets.ts'
export type { Compression } from './publish/compression.ts'
export type { PartialRetry, PublishOutcome } from './publish/outcomes.ts'
export type { MetadataDefaults } from './publish/prepare-event.ts'
export { createProducer, type DeletedEvent, type Producer } from './publish/producer.ts'
export type { ProducerOptions } from './publish/producer-options.ts'
export { type BatchOptions, publishBatch } from './publish/publish-batch.ts'
export type { PublishEvents, PublishOptions, PublishResult } from './publish/publish-events.ts'
export type { Random } from './random.ts'
export type { CallOptions } from './request/call.ts'
export type { ExpiringToken } from './request/held-token.ts'
export type {
  EventStream,
  EventStreamParameters,
  EventStreamTarget,
  OpenEventStream,
} from './request/open-event-stream.ts'
export type { OpenStream, StreamTarget, SubscriptionStream } from './request/open-stream.ts'
export type { TokenFunction, TokenRequest, TokenSource } from './request/tokens.ts'
export type { RetryPolicy } from './retry.ts'
export type { ProxyChoice, TlsOptions } from './transport/connections.ts'
export type { Fetch } from './transport/fetch.ts'
export type { Transport, TransportRequest, TransportResponse } from './transport/transport.ts'
