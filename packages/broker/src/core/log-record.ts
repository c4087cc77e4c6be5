/** One entry of a partition's log. */
export interface LogRecord {
  /** Position in the partition: 0 for the first record of a topic, then counting up. */
  readonly offset: number
  /** When it was appended, in milliseconds since the epoch. */
  readonly at: number
  /** The event as it is streamed: UTF-8 JSON without insignificant whitespace. */
  readonly value: Uint8Array
}

/** Which offsets of a partition exist: from `first` up to and excluding `next`. */
export interface LogBounds {
  readonly first: number
  readonly next: number
}
