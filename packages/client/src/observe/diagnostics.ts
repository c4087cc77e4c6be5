// diagnostics.ts - what the client tells about itself, as values: the names of the channels, and what is said there.
//
// Everything is plain data that can be logged and sent on. No token is in it: errors come as `NakadiErrorJson`, which
// leaves out what foreign causes carry with them, and requests without their headers.

import type { OperationId } from '@rioni/protocol'
import type { CloseReason } from '../consume/close-reason.ts'
import type { StreamConflict } from '../consume/stream-conflict.ts'
import type { NakadiErrorCode, NakadiErrorJson } from '../error.ts'

/** One attempt of a request: it got an answer (for a stream: its headers), or failed. */
export interface RequestEvent {
  readonly operation: OperationId
  readonly method: string
  readonly url: string
  /** `X-Flow-Id`, the same for all attempts of a call. */
  readonly flowId: string
  /** Absent when no answer came. */
  readonly status: number | undefined
  /** Milliseconds. */
  readonly durationMs: number
  /** Present when the attempt failed. */
  readonly failure?: { readonly code: NakadiErrorCode; readonly message: string }
}

/** A call of `publish` or `delete` is settled. */
export interface PublishEvent {
  readonly eventType: string
  readonly operation: 'publishEvents' | 'deleteEvents'
  /** How many events it had, and what became of them. */
  readonly events: number
  readonly submitted: number
  readonly rejected: number
  readonly aborted: number
  readonly unknown: number
  /** Milliseconds from the call to its outcomes. */
  readonly durationMs: number
  /** Present when the call rejected: no event was judged. */
  readonly error?: NakadiErrorJson
}

/** A batch with events came in. They have not been parsed. */
export interface BatchEvent {
  readonly subscriptionId: string
  readonly streamId: string
  readonly eventType: string
  readonly partition: string
  readonly offset: string
  readonly bytes: number
}

/** A commit is over: one request, or as many as it took. */
export interface CommitEvent {
  readonly subscriptionId: string
  readonly streamId: string
  /** How many cursors it had, one per partition. */
  readonly cursors: number
  /**
   * `accepted`: the broker has these positions or later ones. `refused`: at least one partition belongs to another
   * stream by now. `failed`: nobody confirmed it.
   */
  readonly result: 'accepted' | 'refused' | 'failed'
  /** How many of the cursors the broker had already. */
  readonly outdated: number
  /** Milliseconds. */
  readonly durationMs: number
  /** Present when it failed. */
  readonly error?: NakadiErrorJson
}

/** A stream is over, or none was opened, and the consumer will try again. */
export interface ReconnectEvent {
  readonly subscriptionId: string
  /** How the stream ended, what stood in the way of one, or the code of the error. A closed set. */
  readonly reason: CloseReason['kind'] | StreamConflict | NakadiErrorCode
  readonly message: string
  /** Failures in a row, without progress between them. */
  readonly failures: number
  /** Milliseconds until the next attempt. */
  readonly delayMs: number
}

/** Something failed that somebody should look at. */
export interface ErrorEvent {
  /**
   * `consumer`: it has ended for good. `handler`: a handler has thrown; `decision` says what comes of it.
   */
  readonly origin: 'consumer' | 'handler'
  readonly subscriptionId: string
  /** Of a handler: only name, message and code of what it threw. */
  readonly error:
    | NakadiErrorJson
    | { readonly name: string; readonly message: string; readonly code?: string }
  readonly eventType?: string
  readonly partition?: string
  /** How often the handler has been called. */
  readonly attempts?: number
  readonly decision?: 'retry' | 'redeliver' | 'stop' | 'skip' | 'dead-letter'
}

/** What is published, by the last part of the name of its channel. */
export interface DiagnosticsEvents {
  readonly request: RequestEvent
  readonly publish: PublishEvent
  readonly batch: BatchEvent
  readonly commit: CommitEvent
  readonly reconnect: ReconnectEvent
  readonly error: ErrorEvent
}

/** The kinds of events. */
export type DiagnosticsKind = keyof DiagnosticsEvents

/**
 * The channels of `node:diagnostics_channel` that all clients of a process publish to, by kind. Messages are
 * {@link DiagnosticsEvents}. One that nobody subscribes to costs a look at its list of subscribers.
 */
export const diagnosticsChannels: { readonly [Kind in DiagnosticsKind]: `rioni:client:${Kind}` } = {
  request: 'rioni:client:request',
  publish: 'rioni:client:publish',
  batch: 'rioni:client:batch',
  commit: 'rioni:client:commit',
  reconnect: 'rioni:client:reconnect',
  error: 'rioni:client:error',
}
