import { appendEvents } from '../append-events.ts'
import { unpublishedItems } from '../core/batch-items.ts'
import type { NewRecord } from '../storage/event-log.ts'
import type { BrokerContext } from './handler.ts'
import { IN_MAINTENANCE, problem, unknownEventType } from './problem.ts'
import { empty, json } from './response.ts'

/** Events that nothing is wrong with. */
export interface ReadyBatch {
  readonly eventType: string
  readonly records: readonly NewRecord[]
  /** Of each record, for the answer if it cannot be appended. */
  readonly eids: () => readonly string[]
  /** What a failure of the log is told with. */
  readonly flowId: string
}

/** The last step of publishing, with the answer to the request. */
export async function appendBatch(
  { eventType, records, eids, flowId }: ReadyBatch,
  context: BrokerContext,
): Promise<Response> {
  const appended = await appendEvents(eventType, records, context)
  const unpublished = (detail: string) => {
    const events = eids().map((eid, index) => ({ eid, partition: records[index]?.partition ?? null }))
    return json(207, unpublishedItems(events, detail))
  }
  switch (appended.kind) {
    case 'appended':
      return empty(200)
    case 'unknownEventType':
      return unknownEventType(eventType)
    case 'inMaintenance':
      return problem(503, IN_MAINTENANCE)
    case 'failed':
      context.observer.onInternalError(appended.error, flowId)
      return unpublished('internal error')
    case 'timedOut':
      return unpublished('timed out')
  }
}
