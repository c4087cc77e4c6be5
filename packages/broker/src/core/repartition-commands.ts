// More partitions for an event type, and for every subscription that contains it.

import type { EventTypeStatistics } from '@rioni/protocol'
import type { Applier } from './commands.ts'
import { withEventType } from './event-type-commands.ts'
import { formatOffset } from './offsets.ts'
import { newPosition } from './position-commands.ts'
import {
  activeTimeline,
  type BrokerState,
  type EventTypeState,
  partitionKey,
  type SubscriptionState,
  type Timeline,
} from './state.ts'
import { withSubscription } from './subscription-commands.ts'

/** What an event type without statistics begins with: as little load as can be stated. */
const NO_LOAD = { messages_per_minute: 0, message_size: 1 }

/**
 * Adds partitions. Subscriptions that have positions get one before the first event of each of them; nobody
 * owns these until the list of sessions changes.
 */
export const addPartitions: Applier<'addPartitions'> = (state, { name, partitions }) => {
  const existing = state.eventTypes.get(name)
  if (existing === undefined) return [state, { kind: 'unknownEventType' }]
  const added = partitions.filter((partition) => !existing.partitions.includes(partition))
  if (existing.partitions.length + added.length > partitions.length)
    return [state, { kind: 'fewerPartitions' }]
  const { eventType, timelines, revision } = existing
  const [first, ...others] = timelines
  const extend = (timeline: Timeline): Timeline => withEmptyPartitions(timeline, partitions.length)
  const extended: EventTypeState = {
    ...existing,
    eventType: { ...eventType, default_statistic: parallel(eventType.default_statistic, partitions.length) },
    revision: revision + 1,
    partitions,
    timelines: [extend(first), ...others.map(extend)],
  }
  return [withPositionsOf(added, withEventType(state, extended), extended), { kind: 'extended' }]
}

function parallel(statistic: EventTypeStatistics | null, partitions: number): EventTypeStatistics {
  return { ...NO_LOAD, ...statistic, read_parallelism: partitions, write_parallelism: partitions }
}

/** A closed timeline has no event in a partition that was added after its end. */
function withEmptyPartitions(timeline: Timeline, count: number): Timeline {
  const { latestPosition } = timeline
  if (latestPosition === null) return timeline
  const missing = Math.max(0, count - latestPosition.length)
  return { ...timeline, latestPosition: [...latestPosition, ...Array<number>(missing).fill(-1)] }
}

function withPositionsOf(
  added: readonly string[],
  state: BrokerState,
  eventType: EventTypeState,
): BrokerState {
  const { name } = eventType.eventType
  const start = formatOffset({ timeline: activeTimeline(eventType).order, offset: -1 })
  const extend = (found: SubscriptionState): SubscriptionState => {
    const positions = added.map((partition) => newPosition({ event_type: name, partition }, start))
    const all = [...found.positions, ...positions]
    return { ...found, positions: all.sort((a, b) => (partitionKey(a) < partitionKey(b) ? -1 : 1)) }
  }
  return [...state.subscriptions.values()]
    .filter(({ subscription, positions }) => subscription.event_types.includes(name) && positions.length > 0)
    .reduce((after, found) => withSubscription(after, extend(found)), state)
}
