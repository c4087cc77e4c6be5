import type { Subscription } from '@rioni/protocol'
import type { Client } from '../create-client.ts'
import { invalidArgument } from '../error.ts'
import type { CallOptions } from '../request/call.ts'
import type { NormalizedConsumerOptions } from './consumer-options.ts'
import { ensureWished } from './ensure-subscription.ts'

/** Which subscription a consumer reads, and which events it understands. */
export interface SubscriptionWish {
  readonly source: NormalizedConsumerOptions['source']
  readonly eventTypes: readonly string[]
}

/**
 * Finds the subscription, or creates it.
 *
 * @throws NakadiError `invalid-argument` if it has event types that the consumer does not know: their
 * events would arrive as something they are not.
 */
export async function findSubscription(
  client: Client,
  { source, eventTypes }: SubscriptionWish,
  options: CallOptions,
): Promise<Subscription> {
  if (source.kind === 'create-or-get') return ensureWished(client, source.subscription, options)
  const subscription = await client.subscriptions.get(source.subscriptionId, options)
  const unknown = subscription.event_types.filter((name) => !eventTypes.includes(name))
  if (unknown.length === 0) return subscription
  throw invalidArgument(
    `subscription ${subscription.id} also delivers ${unknown.join(', ')}; make the consumer with these event types too`,
  )
}
