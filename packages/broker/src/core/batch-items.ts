// The outcome of each event of a batch that was not published as a whole: the answer to 422 and 207.

import type { JsonObject } from '@rioni/event-types'
import type { BatchItemResponse, PublishingStep } from '@rioni/protocol'

/** The phases of publishing that one event can stop for all. */
export type FailingPhase = 'validating' | 'partitioning'

/** Which event was refused, why, and how far the batch had come. */
export interface BatchFailure {
  readonly index: number
  readonly error: string
  readonly phase: FailingPhase
  /** The partitions chosen so far. */
  readonly partitions: readonly string[]
}

/** What an event that the failing phase did not get to has behind it. */
const PHASE_BEFORE: Readonly<Record<FailingPhase, PublishingStep>> = {
  validating: 'none',
  partitioning: 'validating',
}

type HasEvent = { readonly event: JsonObject }

/** Nothing was appended: one event is the reason, all others are aborted. */
export function rejectedItems(
  events: readonly HasEvent[],
  { index: failed, error, phase, partitions }: BatchFailure,
): readonly BatchItemResponse[] {
  return events.map(({ event }, index) => ({
    publishing_status: index === failed ? 'failed' : 'aborted',
    step: index <= failed ? phase : PHASE_BEFORE[phase],
    detail: index === failed ? error : '',
    eid: eidOf(event),
    partition: partitions[index] ?? null,
  }))
}

/** The event type allows nothing of the kind: no event was looked at. */
export function abortedItems(events: readonly HasEvent[]): readonly BatchItemResponse[] {
  return events.map(({ event }) => ({
    publishing_status: 'aborted',
    step: 'none',
    detail: '',
    eid: eidOf(event),
    partition: null,
  }))
}

/** Nothing was wrong with the events, but the log could not take them, or did not say that it has. */
export function unpublishedItems(
  events: readonly { readonly eid: string; readonly partition: string | null }[],
  detail: string,
): readonly BatchItemResponse[] {
  return events.map(({ eid, partition }) => ({
    publishing_status: 'failed',
    step: 'publishing',
    detail,
    eid,
    partition,
  }))
}

/** In Avro a failed check is told as a failure to publish, though nothing was sent. */
export function refusedAvroItems(
  eids: readonly string[],
  { index: failed, error }: Pick<BatchFailure, 'index' | 'error'>,
): readonly BatchItemResponse[] {
  return eids.map((eid, index) => ({
    publishing_status: index === failed ? 'failed' : 'aborted',
    step: 'publishing',
    detail: index === failed ? error : '',
    eid,
    partition: null,
  }))
}

/** The `eid` of an event, or the empty text. */
export function eidOf({ metadata }: JsonObject): string {
  if (typeof metadata !== 'object' || metadata === null || !('eid' in metadata)) return ''
  return typeof metadata.eid === 'string' ? metadata.eid : ''
}
