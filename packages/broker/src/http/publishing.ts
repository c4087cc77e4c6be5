// Publishing and deleting events. The order of the checks is the order of Nakadi's answers: the consumer tag and
// the body are looked at before the event type, and that before the right to write.

import { createPartitionResolver } from '@rioni/event-types'
import { appendEvents } from '../append-events.ts'
import { abortedItems, eidOf, unpublishedItems } from '../core/batch-items.ts'
import { readConsumerTag } from '../core/consumer-tags.ts'
import { compactText, createEnrich } from '../core/enrichment.ts'
import { type PublishedEvent, splitEvents } from '../core/event-batch.ts'
import { type PublishingContext, prepareBatch } from '../core/publishing.ts'
import type { EventTypeState } from '../core/state.ts'
import { createJsonForms, type JsonForms } from '../publishing/json-forms.ts'
import { toRecords } from '../publishing/records.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { IN_MAINTENANCE, problem, unknownEventType } from './problem.ts'
import { readText } from './request-body.ts'
import { empty, json } from './response.ts'

/** Takes in events, and deletions of events. */
export function createPublishingHandlers(context: BrokerContext): Handlers {
  const forms = createJsonForms()
  return {
    publishEvents: (request) => publishEvents(request, context, forms),
    deleteEvents: (request) => deleteEvents(request, context),
  }
}

async function publishEvents(
  request: RoutedRequest,
  context: BrokerContext,
  forms: JsonForms,
): Promise<Response> {
  const tag = readConsumerTag(request.headers.get('X-CONSUMER-TAG'))
  if ('error' in tag) return problem(422, tag.error)
  const given = readBatch(request, context)
  if (given instanceof Response) return given

  const { stored, events } = given
  const { eventType, validate } = forms(stored)
  const { flowId } = request
  const enrich = createEnrich({
    eventType: eventType.name,
    version: eventType.schema.version,
    flowId,
    publishedBy: request.principal.subject,
    receivedAt: new Date(context.clock.now()).toISOString(),
  })
  const publishing: PublishingContext = {
    ...commonContext(given, context),
    validate,
    toText: eventType.enrichment_strategies.includes('metadata_enrichment') ? enrich : compactText,
  }
  return await append({ stored, events, publishing, subscriptionId: tag.subscriptionId, flowId }, context)
}

async function deleteEvents(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const given = readBatch(request, context)
  if (given instanceof Response) return given
  const { stored, events } = given
  if (stored.eventType.cleanup_policy === 'delete') return json(422, abortedItems(events))
  const publishing: PublishingContext = {
    ...commonContext(given, context),
    validate: () => undefined,
    // A tombstone.
    toText: () => '',
  }
  const { flowId } = request
  return await append({ stored, events, publishing, subscriptionId: undefined, flowId }, context)
}

/** Events, and the event type that they are for. */
interface GivenBatch {
  readonly stored: EventTypeState
  readonly events: readonly PublishedEvent[]
}

function readBatch(request: RoutedRequest, { access, storage }: BrokerContext): GivenBatch | Response {
  const name = request.path['name'] ?? ''
  if (request.body.byteLength === 0) return problem(400, 'Required request body is missing')
  const batch = splitEvents(readText(request))
  if (!batch.ok) return unreadable(batch.message)
  const stored = storage.commands.state.eventTypes.get(name)
  if (stored === undefined) return unknownEventType(name)
  const refusal = access.refuseEventTypes(request.principal, [name], ['WRITE'])
  return refusal ?? { stored, events: batch.events }
}

function commonContext({ stored }: GivenBatch, { limits, random }: BrokerContext) {
  const { eventType, partitions } = stored
  return {
    eventType,
    claim: () => ({}),
    resolvePartition: createPartitionResolver({ eventType, partitions, random }),
    maxEventBytes: limits.maxEventBytes,
  }
}

interface PublishingRequest extends GivenBatch {
  readonly publishing: PublishingContext
  /** The only subscription that gets the events. */
  readonly subscriptionId: string | undefined
  /** What a failure of the log is told with. */
  readonly flowId: string
}

async function append(
  { stored, events, publishing, subscriptionId, flowId }: PublishingRequest,
  context: BrokerContext,
): Promise<Response> {
  const prepared = prepareBatch(events, publishing)
  if (prepared.kind === 'unreadable') return unreadable(prepared.message)
  if (prepared.kind === 'rejected') return json(422, prepared.items)
  const { name } = stored.eventType
  const records = toRecords(prepared.events, subscriptionId)
  const appended = await appendEvents(name, records, context)
  const unpublished = (detail: string) => {
    const items = events.map(({ event }, at) => ({
      eid: eidOf(event),
      partition: records[at]?.partition ?? null,
    }))
    return json(207, unpublishedItems(items, detail))
  }
  switch (appended.kind) {
    case 'appended':
      return empty(200)
    case 'unknownEventType':
      return unknownEventType(name)
    case 'inMaintenance':
      return problem(503, IN_MAINTENANCE)
    case 'failed':
      context.observer.onInternalError(appended.error, flowId)
      return unpublished('internal error')
    case 'timedOut':
      return unpublished('timed out')
  }
}

function unreadable(message: string): Response {
  return problem(400, `Error occurred when parsing event(s). ${message}`)
}
