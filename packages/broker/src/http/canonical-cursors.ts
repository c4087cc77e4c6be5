import type { Subscription, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { unavailable } from '../core/offsets.ts'
import { placeCursor } from '../storage/place-cursor.ts'
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
    const placing = await placeCursor({ partition, offset }, eventType, storage.events)
    if (!placing.ok) return { ok: false, response: problem(422, placing.detail) }
    if (placing.cursor.span.timeline.deleted) {
      return { ok: false, response: problem(422, unavailable({ event_type, partition, offset })) }
    }
    value.push({ event_type, partition, offset: placing.cursor.offset })
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
