import { appendEvents } from '../append-events.ts'
import { unpublishedItems } from '../core/batch-items.ts'
import type { NewRecord } from '../storage/event-log.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { IN_MAINTENANCE, problem, unknownEventType } from './problem.ts'
import { empty, json } from './response.ts'

/** Events that nothing is wrong with. */
export interface ReadyBatch {
  readonly eventType: string
  readonly records: readonly NewRecord[]
  /** Of each record, for the answer if it cannot be appended. */
  readonly eids: () => readonly string[]
  /** The request that they came with. */
  readonly request: RoutedRequest
}

/** The last step of publishing, with the answer to the request. */
export async function appendBatch(
  { eventType, records, eids, request }: ReadyBatch,
  context: BrokerContext,
): Promise<Response> {
  const appended = await appendEvents(eventType, records, context)
  const unpublished = (detail: string) => {
    const events = eids().map((eid, index) => ({ eid, partition: records[index]?.partition ?? null }))
    return json(207, unpublishedItems(events, detail))
  }
  const publishedBatch = () => ({
    eventTypeName: eventType,
    app: request.principal.subject,
    realm: request.principal.realm,
    events: records.length,
    bytes: request.body.byteLength,
    durationMs: context.clock.now() - request.receivedAt,
  })
  switch (appended.kind) {
    case 'appended':
      context.recorder.batchPublished(publishedBatch(), request.flowId)
      return empty(200)
    case 'unknownEventType':
      return unknownEventType(eventType)
    case 'inMaintenance':
      return problem(503, IN_MAINTENANCE)
    case 'failed':
      context.observer.onInternalError(appended.error, request.flowId)
      return unpublished('internal error')
    case 'timedOut':
      return unpublished('timed out')
  }
}
