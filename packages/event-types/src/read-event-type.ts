import { exactNameOf, integer, listOf, mapOf, nameOf, objectOf, type ReadBy, text } from './read-json.ts'

const attributes = listOf(objectOf({ data_type: text, value: text }))

/**
 * Reads the fields of an event type definition. They have the right kinds then, but may still be absent
 * or null. The partition strategy stays a text: the broker judges it later than the enumerations.
 */
export const readEventType = objectOf({
  name: text,
  owning_application: text,
  category: nameOf(['undefined', 'data', 'business']),
  enrichment_strategies: listOf(nameOf(['metadata_enrichment'])),
  partition_strategy: text,
  partition_key_fields: listOf(text),
  cleanup_policy: nameOf(['delete', 'compact', 'compact_and_delete']),
  ordering_key_fields: listOf(text),
  ordering_instance_ids: listOf(text),
  schema: objectOf({ type: nameOf(['json_schema', 'avro_schema']), schema: text }),
  default_statistic: objectOf({
    messages_per_minute: integer,
    message_size: integer,
    read_parallelism: integer,
    write_parallelism: integer,
  }),
  options: objectOf({ retention_time: integer }),
  authorization: objectOf({ admins: attributes, readers: attributes, writers: attributes }),
  annotations: mapOf(text),
  labels: mapOf(text),
  compatibility_mode: nameOf(['compatible', 'forward', 'none']),
  // The one enumeration whose names have dashes, and the one that minds their case.
  audience: exactNameOf([
    'component-internal',
    'business-unit-internal',
    'company-internal',
    'external-partner',
    'external-public',
  ]),
  event_owner_selector: objectOf({
    type: nameOf(['path', 'static', 'metadata']),
    name: text,
    value: text,
  }),
})

/** The fields of a definition after reading: of the right kinds, but perhaps absent or null. */
export type EventTypeFields = NonNullable<ReadBy<typeof readEventType>>
