/** What happened to the entity of a data change event: created, updated, deleted, or a snapshot. */
export type DataOperation = 'C' | 'U' | 'D' | 'S'

/** The metadata of an event as a consumer receives it: what the producer sent and what the broker added. */
export interface EventMetadata {
  /** UUID that the producer gave the event; repeated publishing keeps it. */
  readonly eid: string
  readonly event_type: string
  /** RFC 3339 time at which the fact happened, as the producer wrote it. */
  readonly occurred_at: string
  /** ISO 8601 time in UTC at which the broker accepted the event. */
  readonly received_at: string
  /** Version of the schema that the event was validated against. */
  readonly version: string
  readonly partition: string
  readonly flow_id: string
  /** Authenticated subject that published the event, or `unauthenticated`. */
  readonly published_by: string
  /** The events that caused this one. */
  readonly parent_eids?: readonly string[]
  /** Distributed tracing context. */
  readonly span_ctx?: Readonly<Record<string, string>>
  /** Newer events with the same key supersede this one under the compacting cleanup policies. */
  readonly partition_compaction_key?: string
}

/**
 * The metadata that a producer may send. The broker refuses any other field, including the ones it
 * adds itself (`received_at`, `version`, `published_by`).
 */
export interface NewEventMetadata {
  /** UUID that identifies the event. */
  readonly eid: string
  /** RFC 3339 time with seconds and offset. */
  readonly occurred_at: string
  /** The event type's own name; anything else is refused. */
  readonly event_type?: string
  /** Required by partition strategy `user_defined`; overwritten with the chosen partition otherwise. */
  readonly partition?: string
  /** Kept when given and not empty, else the flow id of the request. */
  readonly flow_id?: string
  readonly parent_eids?: readonly string[]
  readonly span_ctx?: Readonly<Record<string, string>>
  /** Required by the compacting cleanup policies and refused without them. */
  readonly partition_compaction_key?: string
}

/** An event of category `business` as a consumer receives it. */
export type BusinessEvent<T> = T & { readonly metadata: EventMetadata }

/** An event of category `data` as a consumer receives it. */
export interface DataChangeEvent<T> {
  readonly metadata: EventMetadata
  /** The kind of entity, a name that producer and consumers agree on. */
  readonly data_type: string
  readonly data_op: DataOperation
  /** The entity after the change. */
  readonly data: T
}

/** A business event as a producer takes it: metadata that is left out is filled in before sending. */
export type NewBusinessEvent<T> = T & { readonly metadata?: Partial<NewEventMetadata> }

/** A data change event as a producer takes it: metadata that is left out is filled in before sending. */
export interface NewDataChangeEvent<T> {
  readonly metadata?: Partial<NewEventMetadata>
  readonly data_type: string
  readonly data_op: DataOperation
  readonly data: T
}
