/**
 * The fields of an event type that its owner writes, but for the schema, in the order that people read them in (Nakadi API,
 * "EventType").
 */
export const EVENT_TYPE_FIELDS = [
  'name',
  'owning_application',
  'category',
  'audience',
  'enrichment_strategies',
  'compatibility_mode',
  'partition_strategy',
  'partition_key_fields',
  'cleanup_policy',
  'ordering_key_fields',
  'ordering_instance_ids',
  'default_statistic',
  'options',
  'authorization',
  'event_owner_selector',
  'annotations',
  'labels',
] as const

/** Every field of an event type, those that only a broker writes included. */
export const ANSWERED_FIELDS: readonly string[] = [...EVENT_TYPE_FIELDS, 'schema', 'created_at', 'updated_at']
