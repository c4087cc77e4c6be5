import type { NewSubscription, Subscription } from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import type { Client } from '../create-client.ts'
import { invalidArgument } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { CallOptions } from '../request/call.ts'
import type { BrokerDeadLetters, SubscriptionIdentity } from './subscription-identity.ts'

/** Which subscription there shall be, and how to ask for it. */
export interface EnsureSubscriptionOptions extends SubscriptionIdentity, CallOptions {}

/**
 * Returns the subscription of these properties, and creates it if it does not exist. Authorization,
 * annotations and labels that are given and differ are changed; where it started cannot change.
 *
 * @throws NakadiError with code `invalid-argument`, or as the broker refuses.
 */
export async function ensureSubscription(
  client: Client,
  eventTypes: readonly (string | EventTypeConstant)[],
  options: EnsureSubscriptionOptions,
): Promise<Subscription> {
  const names = eventTypes.map((eventType) => (typeof eventType === 'string' ? eventType : eventType.name))
  return ensureWished(client, newSubscription(names, options), options)
}

/** A subscription that says more than where it starts may have to be changed, which takes another right. */
export function ensureWished(
  client: Client,
  wish: NewSubscription,
  options?: CallOptions,
): Promise<Subscription> {
  const { authorization, annotations, labels } = wish
  const plain = authorization === undefined && annotations === undefined && labels === undefined
  return plain ? client.subscriptions.createOrGet(wish, options) : client.subscriptions.ensure(wish, options)
}

/**
 * The subscription as the broker takes it.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function newSubscription(
  eventTypes: readonly string[],
  identity: SubscriptionIdentity,
): NewSubscription {
  const { owningApplication, consumerGroup, readFrom, initialCursors, authorization, labels } = identity
  if (eventTypes.length === 0) throw invalidArgument('a subscription needs at least one event type')
  if (typeof owningApplication !== 'string' || owningApplication === '') {
    throw invalidArgument(
      'a consumer needs owningApplication, or the subscriptionId of an existing subscription',
    )
  }
  const annotations = { ...identity.annotations, ...deadLetterAnnotations(identity.deadLetters) }
  return {
    owning_application: owningApplication,
    event_types: eventTypes,
    ...(consumerGroup === undefined ? {} : { consumer_group: consumerGroup }),
    ...(readFrom === undefined ? {} : { read_from: readFrom }),
    ...(initialCursors === undefined ? {} : { initial_cursors: initialCursors }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(labels === undefined ? {} : { labels }),
  }
}

function deadLetterAnnotations(deadLetters: BrokerDeadLetters | undefined): Record<string, string> {
  if (deadLetters === undefined) return {}
  const { afterDeliveries, action } = deadLetters
  checkedNumber('deadLetters.afterDeliveries', afterDeliveries, { least: 2, most: 10 })
  if (action !== 'queue' && action !== 'skip') {
    throw invalidArgument(`deadLetters.action must be 'queue' or 'skip', not ${String(action)}`)
  }
  const prefix = 'nakadi.zalando.org/subscription-'
  return {
    [`${prefix}max-event-send-count`]: String(afterDeliveries),
    [`${prefix}unprocessable-event-policy`]: action === 'queue' ? 'DEAD_LETTER_QUEUE' : 'SKIP_EVENT',
  }
}
