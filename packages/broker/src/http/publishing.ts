import { createEventValidator, type EventValidator } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { appendEvents } from '../append-events.ts'
import { splitEvents } from '../core/event-batch.ts'
import { type AcceptedEvent, prepareBatch } from '../core/publishing.ts'
import type { EventTypeState } from '../core/state.ts'
import type { NewRecord } from '../storage/event-log.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownEventType } from './problem.ts'
import { readText } from './request-body.ts'
import { empty, json } from './response.ts'

/** What events of an event type are checked against and stamped with. */
interface Publishing {
  /** With its newest JSON schema, even if there has been an Avro schema since. */
  readonly eventType: EventType
  readonly validate: EventValidator
}

type PublishingOf = (stored: EventTypeState) => Publishing

/** Takes in events. */
export function createPublishingHandlers(context: BrokerContext): Handlers {
  const publishingOf = createPublishingOf()
  return { publishEvents: (request) => publishEvents(request, context, publishingOf) }
}

/** Compiles a validator once for every state of an event type: each is an object of its own. */
function createPublishingOf(): PublishingOf {
  const compiled = new WeakMap<EventTypeState, Publishing>()
  return (stored) => {
    const existing = compiled.get(stored)
    if (existing !== undefined) return existing
    const eventType = withJsonSchema(stored)
    const publishing = { eventType, validate: createEventValidator(eventType) }
    compiled.set(stored, publishing)
    return publishing
  }
}

/** Producers of JSON may go on after an event type has got an Avro schema: with the last JSON schema. */
function withJsonSchema({ eventType, schemas }: EventTypeState): EventType {
  const schema = schemas.findLast(({ type }) => type === 'json_schema')
  return schema === undefined || eventType.schema.type === 'json_schema'
    ? eventType
    : { ...eventType, schema }
}

async function publishEvents(
  request: RoutedRequest,
  context: BrokerContext,
  publishingOf: PublishingOf,
): Promise<Response> {
  const { clock, limits, random, storage } = context
  const name = request.path['name'] ?? ''
  // A malformed body is reported before an unknown event type.
  if (request.body.byteLength === 0) return problem(400, 'Required request body is missing')
  const batch = splitEvents(readText(request))
  if (!batch.ok) return unreadable(batch.message)
  const stored = storage.commands.state.eventTypes.get(name)
  if (stored === undefined) return unknownEventType(name)

  const prepared = prepareBatch(batch.events, {
    ...publishingOf(stored),
    partitions: stored.partitions,
    flowId: request.flowId,
    publishedBy: request.principal.subject,
    at: clock.now(),
    random,
    maxEventBytes: limits.maxEventBytes,
  })
  if (prepared.kind === 'unreadable') return unreadable(prepared.message)
  if (prepared.kind === 'rejected') return json(422, prepared.items)
  const appended = await appendEvents(name, toRecords(prepared.events), context)
  return appended ? empty(200) : unknownEventType(name)
}

function unreadable(message: string): Response {
  return problem(400, `Error occurred when parsing event(s). ${message}`)
}

const encoder = new TextEncoder()

/**
 * Encodes the events of a batch. Most batches are ASCII, where a character is a byte: then one encoding
 * serves for all, and the values are parts of it.
 */
function toRecords(events: readonly AcceptedEvent[]): readonly NewRecord[] {
  const all = events.map(({ text }) => text).join('')
  const bytes = encoder.encode(all)
  if (bytes.byteLength !== all.length) {
    return events.map(({ partition, text }) => ({ partition, value: encoder.encode(text) }))
  }
  let start = 0
  return events.map(({ partition, text }) => {
    const value = bytes.subarray(start, start + text.length)
    start += text.length
    return { partition, value }
  })
}
