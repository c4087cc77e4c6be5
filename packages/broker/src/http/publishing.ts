// Publishing and deleting events in JSON. The order of the checks is the order of Nakadi's answers: the consumer
// tag and the body are looked at before the event type, and that before the right to write.

import { createPartitionResolver } from '@rioni/event-types'
import { abortedItems, eidOf } from '../core/batch-items.ts'
import { readConsumerTag } from '../core/consumer-tags.ts'
import { compactText, createEnrich } from '../core/enrichment.ts'
import { type PublishedEvent, splitEvents } from '../core/event-batch.ts'
import { createClaim } from '../core/event-ownership.ts'
import type { RecordHeaders } from '../core/log-record.ts'
import { type PublishingContext, prepareBatch } from '../core/publishing.ts'
import type { EventTypeState } from '../core/state.ts'
import { createJsonForms, type JsonForms } from '../publishing/json-forms.ts'
import { toRecords } from '../publishing/records.ts'
import { appendBatch } from './append-batch.ts'
import { isAvro, publishAvro } from './avro-publishing.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { ownerSelectorOf } from './owner-selector.ts'
import { problem, unknownEventType } from './problem.ts'
import { readText } from './request-body.ts'
import { json } from './response.ts'

/** Takes in events, and deletions of events. */
export function createPublishingHandlers(context: BrokerContext): Handlers {
  const forms = createJsonForms()
  return {
    publishEvents: async (request) => {
      const tag = readConsumerTag(request.headers.get('X-CONSUMER-TAG'))
      if ('error' in tag) return problem(422, tag.error)
      const { subscriptionId: consumerSubscriptionId } = tag
      const headers = consumerSubscriptionId === undefined ? {} : { consumerSubscriptionId }
      return isAvro(request)
        ? await publishAvro({ isDeletion: false, headers }, request, context)
        : await publishEvents({ headers, forms }, request, context)
    },
    // Tags are for those who get events. Nobody gets a deletion.
    deleteEvents: async (request) =>
      isAvro(request)
        ? await publishAvro({ isDeletion: true, headers: {} }, request, context)
        : await deleteEvents(request, context),
  }
}

interface JsonPublishing {
  /** Of the records. */
  readonly headers: RecordHeaders
  readonly forms: JsonForms
}

async function publishEvents(
  { headers, forms }: JsonPublishing,
  request: RoutedRequest,
  context: BrokerContext,
): Promise<Response> {
  const given = readBatch(request, context)
  if (given instanceof Response) return given
  const { eventType, validate } = forms(given.stored)
  const enrich = createEnrich({
    eventType: eventType.name,
    version: eventType.schema.version,
    flowId: request.flowId,
    publishedBy: request.principal.subject,
    receivedAt: new Date(context.clock.now()).toISOString(),
  })
  const toText = eventType.enrichment_strategies.includes('metadata_enrichment') ? enrich : compactText
  return await append({ ...given, headers }, { ...common(given, context), validate, toText }, context)
}

async function deleteEvents(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const given = readBatch(request, context)
  if (given instanceof Response) return given
  if (given.stored.eventType.cleanup_policy === 'delete') return json(422, abortedItems(given.events))
  const deletion = {
    ...common(given, context),
    validate: () => undefined,
    // A record without a value is a tombstone.
    toText: () => '',
  }
  return await append({ ...given, headers: {} }, deletion, context)
}

/** Events, and the event type that they are for. */
interface GivenBatch {
  readonly request: RoutedRequest
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
  return refusal ?? { request, stored, events: batch.events }
}

/** What publishing and deleting have in common. */
function common({ request, stored }: GivenBatch, context: BrokerContext) {
  const { eventType, partitions } = stored
  const { limits, random } = context
  return {
    eventType,
    claim: createClaim(ownerSelectorOf(stored, context), request.principal),
    resolvePartition: createPartitionResolver({ eventType, partitions, random }),
    maxEventBytes: limits.maxEventBytes,
  }
}

async function append(
  { request, stored, events, headers }: GivenBatch & { readonly headers: RecordHeaders },
  publishing: PublishingContext,
  context: BrokerContext,
): Promise<Response> {
  const prepared = prepareBatch(events, publishing)
  if (prepared.kind === 'unreadable') return unreadable(prepared.message)
  if (prepared.kind === 'rejected') return json(422, prepared.items)
  const { name } = stored.eventType
  const records = toRecords(prepared.events, headers)
  const eids = () => events.map(({ event }) => eidOf(event))
  return await appendBatch({ eventType: name, records, eids, request }, context)
}

function unreadable(message: string): Response {
  return problem(400, `Error occurred when parsing event(s). ${message}`)
}
