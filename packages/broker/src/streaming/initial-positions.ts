import type { SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { formatOffset } from '../core/offsets.ts'
import type { EventTypeState, SubscriptionState } from '../core/state.ts'
import { activeSpan, oldestSpan, spansOf } from '../core/timelines.ts'
import type { EventLog } from '../storage/event-log.ts'
import { spanBounds } from '../storage/partition-log.ts'
import type { Storage } from '../storage/storage.ts'

/**
 * Where the partitions of a subscription start: before the oldest event, after the newest one at this
 * moment (not when the subscription was created), or exactly where its creator said. Nowhere when they have
 * started already.
 */
export async function initialPositions(
  { subscription, positions }: SubscriptionState,
  storage: Storage,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  if (positions.length > 0) return []
  if (subscription.read_from === 'cursors') return subscription.initial_cursors
  const eventTypes = subscription.event_types.flatMap(
    (name) => storage.commands.state.eventTypes.get(name) ?? [],
  )
  const edges = eventTypes.map((eventType) =>
    edgePositions(eventType, subscription.read_from, storage.events),
  )
  return (await Promise.all(edges)).flat()
}

async function edgePositions(
  { eventType, partitions, timelines }: EventTypeState,
  edge: 'begin' | 'end' | 'cursors',
  events: EventLog,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  return await Promise.all(
    partitions.map(async (partition) => {
      const spans = spansOf(timelines, partition)
      const span = edge === 'begin' ? oldestSpan(spans) : activeSpan(spans)
      const { first, next } = await spanBounds(span, partition, events)
      const ordinal = (edge === 'begin' ? first : next) - 1
      const offset = formatOffset({ timeline: span.timeline.order, offset: ordinal - span.start })
      return { event_type: eventType.name, partition, offset }
    }),
  )
}
