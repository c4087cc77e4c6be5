import type { Subscription, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { formatOffset, parseOffset } from '../core/offsets.ts'
import { activeTimeline } from '../core/state.ts'
import type { BrokerContext } from './handler.ts'
import { problem } from './problem.ts'
import type { Read } from './request-body.ts'

/** Brings the offsets of cursors into the form in which they are compared and stored. */
export async function canonicalCursors(
  cursors: readonly SubscriptionCursorWithoutToken[],
  { storage }: BrokerContext,
): Promise<Read<readonly SubscriptionCursorWithoutToken[]>> {
  const value: SubscriptionCursorWithoutToken[] = []
  for (const { event_type, partition, offset } of cursors) {
    const eventType = storage.commands.state.eventTypes.get(event_type)
    if (eventType === undefined)
      return { ok: false, response: problem(422, `EventType "${event_type}" does not exist.`) }
    const parsed = parseOffset({ partition, offset }, eventType.timelines[0].order)
    if (parsed.kind === 'malformed') return { ok: false, response: problem(422, parsed.detail) }
    if (parsed.kind === 'position') {
      value.push({ event_type, partition, offset: parsed.offset })
      continue
    }
    if (!eventType.partitions.includes(partition)) {
      return { ok: false, response: problem(422, `non existing partition ${partition}`) }
    }
    const { order, topic } = activeTimeline(eventType)
    const { first } = await storage.events.bounds({ topic, partition })
    value.push({ event_type, partition, offset: formatOffset({ timeline: order, offset: first - 1 }) })
  }
  return { ok: true, value }
}

/** 422 for cursors of event types that the subscription does not have. */
export function refuseForeignEventTypes(
  cursors: readonly SubscriptionCursorWithoutToken[],
  subscription: Subscription,
): Response | undefined {
  const foreign = cursors
    .map(({ event_type }) => event_type)
    .filter((name) => !subscription.event_types.includes(name))
  if (foreign.length === 0) return undefined
  return problem(422, `Event type does not belong to subscription: [${foreign.join(', ')}]`)
}
