// What becomes of a batch of events before it reaches the log: validation, partitioning, enrichment.
// Each phase covers the whole batch before the next begins, and the first event that fails stops all.

import { compactJson, replaceMember, resolvePartition } from '@rioni/event-types'
import type { BatchItemResponse, EventType, PublishingStep } from '@rioni/protocol'
import type { PublishedEvent } from './event-batch.ts'

/** What publishing a batch depends on beside the events. */
export interface PublishingContext {
  readonly eventType: EventType
  /** Sorted as strings. */
  readonly partitions: readonly string[]
  /** The text of what is wrong with an event, or undefined. */
  readonly validate: (event: unknown) => string | undefined
  readonly flowId: string
  /** Who publishes. */
  readonly publishedBy: string
  /** Now, in milliseconds since the epoch. */
  readonly at: number
  readonly random: { below(n: number): number }
  /** Bytes of an event's text in UTF-8. */
  readonly maxEventBytes: number
}

/** An event as it is to be stored. */
export interface AcceptedEvent {
  readonly partition: string
  readonly text: string
}

/** Everything to be appended, or the outcome of every event of a batch of which nothing is. */
export type PreparedBatch =
  | { readonly kind: 'accepted'; readonly events: readonly AcceptedEvent[] }
  | { readonly kind: 'rejected'; readonly items: readonly BatchItemResponse[] }
  /** An invalid event without a readable `metadata.eid`: the broker takes the whole body for broken. */
  | { readonly kind: 'unreadable'; readonly message: string }

/** Decides the fate of a batch. */
export function prepareBatch(events: readonly PublishedEvent[], context: PublishingContext): PreparedBatch {
  for (const [index, published] of events.entries()) {
    const error = context.validate(published.event) ?? sizeError(published.text, context.maxEventBytes)
    if (error !== undefined)
      return invalid(events, { index, error, phase: 'validating', partitions: [] }, context)
  }
  const partitions: string[] = []
  for (const [index, { event, text }] of events.entries()) {
    const resolved = resolvePartition({ ...context, event, eventText: text })
    if ('error' in resolved) {
      return rejected(events, { index, error: resolved.error, phase: 'partitioning', partitions })
    }
    partitions.push(resolved.partition)
  }
  const stamp = { ...context, receivedAt: new Date(context.at).toISOString() }
  return {
    kind: 'accepted',
    events: events.map((event, index) => enriched(event, partitions[index] ?? '', stamp)),
  }
}

interface Failure {
  readonly index: number
  readonly error: string
  readonly phase: 'validating' | 'partitioning'
  /** Those chosen so far. */
  readonly partitions: readonly string[]
}

/** What an event that the failing phase did not get to has behind it. */
const PHASE_BEFORE: Readonly<Record<Failure['phase'], PublishingStep>> = {
  validating: 'none',
  partitioning: 'validating',
}

function rejected(events: readonly PublishedEvent[], failure: Failure): PreparedBatch {
  const items = events.map(
    ({ event }, index): BatchItemResponse => ({
      publishing_status: index === failure.index ? 'failed' : 'aborted',
      step: index <= failure.index ? failure.phase : PHASE_BEFORE[failure.phase],
      detail: index === failure.index ? failure.error : '',
      eid: eidOf(event) ?? '',
      partition: failure.partitions[index] ?? null,
    }),
  )
  return { kind: 'rejected', items }
}

/**
 * The broker looks up the `eid` of an invalid event and takes a failure to find it for a broken body.
 * Clients see this, so it is kept.
 */
function invalid(
  events: readonly PublishedEvent[],
  failure: Failure,
  { eventType }: PublishingContext,
): PreparedBatch {
  const message =
    eventType.category === 'undefined' ? undefined : missingEid(events[failure.index]?.event ?? {})
  return message === undefined ? rejected(events, failure) : { kind: 'unreadable', message }
}

function missingEid(event: Readonly<Record<string, unknown>>): string | undefined {
  const { metadata } = event
  if (metadata === undefined) return 'JSONObject["metadata"] not found.'
  if (!isObject(metadata)) return 'JSONObject["metadata"] is not a JSONObject.'
  const { eid } = metadata
  if (eid === undefined) return 'JSONObject["eid"] not found.'
  return typeof eid === 'string' ? undefined : 'JSONObject["eid"] not a string.'
}

function eidOf({ metadata }: Readonly<Record<string, unknown>>): string | undefined {
  return isObject(metadata) && typeof metadata['eid'] === 'string' ? metadata['eid'] : undefined
}

const encoder = new TextEncoder()
/** No UTF-16 code unit takes more bytes than this in UTF-8. */
const MAX_BYTES_PER_UNIT = 3

function sizeError(text: string, maxBytes: number): string | undefined {
  if (text.length * MAX_BYTES_PER_UNIT <= maxBytes) return undefined
  const bytes = encoder.encode(text).byteLength
  return bytes > maxBytes ? `Event too large: ${bytes} bytes, max size is ${maxBytes} bytes` : undefined
}

/**
 * The text that is stored: the client's own, without whitespace between tokens, and with a new value of
 * `metadata` in the place of the old one. All else stays as it was written.
 */
function enriched(
  { text, event }: PublishedEvent,
  partition: string,
  context: PublishingContext & { readonly receivedAt: string },
): AcceptedEvent {
  const { eventType } = context
  const compact = compactJson(text)
  const { metadata } = event
  if (!eventType.enrichment_strategies.includes('metadata_enrichment') || !isObject(metadata)) {
    return { partition, text: compact }
  }
  const replacement = JSON.stringify({
    ...metadata,
    event_type: eventType.name,
    received_at: context.receivedAt,
    published_by: context.publishedBy,
    flow_id: metadata['flow_id'] || context.flowId,
    partition,
    version: eventType.schema.version,
  })
  return { partition, text: replaceMember(compact, 'metadata', replacement) ?? compact }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
