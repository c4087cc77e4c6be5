import type { NewSubscription, ReadFrom, SubscriptionCursorWithoutToken } from '@rioni/protocol'

/**
 * What the broker itself does with an event that is delivered again and again without a commit: it looks
 * for the event in its batch, gives it up, and goes on. Written as annotations of the subscription
 * (`nakadi.zalando.org/subscription-max-event-send-count` and `-unprocessable-event-policy`).
 */
export interface BrokerDeadLetters {
  /** Deliveries after which it is given up, 2 .. 10. */
  readonly afterDeliveries: number
  /** `queue` writes it to the event type of dead letters, `skip` forgets it. */
  readonly action: 'queue' | 'skip'
}

/** A consumer of the subscription that these properties identify. It is created if it does not exist. */
export interface SubscriptionIdentity {
  readonly owningApplication: string
  /** Consumers of the same group share the events. @default 'default' */
  readonly consumerGroup?: string
  /** Where a new subscription starts; ignored when it exists. @default 'end' */
  readonly readFrom?: ReadFrom
  /** One per partition for `readFrom: 'cursors'`. */
  readonly initialCursors?: readonly SubscriptionCursorWithoutToken[]
  /** Lets the broker give up events that are never committed. @default it delivers them for ever */
  readonly deadLetters?: BrokerDeadLetters
  /** Who may read and administer it. @default everybody whom the event types let read */
  readonly authorization?: NonNullable<NewSubscription['authorization']>
  readonly annotations?: NonNullable<NewSubscription['annotations']>
  readonly labels?: NonNullable<NewSubscription['labels']>
  readonly subscriptionId?: undefined
}
