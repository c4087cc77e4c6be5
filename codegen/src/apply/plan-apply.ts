// The whole plan: event types first, because subscriptions need them. Nothing is ever deleted.

import type { EventType, Subscription } from '@rioni/protocol'
import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import type { SubscriptionDefinition } from '../definitions/subscription-definition.ts'
import { decideEventType } from './decide-event-type.ts'
import { decideSubscription, subscriptionKey, subscriptionName } from './decide-subscription.ts'
import type { PlanStep } from './plan-step.ts'

/** What is wanted, and what the registry has of it. */
export interface PlanInput {
  readonly eventTypes: readonly EventTypeDefinition[]
  readonly subscriptions: readonly SubscriptionDefinition[]
  /** The event types of the registry that are defined or subscribed to, by name. */
  readonly registered: ReadonlyMap<string, EventType>
  /** The subscriptions of the registry that may be among the wanted ones. */
  readonly subscribed: readonly Subscription[]
}

/** Plans what is to be done about each definition, event types by name and then subscriptions by owner. */
export function planApply({ eventTypes, subscriptions, registered, subscribed }: PlanInput): PlanStep[] {
  const ofEventTypes = grouped(eventTypes, ({ eventType }) => eventType.name).map(
    ([name, [first, ...others]]): PlanStep => {
      const decision =
        others.length > 0
          ? definedTwice([first, ...others].map(({ origin }) => origin?.file))
          : decideEventType(first.eventType, registered.get(name))
      return { subject: 'event-type', name, decision, ...placeOf(first) }
    },
  )
  const created = new Set(
    ofEventTypes.filter(({ decision }) => decision.action === 'create').map(({ name }) => name),
  )
  const isUnknown = (name: string) => !registered.has(name) && !created.has(name)
  const byKey = new Map(subscribed.map((subscription) => [subscriptionKey(subscription), subscription]))
  const ofSubscriptions = grouped(subscriptions, ({ subscription }) => subscriptionKey(subscription)).map(
    ([key, [first, ...others]]): PlanStep => {
      const { subscription } = first
      const decision =
        others.length > 0
          ? definedTwice([first, ...others].map(({ origin }) => origin.file))
          : decideSubscription(subscription, byKey.get(key), subscription.event_types.filter(isUnknown))
      return { subject: 'subscription', name: subscriptionName(subscription), decision, ...placeOf(first) }
    },
  )
  return [...ofEventTypes, ...ofSubscriptions]
}

function definedTwice(files: readonly (string | undefined)[]) {
  const places = files.filter((file) => file !== undefined).join(', ')
  return { action: 'refuse', reason: `it is defined more than once: ${places}`, changes: [] } as const
}

function placeOf({ origin }: { readonly origin?: { readonly file: string } }): { readonly file?: string } {
  return origin === undefined ? {} : { file: origin.file }
}

/** Items by key, in the order of the keys. */
function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): (readonly [string, readonly [T, ...T[]]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1))
}
