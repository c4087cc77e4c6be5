// What becomes of a batch of events before it reaches the log: ownership, validation, partitioning, keys, and
// the text that is stored. Each phase covers the whole batch before the next begins, and the first event that
// fails stops all.

import type { JsonObject, PartitionResolver } from '@rioni/event-types'
import type { BatchItemResponse, EventType } from '@rioni/protocol'
import { type BatchFailure, rejectedItems } from './batch-items.ts'
import type { PublishedEvent } from './event-batch.ts'
import type { Claim } from './event-ownership.ts'
import type { RecordHeaders } from './log-record.ts'

/** What publishing a batch depends on beside the events. */
export interface PublishingContext {
  readonly eventType: Pick<EventType, 'category' | 'cleanup_policy'>
  /** Says who owns an event. */
  readonly claim: Claim
  /** The text of what is wrong with an event, or undefined. */
  readonly validate: (event: JsonObject) => string | undefined
  readonly resolvePartition: PartitionResolver
  /** The text of an event as it is stored. */
  readonly toText: (event: PublishedEvent, partition: string) => string
  /** Bytes of an event's text in UTF-8. */
  readonly maxEventBytes: number
}

/** An event as it is to be stored. */
export interface AcceptedEvent {
  readonly partition: string
  /** Empty for a tombstone. */
  readonly text: string
  /** What compaction keeps the newest record of, if the event type is compacted. */
  readonly key?: string
  readonly owner?: NonNullable<RecordHeaders['owner']>
}

/** Everything to be appended, or the outcome of every event of a batch of which nothing is. */
export type PreparedBatch =
  | { readonly kind: 'accepted'; readonly events: readonly AcceptedEvent[] }
  | { readonly kind: 'rejected'; readonly items: readonly BatchItemResponse[] }
  /** An event lacks what the broker takes for granted: it takes the whole body for broken. */
  | { readonly kind: 'unreadable'; readonly message: string }

/** Decides the fate of a batch. */
export function prepareBatch(events: readonly PublishedEvent[], context: PublishingContext): PreparedBatch {
  const owners: RecordHeaders['owner'][] = []
  for (const [index, published] of events.entries()) {
    const claim = context.claim(published)
    if ('error' in claim)
      return rejected(events, { index, error: claim.error, phase: 'validating', partitions: [] })
    owners.push(claim.owner)
  }
  for (const [index, { event, sent }] of events.entries()) {
    const error = context.validate(event) ?? sizeError(sent, context.maxEventBytes)
    if (error !== undefined)
      return invalid(events, { index, error, phase: 'validating', partitions: [] }, context)
  }
  const partitions: string[] = []
  for (const [index, published] of events.entries()) {
    const resolved = context.resolvePartition(published)
    if ('error' in resolved) {
      return rejected(events, { index, error: resolved.error, phase: 'partitioning', partitions })
    }
    partitions.push(resolved.partition)
  }
  return accepted(events, { partitions, owners }, context)
}

interface Decisions {
  readonly partitions: readonly string[]
  readonly owners: readonly RecordHeaders['owner'][]
}

function accepted(
  events: readonly PublishedEvent[],
  { partitions, owners }: Decisions,
  { eventType, toText }: PublishingContext,
): PreparedBatch {
  const isCompacted = eventType.cleanup_policy !== 'delete'
  const records: AcceptedEvent[] = []
  for (const [index, published] of events.entries()) {
    const key = isCompacted ? metadataText(published.event, 'partition_compaction_key') : undefined
    if (key !== undefined && 'missing' in key) return { kind: 'unreadable', message: key.missing }
    const partition = partitions[index] ?? ''
    const owner = owners[index]
    records.push({
      partition,
      text: toText(published, partition),
      ...(key === undefined ? {} : { key: key.text }),
      ...(owner === undefined ? {} : { owner }),
    })
  }
  return { kind: 'accepted', events: records }
}

function rejected(events: readonly PublishedEvent[], failure: BatchFailure): PreparedBatch {
  return { kind: 'rejected', items: rejectedItems(events, failure) }
}

/**
 * The broker looks up the `eid` of an invalid event and takes a failure to find it for a broken body.
 * Clients see this, so it is kept.
 */
function invalid(
  events: readonly PublishedEvent[],
  failure: BatchFailure,
  { eventType }: PublishingContext,
): PreparedBatch {
  const eid = metadataText(events[failure.index]?.event ?? {}, 'eid')
  return eventType.category === 'undefined' || 'text' in eid
    ? rejected(events, failure)
    : { kind: 'unreadable', message: eid.missing }
}

/** A text of an event's metadata, or how the broker says that there is none. */
function metadataText(
  { metadata }: JsonObject,
  name: string,
): { readonly text: string } | { readonly missing: string } {
  if (metadata === undefined) return { missing: 'JSONObject["metadata"] not found.' }
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return { missing: 'JSONObject["metadata"] is not a JSONObject.' }
  }
  const text: unknown = Reflect.get(metadata, name)
  if (text === undefined) return { missing: `JSONObject["${name}"] not found.` }
  return typeof text === 'string' ? { text } : { missing: `JSONObject["${name}"] not a string.` }
}

const encoder = new TextEncoder()
/** No UTF-16 code unit takes more bytes than this in UTF-8. */
const MAX_BYTES_PER_UNIT = 3

function sizeError(text: string, maxBytes: number): string | undefined {
  if (text.length * MAX_BYTES_PER_UNIT <= maxBytes) return undefined
  const bytes = encoder.encode(text).byteLength
  return bytes > maxBytes ? `Event too large: ${bytes} bytes, max size is ${maxBytes} bytes` : undefined
}
