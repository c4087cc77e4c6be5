/** One entry of a partition's log. */
export interface LogRecord {
  /**
   * Position in the partition of its topic; in what a stream gets, the ordinal over all timelines. Offsets only
   * grow; what was compacted away leaves gaps.
   */
  readonly offset: number
  /** When it was appended, in milliseconds since the epoch. */
  readonly at: number
  /**
   * The event as it is streamed: UTF-8 JSON without insignificant whitespace, or Avro where the headers
   * say so. Empty for a tombstone: the record of a deletion, which takes an offset and is never delivered.
   */
  readonly value: Uint8Array
  /** What compaction keeps the newest record of. */
  readonly key?: string
  readonly headers?: RecordHeaders
}

/** What is known of an event beside its text. */
export interface RecordHeaders {
  /** The only subscription that gets the event (`X-CONSUMER-TAG`). */
  readonly consumerSubscriptionId?: string
  /** Who owns the event, by the `event_owner_selector` of its event type. */
  readonly owner?: { readonly name: string; readonly value: string }
  /** How the value is encoded. @default 'json' */
  readonly encoding?: 'avro'
}

/** Which offsets of a partition exist: from `first` up to and excluding `next`. */
export interface LogBounds {
  readonly first: number
  readonly next: number
}
