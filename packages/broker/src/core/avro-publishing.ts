// What becomes of a batch of events in Avro before it reaches the log. Unlike JSON, neither the payload nor its
// size is looked at, and the producer names the partition keys.

import { type AvroEnvelope, encodeEnvelope, hashPartition } from '@rioni/event-types'
import type { BatchItemResponse } from '@rioni/protocol'
import type { EventOwner } from './authorization.ts'
import { refusedAvroItems } from './batch-items.ts'
import type { OwnershipClaim } from './event-ownership.ts'
import type { EventTypeState } from './state.ts'

/** What publishing in Avro depends on beside the events. */
export interface AvroPublishingContext {
  readonly stored: EventTypeState
  /** Whether the events delete what was published under their compaction keys. */
  readonly isDeletion: boolean
  /** Says who owns an event. */
  readonly claim: (event: AvroEnvelope) => OwnershipClaim
  readonly random: { below(n: number): number }
  readonly flowId: string
  readonly publishedBy: string
  /** Now, in milliseconds since the epoch. */
  readonly at: number
}

/** An event as it is to be stored. */
export interface AcceptedAvroEvent {
  readonly partition: string
  /** An envelope, or nothing for a tombstone. */
  readonly value: Uint8Array
  /** What compaction keeps the newest record of, if the event type is compacted. */
  readonly key?: string
  readonly owner?: EventOwner
}

/** Everything to be appended, or the outcome of every event of a batch of which nothing is. */
export type PreparedAvroBatch =
  | { readonly kind: 'accepted'; readonly events: readonly AcceptedAvroEvent[] }
  | { readonly kind: 'rejected'; readonly items: readonly BatchItemResponse[] }

/** Decides the fate of a batch. Each check covers the whole batch before the next; the first failure stops all. */
export function prepareAvroBatch(
  events: readonly AvroEnvelope[],
  context: AvroPublishingContext,
): PreparedAvroBatch {
  for (const check of CHECKS) {
    for (const [index, event] of events.entries()) {
      const error = check(event, context)
      if (error === undefined) continue
      const eids = events.map(({ metadata }) => metadata.eid)
      return { kind: 'rejected', items: refusedAvroItems(eids, { index, error }) }
    }
  }
  return { kind: 'accepted', events: events.map((event) => accepted(event, context)) }
}

type Check = (event: AvroEnvelope, context: AvroPublishingContext) => string | undefined

const CHECKS: readonly Check[] = [
  ({ metadata }, { stored }) =>
    metadata.event_type === stored.eventType.name ? undefined : 'event type does not match',
  ({ payload }, { isDeletion }) =>
    isDeletion && payload.byteLength > 0 ? 'Payload must be empty to delete events.' : undefined,
  ({ metadata: { version } }, { stored: { eventType, schemas } }) =>
    schemas.some((schema) => schema.version === version)
      ? undefined
      : `EventType "${eventType.name}" has no schema with version "${version}"`,
  (event, { claim }) => {
    const claimed = claim(event)
    return 'error' in claimed ? claimed.error : undefined
  },
  partitioningError,
  ({ metadata }, { stored }) =>
    stored.eventType.cleanup_policy !== 'delete' && !metadata.partition_compaction_key
      ? 'partition compaction key is missing'
      : undefined,
]

function partitioningError(
  { metadata }: AvroEnvelope,
  { stored }: AvroPublishingContext,
): string | undefined {
  switch (stored.eventType.partition_strategy) {
    case 'hash':
      return metadata.partition_keys?.length
        ? undefined
        : 'Cannot calculate hash value for partitioning: partition keys not set.'
    case 'user_defined': {
      const { partition } = metadata
      if (!partition) return 'Failed to resolve partition. Failed to get partition from event metadata'
      return stored.partitions.includes(partition)
        ? undefined
        : `Failed to resolve partition. Invalid partition specified when publishing event: ${partition}`
    }
    case 'random':
      return undefined
  }
}

function accepted(event: AvroEnvelope, context: AvroPublishingContext): AcceptedAvroEvent {
  const { metadata, payload } = event
  const { stored, isDeletion, flowId, publishedBy, at } = context
  const partition = partitionOf(event, context)
  const completed = {
    ...metadata,
    partition,
    published_by: publishedBy,
    received_at: at,
    flow_id: metadata.flow_id || flowId,
  }
  const key = metadata.partition_compaction_key
  const claimed = context.claim(event)
  return {
    partition,
    value: isDeletion ? new Uint8Array() : encodeEnvelope({ metadata: completed, payload }),
    ...(stored.eventType.cleanup_policy === 'delete' || !key ? {} : { key }),
    ...('owner' in claimed && claimed.owner !== undefined ? { owner: claimed.owner } : {}),
  }
}

/** The checks have seen to it that there is one. */
function partitionOf({ metadata }: AvroEnvelope, { stored, random }: AvroPublishingContext): string {
  const { eventType, partitions } = stored
  switch (eventType.partition_strategy) {
    case 'hash':
      return hashPartition(metadata.partition_keys ?? [], partitions)
    case 'user_defined':
      return metadata.partition ?? ''
    case 'random':
      return partitions[random.below(partitions.length)] ?? ''
  }
}
