import type { NewEventType } from '@rioni/protocol'
import type { JsonObject } from './json-value.ts'

const UUID = {
  type: 'string',
  pattern: '^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$',
}

/**
 * The schema of the `metadata` that a producer sends. Fields that the broker sets (`received_at`,
 * `version`, `published_by`) are refused. The compaction key is required for event types that are
 * compacted and refused for all others.
 */
export function metadataSchema(eventType: Pick<NewEventType, 'name' | 'cleanup_policy'>): JsonObject {
  const compacts = (eventType.cleanup_policy ?? 'delete') !== 'delete'
  return {
    type: 'object',
    properties: {
      occurred_at: { type: 'string' },
      eid: UUID,
      event_type: { type: 'string', enum: [eventType.name] },
      partition: { type: 'string' },
      span_ctx: { type: 'object', additionalProperties: { type: 'string' } },
      parent_eids: { type: 'array', items: UUID },
      flow_id: { type: 'string' },
      ...(compacts ? { partition_compaction_key: { type: 'string', minLength: 1 } } : {}),
    },
    required: ['eid', 'occurred_at', ...(compacts ? ['partition_compaction_key'] : [])],
    additionalProperties: false,
  }
}
