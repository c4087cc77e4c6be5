import type { EventTypePartition, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { CallOptions } from '../request/call.ts'

/**
 * Where a subscription is moved to: before its oldest events, behind its newest, before the first event that the broker
 * received at a time or later, or to given cursors, whose offsets may be `BEGIN` and `END` too.
 */
export type ResetTarget =
  | 'begin'
  | 'end'
  | { readonly time: Date }
  | { readonly cursors: readonly SubscriptionCursorWithoutToken[] }

/** How to move a subscription. */
export interface ResetOptions extends CallOptions {
  /** Closes the streams of consumers that run. Without it a subscription that is consumed is refused. @default false */
  readonly force?: boolean
  /** Only these partitions move. Not to be used with `cursors`, which name theirs. @default all */
  readonly partitions?: readonly EventTypePartition[]
  /** Milliseconds to wait while another reset is going on, 0 or more. @default 65000, the longest commit timeout and more */
  readonly patienceMs?: number
}
