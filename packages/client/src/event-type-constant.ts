import type { EventTypeCategory } from '@rioni/protocol'
import type { PayloadCodec } from './codec/payload-codec.ts'

/** What the SDK must know of an event type. Generated code exports such a constant for each. */
export interface EventTypeConstant {
  readonly name: string
  /** Decides whether events have metadata. */
  readonly category: EventTypeCategory
  /** The fields that choose the partition, with strategy `hash`: events that are equal in them stay in order. */
  readonly partitionKeyFields?: readonly string[]
  /**
   * What of a payload is more than JSON, such as a `Date`: decoded when events are received, and written as JSON when they
   * are published.
   */
  readonly codec?: PayloadCodec
}
