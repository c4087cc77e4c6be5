import type { EventTypeCategory } from '@rioni/protocol'

/** What the SDK must know of an event type. Generated code exports such a constant for each. */
export interface EventTypeConstant {
  readonly name: string
  /** Decides whether events have metadata. */
  readonly category: EventTypeCategory
}
