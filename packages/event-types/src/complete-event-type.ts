import type { EventType, NewEventType } from '@rioni/protocol'
import { FIRST_SCHEMA_VERSION } from './schema-version.ts'

/** Milliseconds that events stay readable unless the event type says otherwise: two days. */
const DEFAULT_RETENTION_TIME = 172_800_000

/**
 * Fills in the defaults of the Nakadi API: this is the event type as the broker stores it on creation and
 * answers it from then on. Expects a definition that `checkEventType` accepted.
 *
 * @param at Time of creation in milliseconds since the epoch.
 */
export function completeEventType(input: NewEventType, at: number): EventType {
  const time = new Date(at).toISOString()
  return {
    name: input.name,
    owning_application: input.owning_application,
    category: input.category,
    enrichment_strategies: input.enrichment_strategies ?? [],
    partition_strategy: input.partition_strategy ?? 'random',
    partition_key_fields: input.partition_key_fields ?? [],
    cleanup_policy: input.cleanup_policy ?? 'delete',
    ordering_key_fields: input.ordering_key_fields ?? [],
    ordering_instance_ids: input.ordering_instance_ids ?? [],
    schema: {
      type: input.schema.type,
      schema: input.schema.schema,
      version: FIRST_SCHEMA_VERSION,
      created_at: time,
    },
    default_statistic: input.default_statistic ?? null,
    options: { retention_time: input.options?.retention_time ?? DEFAULT_RETENTION_TIME },
    authorization: input.authorization ?? null,
    annotations: input.annotations ?? {},
    labels: input.labels ?? {},
    compatibility_mode: input.compatibility_mode ?? 'forward',
    ...(input.audience ? { audience: input.audience } : {}),
    ...(input.event_owner_selector ? { event_owner_selector: input.event_owner_selector } : {}),
    created_at: time,
    updated_at: time,
  }
}
