import type { OperationId } from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import type { AuthorizationPolicy, Principal } from '../core/authorization.ts'
import type { SubscriptionOwner } from '../core/commands.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import type { BrokerObserver } from '../observer.ts'
import type { BrokerLimits } from '../options.ts'
import type { PublishingLock } from '../publishing-lock.ts'
import type { Random } from '../random.ts'
import type { RequestGate } from '../request-gate.ts'
import type { Storage } from '../storage/storage.ts'
import type { StoreDeadLetter } from '../streaming/dead-letters.ts'
import type { StreamRegistry } from '../streaming/stream-registry.ts'
import type { Recorder } from '../system-events/recorder.ts'
import type { SystemLog } from '../system-events/system-log.ts'
import type { Access } from './access.ts'
import type { Authenticate } from './authentication.ts'

/** What every handler works on. */
export interface BrokerContext extends AuthorizationPolicy {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  readonly limits: BrokerLimits
  readonly streams: StreamRegistry
  /** Keeps events that a subscription has given up. */
  readonly storeDeadLetter: StoreDeadLetter
  readonly metrics: BrokerMetrics
  /** Told of failures that a client does not see as status 500. */
  readonly observer: Pick<BrokerObserver, 'onInternalError'>
  /** Keeps the key figures and the audit log. */
  readonly recorder: Recorder
  readonly systemLog: SystemLog
  /** What every request passes once its body has been read. */
  readonly gate: RequestGate
  /** Whether an application exists, as far as anybody knows. */
  readonly isApplication: (name: string) => boolean
  readonly authenticate: Authenticate
  /** What keeps publishers out while a timeline is switched. */
  readonly publishingLock: PublishingLock
  /** Whose subscriptions are deleted with their event types. */
  readonly deletableSubscriptions: SubscriptionOwner
  /** Whose event types must say whether a data lake keeps their events. */
  readonly dataLakeSubjects: readonly string[]
  /**
   * What callers may do. The rights of an operation have been checked when its handler is called; what
   * depends on the body is asked here.
   */
  readonly access: Access
}

/** What is known of a request so far. It is filled in on the way to the answer. */
export interface RequestNotes {
  readonly flowId: string
  path: string
  operation: OperationId | undefined
  subject: string | undefined
}

/** A request that has been routed. */
export interface RoutedRequest {
  /** Values of the path's `{parameters}`, decoded. Every parameter of the operation is there. */
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly flowId: string
  /** When the request was read, in milliseconds since the epoch. */
  readonly receivedAt: number
  /** Who makes the request. */
  readonly principal: Principal
  /** Aborts when the client gives up the request. */
  readonly signal: AbortSignal
  /** The body, inflated; its size is within the limit. */
  readonly body: Uint8Array
}

/** Answers the requests of one operation. */
export type Handler = (request: RoutedRequest) => Response | Promise<Response>

/** The operations that the broker has. What is missing is answered 404 or 405. */
export type Handlers = { readonly [Id in OperationId]?: Handler }
