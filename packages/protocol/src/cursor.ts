/** One ordered log inside an event type, with the range of offsets that can be read. */
export interface Partition {
  readonly partition: string
  readonly oldest_available_offset: string
  /** Offset of the last event; before the first event it ends in `--1`. */
  readonly newest_available_offset: string
  /** Events after the given cursor; present only when the request named one. */
  readonly unconsumed_events?: number
}

/** A position in a partition. The offset is opaque; `BEGIN` stands for the oldest available one. */
export interface Cursor {
  readonly partition: string
  readonly offset: string
}

/** A position in a partition of one of a subscription's event types. */
export interface SubscriptionCursorWithoutToken extends Cursor {
  readonly event_type: string
}

/** A position as a subscription stream hands it out and takes it back in a commit. */
export interface SubscriptionCursor extends SubscriptionCursorWithoutToken {
  /** To be returned as received. */
  readonly cursor_token: string
}

/** What became of one cursor of a commit. */
export interface CursorCommitResult {
  readonly cursor: SubscriptionCursor
  /** `outdated`: an equal or later position had been committed before; nothing changed. */
  readonly result: 'committed' | 'outdated'
}

/** A partition of one event type, wherever several event types are involved. */
export interface EventTypePartition {
  readonly event_type: string
  readonly partition: string
}

/** Two positions in one partition whose distance is asked for. */
export interface CursorPair {
  readonly initial_cursor: Cursor
  readonly final_cursor: Cursor
}

/** How many offsets lie between two positions; negative when `final_cursor` is the earlier one. */
export interface CursorDistance extends CursorPair {
  readonly distance: number
}

/** A position and by how many offsets to move it. */
export interface CursorShift extends Cursor {
  /** Negative moves back. @default 0 */
  readonly shift?: number
}

/** How far a position is behind the end of its partition. */
export interface CursorLag extends Partition {
  readonly unconsumed_events: number
}
