// instrumentation.ts - the port to whatever measures and traces, such as `@rioni/client/opentelemetry`.
//
// Channels can tell what has happened; a trace also has to put something into events, and to surround the call of a
// handler. So this is a port of its own. A client without one pays for a comparison per call.

import type { PublishOutcome } from '../publish/outcomes.ts'
import type { CommitEvent, ReconnectEvent } from './diagnostics.ts'

/** Where a broker is. */
export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

/** A call of `publish` or `delete`. */
export interface PublishWork {
  readonly broker: BrokerAddress
  readonly eventType: string
  readonly operation: 'publishEvents' | 'deleteEvents'
  readonly events: number
}

/** What is noted about such a call. */
export interface PublishWatch {
  /** Becomes `metadata.span_ctx` of its events, unless they have one. */
  readonly spanContext: Readonly<Record<string, string>> | undefined
  /** The call is settled. It gets an error when the call rejects. */
  end(result: readonly PublishOutcome[] | Error): void
}

/** A call of a handler, or what a loop does with one batch. */
export interface ProcessWork {
  readonly broker: BrokerAddress
  readonly subscriptionId: string
  readonly consumerGroup: string | undefined
  readonly eventType: string
  readonly partition: string
  /** `batch`: a batch, or the events of one key in it. `event`: one event. */
  readonly each: 'batch' | 'event'
  /** Reads the events; throws when they cannot be read. The handler gets the same ones. */
  readonly events: () => readonly unknown[]
  /** 1 for the first call with these events. */
  readonly attempt: number
}

/** What is noted about such a call. */
export interface ProcessWatch {
  /** Calls a function so that what it does belongs to this work. */
  run<T>(fn: () => T): T
  /** It is over. It gets an error when it has failed. */
  end(error?: unknown): void
}

/** A commit of the cursors of one stream. */
export interface CommitWork {
  readonly broker: BrokerAddress
  readonly subscriptionId: string
  readonly cursors: number
}

/** A consumer, to be asked now and then. */
export interface ObservedConsumer {
  /** Known once the consumer has started. */
  readonly subscriptionId: string
  readonly consumerGroup: string | undefined
  /** Whether a stream is open. */
  readonly connected: boolean
  /** Milliseconds for which something that was delivered has waited for its commit. */
  readonly commitAgeMs: number
  /** Milliseconds since it last got on; see `ConsumerHealth.lastProgressAt`. */
  readonly idleMs: number
}

/** How far the committed positions of an event type are behind. */
export interface ObservedLag {
  readonly eventType: string
  /** Events after the committed positions. */
  readonly unconsumedEvents: number
  /** Age of the oldest of them in seconds, if known. */
  readonly lagSeconds: number | undefined
}

/** What a client tells whoever measures and traces it. None of it may throw. */
export interface Instrumentation {
  publishing(work: PublishWork): PublishWatch
  processing(work: ProcessWork): ProcessWatch
  /** Returns what is called when the commit is over. */
  committing(work: CommitWork): (result: CommitEvent) => void
  reconnecting(event: ReconnectEvent): void
  /** A consumer has started. Returns what is called when it has ended. */
  consuming(consumer: ObservedConsumer): () => void
  /** Somebody has asked how far a subscription is behind: see `watchLag`. None when nobody asks any more. */
  lagging(subscriptionId: string, lags: readonly ObservedLag[]): void
}
