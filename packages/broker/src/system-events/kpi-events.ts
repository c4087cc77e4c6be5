// What the events of the KPI event types say. One function for each.

import { anyone } from '../core/authorization.ts'
import type { Change } from '../core/changes.ts'
import { hashName } from './hash-name.ts'
import { KPI, type LogEventType } from './system-event-types.ts'

/** An event of the broker about itself, without metadata. */
export interface SystemEvent {
  readonly eventType: LogEventType
  readonly fields: Readonly<Record<string, unknown>>
}

/** Who did something. */
export interface App {
  readonly app: string
  /** The realm of the token, or nothing. */
  readonly realm: string
}

/** A request that has been answered to the end. */
export interface CompletedRequest {
  readonly request: Request
  readonly status: number
  readonly durationMs: number
  /** Undefined when nobody knows who it was. */
  readonly subject: string | undefined
  readonly responseBytes: number
}

/** Stands for what is not there. */
const NOTHING = '-'

/** One request. A token in the query is nobody's business, so it is struck out. */
export function accessLogEvent(completed: CompletedRequest, salt: string): SystemEvent {
  const { request, status, durationMs, subject, responseBytes } = completed
  const { pathname, search } = new URL(request.url)
  const header = (name: string) => request.headers.get(name) ?? NOTHING
  // While nobody is asked for a token, nobody is known.
  const app = subject === undefined || subject === anyone.subject ? NOTHING : subject
  return {
    eventType: KPI.accessLog,
    fields: {
      method: request.method,
      path: pathname,
      query: search.replace(/([?&]access_token=)[^&]*/gi, `$1${NOTHING}`),
      user_agent: header('User-Agent'),
      app,
      app_hashed: hashName(app, salt),
      status_code: status,
      response_time_ms: durationMs,
      accept_encoding: header('Accept-Encoding'),
      content_encoding: header('Content-Encoding'),
      request_length: Number(request.headers.get('Content-Length')) || 0,
      response_length: responseBytes,
    },
  }
}

/** A batch that has been appended. */
export interface PublishedBatch extends App {
  readonly eventTypeName: string
  readonly events: number
  readonly bytes: number
  readonly durationMs: number
}

/** One batch. */
export function batchPublishedEvent(batch: PublishedBatch, salt: string): SystemEvent {
  return {
    eventType: KPI.batchPublished,
    fields: {
      event_type: batch.eventTypeName,
      ...appFields(batch, salt),
      number_of_events: batch.events,
      ms_spent: batch.durationMs,
      batch_size: batch.bytes,
    },
  }
}

/** What a stream has sent of one event type since it was last asked. */
export interface StreamedData extends App {
  /** Undefined for a stream without a subscription. */
  readonly subscriptionId: string | undefined
  readonly eventTypeName: string
  readonly events: number
  readonly bytes: number
  readonly batches: number
}

/** A piece of a stream. */
export function dataStreamedEvent(data: StreamedData, salt: string): SystemEvent {
  return {
    eventType: KPI.dataStreamed,
    fields: {
      api: data.subscriptionId === undefined ? 'lola' : 'hila',
      subscription: data.subscriptionId ?? null,
      event_type: data.eventTypeName,
      ...appFields(data, salt),
      number_of_events: data.events,
      bytes_streamed: data.bytes,
      batches_streamed: data.batches,
    },
  }
}

/** The event for a change of an event type or a subscription; undefined for any other. */
export function changeEvent(change: Change): SystemEvent | undefined {
  const status = statusOf(change)
  switch (change.resourceType) {
    case 'event_type': {
      const eventType = change.after ?? change.before
      if (eventType === undefined) return undefined
      return {
        eventType: KPI.eventTypeLog,
        fields: {
          event_type: change.resourceId,
          status,
          category: eventType.category.toUpperCase(),
          authz: eventType.authorization === null ? 'disabled' : 'enabled',
          compatibility_mode: eventType.compatibility_mode.toUpperCase(),
        },
      }
    }
    case 'subscription': {
      if (status === 'updated') return undefined
      return {
        eventType: KPI.subscriptionLog,
        fields: { subscription_id: change.resourceId, status },
      }
    }
    default:
      return undefined
  }
}

function statusOf({ before, after }: Change): 'created' | 'updated' | 'deleted' {
  if (before === undefined) return 'created'
  return after === undefined ? 'deleted' : 'updated'
}

function appFields({ app, realm }: App, salt: string): Readonly<Record<string, string>> {
  return { app, app_hashed: hashName(app, salt), token_realm: realm }
}
