// What is to be done so that a registry has a subscription as a definition says. A subscription is known by its owner, its
// event types and its consumer group, and little of it can change.

import { canonicalText } from '@rioni/event-types'
import type { NewSubscription, Subscription } from '@rioni/protocol'
import { fieldChange } from '../registry/field-change.ts'
import type { SubscriptionDecision } from './plan-step.ts'

/** Section "Subscriptions" of the Nakadi API: where a subscription began is never changed. */
const FIXED = [
  ['read_from', 'read from'],
  ['initial_cursors', 'initial cursors'],
] as const

const CHANGEABLE = ['authorization', 'annotations', 'labels'] as const

/**
 * Decides about one subscription. What the definition leaves out stays as the registry has it.
 *
 * @param current what the registry has; undefined when it has nothing with this identity
 * @param unknown event types that the registry will not have
 */
export function decideSubscription(
  definition: NewSubscription,
  current: Subscription | undefined,
  unknown: readonly string[],
): SubscriptionDecision {
  const repeated = repeatedAttributes(definition)
  if (repeated.length > 0) {
    const reason = `its authorization names ${repeated.join(', ')} more than once for the same right`
    return { action: 'refuse', reason, changes: [] }
  }
  if (current === undefined) {
    const reason = `there is no event type ${unknown.join(', ')}`
    return unknown.length > 0
      ? { action: 'refuse', reason, changes: [] }
      : { action: 'create', wanted: definition }
  }
  const wanted = { ...current, ...given(definition) }
  const differs = (field: keyof NewSubscription) =>
    canonicalText(current[field] ?? null) !== canonicalText(wanted[field] ?? null)
  const changes = [...FIXED.map(([field]) => field), ...CHANGEABLE]
    .filter(differs)
    .map((field) => fieldChange(field, current[field], wanted[field]))
  const fixed = FIXED.find(([field]) => differs(field))
  if (fixed !== undefined) return { action: 'refuse', reason: `Not allowed to change ${fixed[1]}`, changes }
  return changes.length === 0 ? { action: 'none' } : { action: 'update', base: current, wanted, changes }
}

/** The fields that are said; the event types and the group are the identity, which is equal. */
function given({ event_types: _, consumer_group: __, ...fields }: NewSubscription): Partial<Subscription> {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(said)
}

function repeatedAttributes({ authorization }: NewSubscription): string[] {
  const lists = authorization ? [authorization.admins, authorization.readers] : []
  return lists.flatMap((list) => {
    const texts = list.map(({ data_type, value }) => `${data_type}:${value}`)
    return [...new Set(texts.filter((text, index) => texts.indexOf(text) < index))]
  })
}

/** What tells subscriptions apart, as a key: owner, group, and the set of event types. */
export function subscriptionKey(
  subscription: Pick<NewSubscription, 'owning_application' | 'event_types' | 'consumer_group'>,
): string {
  const { owning_application, event_types, consumer_group = 'default' } = subscription
  return JSON.stringify([owning_application, consumer_group, [...new Set(event_types)].sort()])
}

/** Who subscribes to what, in words. */
export function subscriptionName(
  subscription: Pick<NewSubscription, 'owning_application' | 'event_types' | 'consumer_group'>,
): string {
  const { owning_application, event_types, consumer_group = 'default' } = subscription
  return `${owning_application} (${consumer_group}) to ${[...new Set(event_types)].sort().join(', ')}`
}
