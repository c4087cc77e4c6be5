/**
 * The reference broker of the Nakadi API, as a function from `Request` to `Response`.
 *
 * @module
 */

// For users: a broker, and what it can be set up with.
export type { AccessOptions } from './access-options.ts'
export type { AuthenticationOptions, TokenSource } from './authentication/authentication-options.ts'
export type { AttributeClaims } from './authentication/identity.ts'
export type { JwtAlgorithm } from './authentication/jwt.ts'
export type { AuthenticationMode } from './authentication/scopes.ts'
export { parseStaticTokens, type StaticToken, type StaticTokens } from './authentication/static-tokens.ts'
export { type Broker, type CloseOptions, createBroker } from './broker.ts'
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts'
// For those who write a storage.
export type { Command, Commands, CommandType, Outcomes, SubscriptionOwner } from './core/commands.ts'
export type { LogBounds, LogRecord, RecordHeaders } from './core/log-record.ts'
export type { BlacklistType, Settings } from './core/settings.ts'
export { FEATURE_NAMES, type FeatureName } from './core/settings.ts'
export type {
  BrokerState,
  EventTypeState,
  KafkaConfiguration,
  PartitionPosition,
  Session,
  StorageState,
  SubscriptionState,
  Timeline,
  Timelines,
} from './core/state.ts'
export type { AnsweredRequest, BrokerObserver, ObservedStream } from './observer.ts'
export type { BrokerLimits, BrokerOptions } from './options.ts'
export { type Random, seededRandom, systemRandom } from './random.ts'
export type { CommandLog } from './storage/command-log.ts'
export type { EventLog, NewRecord, ReadRange, TopicPartition } from './storage/event-log.ts'
export { createMemoryStorage } from './storage/memory.ts'
export type { Storage } from './storage/storage.ts'
// For other packages.
export { jsonValueOf } from './streaming/event-encoding.ts'
