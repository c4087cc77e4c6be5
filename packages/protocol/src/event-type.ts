/**
 * What an event of this type means: an arbitrary fact (`undefined`), a change of a stored entity
 * (`data`), or a step of a business process (`business`). It decides which envelope events have.
 */
export type EventTypeCategory = 'undefined' | 'data' | 'business'

/** What the broker adds to events on receipt. There is one strategy; it fills in `metadata`. */
export type EnrichmentStrategy = 'metadata_enrichment'

/** How the broker chooses the partition of an event. */
export type PartitionStrategy = 'random' | 'hash' | 'user_defined'

/** Which events the broker may drop: old ones, superseded ones of a compaction key, or both. */
export type CleanupPolicy = 'delete' | 'compact' | 'compact_and_delete'

/** Which changes of the schema the broker accepts. The strictest is `compatible`, the laxest `none`. */
export type CompatibilityMode = 'compatible' | 'forward' | 'none'

/** Who an event type is meant for, from the owning team to the public. */
export type Audience =
  | 'component-internal'
  | 'business-unit-internal'
  | 'company-internal'
  | 'external-partner'
  | 'external-public'

/** The language a schema is written in. */
export type SchemaType = 'json_schema' | 'avro_schema'

/** A schema as a client submits it. The broker decides on version and time. */
export interface NewEventTypeSchema {
  readonly type: SchemaType
  /** The schema's text. The broker stores it byte for byte. */
  readonly schema: string
}

/** A stored version of an event type's schema. */
export interface EventTypeSchema extends NewEventTypeSchema {
  /** Semantic version, `1.0.0` for the first schema. */
  readonly version: string
  /** ISO 8601 time in UTC. */
  readonly created_at: string
}

/** The load an event type was created for. The broker derives the number of partitions from it. */
export interface EventTypeStatistics {
  /** At least 0; only recorded. */
  readonly messages_per_minute: number
  /** Average bytes of an event, at least 1; only recorded. */
  readonly message_size: number
  /** Consumers that read side by side, at least 1. */
  readonly read_parallelism: number
  /** Producers that write side by side, at least 1. */
  readonly write_parallelism: number
}

/** Settings of how an event type is stored. */
export interface EventTypeOptions {
  /** Milliseconds that an event stays readable. The broker bounds it, by default to 3 hours .. 4 days. */
  readonly retention_time: number
}

/** One permitted identity, such as `{ data_type: 'service', value: 'billing' }`. */
export interface AuthorizationAttribute {
  readonly data_type: string
  readonly value: string
}

/** Who may administer, read and write an event type. No list may be empty. */
export interface EventTypeAuthorization {
  readonly admins: readonly AuthorizationAttribute[]
  readonly readers: readonly AuthorizationAttribute[]
  readonly writers: readonly AuthorizationAttribute[]
}

/** Says which value of an event names the owner that per-event permissions are checked against. */
export interface EventOwnerSelector {
  readonly type: 'path' | 'static' | 'metadata'
  /** The kind of owner, for example `retailer_id`. */
  readonly name: string
  /** A path into the event, or the owner itself when `type` is `static`. */
  readonly value: string
}

/** An event type as the broker answers it: every default is filled in. */
export interface EventType {
  readonly name: string
  readonly owning_application: string
  readonly category: EventTypeCategory
  readonly enrichment_strategies: readonly EnrichmentStrategy[]
  readonly partition_strategy: PartitionStrategy
  readonly partition_key_fields: readonly string[]
  readonly cleanup_policy: CleanupPolicy
  readonly ordering_key_fields: readonly string[]
  readonly ordering_instance_ids: readonly string[]
  readonly schema: EventTypeSchema
  readonly default_statistic: EventTypeStatistics | null
  readonly options: EventTypeOptions
  /** `null`: everyone may do everything. */
  readonly authorization: EventTypeAuthorization | null
  readonly annotations: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly compatibility_mode: CompatibilityMode
  readonly audience?: Audience
  readonly event_owner_selector?: EventOwnerSelector
  /** ISO 8601 time in UTC. */
  readonly created_at: string
  /** ISO 8601 time in UTC. */
  readonly updated_at: string
}

/**
 * An event type as a client sends it. What is left out gets the broker's default. Every `EventType`
 * is a `NewEventType`, so a client may read one, change it and send it back.
 */
export interface NewEventType {
  readonly name: string
  readonly owning_application: string
  readonly category: EventTypeCategory
  readonly schema: NewEventTypeSchema
  /** @default [] (which the broker accepts for category `undefined` only) */
  readonly enrichment_strategies?: readonly EnrichmentStrategy[]
  /** @default 'random' */
  readonly partition_strategy?: PartitionStrategy
  /** Paths into the event, relative to `data` for category `data`. @default [] */
  readonly partition_key_fields?: readonly string[] | null
  /** @default 'delete' */
  readonly cleanup_policy?: CleanupPolicy
  /** @default [] */
  readonly ordering_key_fields?: readonly string[] | null
  /** @default [] */
  readonly ordering_instance_ids?: readonly string[] | null
  /** @default null */
  readonly default_statistic?: EventTypeStatistics | null
  /** @default { retention_time: 172800000 } (two days) */
  readonly options?: Partial<EventTypeOptions>
  /** @default null */
  readonly authorization?: EventTypeAuthorization | null
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>> | null
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>> | null
  /** @default 'forward' */
  readonly compatibility_mode?: CompatibilityMode
  /** @default null */
  readonly audience?: Audience | null
  /** @default null */
  readonly event_owner_selector?: EventOwnerSelector | null
}
