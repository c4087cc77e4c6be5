// Publishing and deleting events in Avro. The event type is looked at before the body, and failed checks are
// answered with 207; both are otherwise for JSON, and both are what Nakadi does.

import { decodePublishingBatch } from '@rioni/event-types'
import { prepareAvroBatch } from '../core/avro-publishing.ts'
import { claimOfAvro } from '../core/event-ownership.ts'
import type { RecordHeaders } from '../core/log-record.ts'
import { toAvroRecords } from '../publishing/records.ts'
import { appendBatch } from './append-batch.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { ownerSelectorOf } from './owner-selector.ts'
import { problem, unknownEventType } from './problem.ts'
import { json } from './response.ts'

/** What a producer of Avro wants. */
export interface AvroPublishing {
  readonly isDeletion: boolean
  /** Of the records. */
  readonly headers: RecordHeaders
}

/** Whether the body of a request is in Avro. Every other content type means JSON. */
export function isAvro({ headers }: RoutedRequest): boolean {
  return /^\s*application\/avro-binary\s*(;|$)/i.test(headers.get('Content-Type') ?? '')
}

/** Publishes the events of a body in Avro, or deletes those of their compaction keys. */
export async function publishAvro(
  { isDeletion, headers }: AvroPublishing,
  request: RoutedRequest,
  context: BrokerContext,
): Promise<Response> {
  const { access, clock, random, storage } = context
  const { flowId, principal } = request
  const name = request.path['name'] ?? ''
  const stored = storage.commands.state.eventTypes.get(name)
  if (stored === undefined) return unknownEventType(name)
  if (isDeletion && stored.eventType.cleanup_policy === 'delete') {
    return problem(422, 'It is not allowed to delete events from non compacted event type')
  }
  const refusal = access.refuseEventTypes(principal, [name], ['WRITE'])
  if (refusal !== undefined) return refusal
  const batch = decodePublishingBatch(request.body)
  if (!batch.ok) return problem(400, `Error occurred when parsing event(s). ${batch.message}`)

  const selector = ownerSelectorOf(stored, context)
  const prepared = prepareAvroBatch(batch.events, {
    stored,
    isDeletion,
    claim: ({ metadata }) => claimOfAvro(selector, principal, metadata),
    random,
    flowId,
    publishedBy: principal.subject,
    at: clock.now(),
  })
  if (prepared.kind === 'rejected') return json(207, prepared.items)
  const records = toAvroRecords(prepared.events, headers)
  const eids = () => batch.events.map(({ metadata }) => metadata.eid)
  return await appendBatch({ eventType: name, records, eids, request }, context)
}
