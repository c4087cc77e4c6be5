import type { EventType, NewEventType, NewSubscription, Subscription } from '@rioni/protocol'
import type { EventTypeChange } from '../registry/event-type-change.ts'

/**
 * What is to be done so that a registry has what a definition says.
 *
 * - `create`: it has nothing of the kind.
 * - `update`: it has `base`, which is to become `wanted`: everything of `base` that the definition says nothing about,
 *   fields that are not known here among it, and the rest as the definition says.
 * - `none`: it has all of it.
 * - `refuse`: the broker would not accept it.
 */
export type Decision<New, Stored> =
  | { readonly action: 'create'; readonly wanted: New }
  | {
      readonly action: 'update'
      readonly base: Stored
      readonly wanted: Stored
      readonly changes: readonly EventTypeChange[]
    }
  | { readonly action: 'none' }
  | { readonly action: 'refuse'; readonly reason: string; readonly changes: readonly EventTypeChange[] }

/** What is to be done about one event type. */
export type EventTypeDecision = Decision<NewEventType, EventType>

/** What is to be done about one subscription. */
export type SubscriptionDecision = Decision<NewSubscription, Subscription>

interface Subject {
  /** The name of the event type, or who subscribes to what. */
  readonly name: string
  /** The file with the definition. */
  readonly file?: string
}

/** One definition and what is to be done about it. */
export type PlanStep =
  | (Subject & { readonly subject: 'event-type'; readonly decision: EventTypeDecision })
  | (Subject & { readonly subject: 'subscription'; readonly decision: SubscriptionDecision })
