import type { SubscriptionEventTypeStats, SubscriptionPartitionStats } from '@rioni/protocol'
import {
  type BrokerState,
  type PartitionPosition,
  type SubscriptionState,
  samePartition,
} from '../core/state.ts'
import { committedOrdinal, spansOf } from '../core/timelines.ts'
import { partitionBounds, readPartition, type TimelinesPartition } from '../storage/partition-log.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownSubscription } from './problem.ts'
import { readBoolean } from './query-parameters.ts'
import { json } from './response.ts'

/** Shows how far a subscription is behind, and which streams have its partitions. */
export function createStatsHandlers(context: BrokerContext): Handlers {
  return { getSubscriptionStats: (request) => getSubscriptionStats(request, context) }
}

async function getSubscriptionStats(
  { path, query }: RoutedRequest,
  context: BrokerContext,
): Promise<Response> {
  const id = path['subscription_id'] ?? ''
  const showTimeLag = readBoolean(query, 'show_time_lag')
  if (showTimeLag === undefined) return problem(400, 'show_time_lag must be a boolean')
  const { state } = context.storage.commands
  const subscription = state.subscriptions.get(id)
  if (subscription === undefined) return unknownSubscription(id)
  const items = assignmentStats(subscription, state).map(async ({ event_type, partitions }) => ({
    event_type,
    partitions: await Promise.all(
      partitions.map((stats) => withCounts(stats, { event_type, subscription, showTimeLag }, context)),
    ),
  }))
  return json(200, { items: await Promise.all(items) })
}

/**
 * Who streams what, without counting events. Before the first stream every partition is unassigned and
 * its `stream_id` is empty; later a partition without a stream has `null` there.
 */
export function assignmentStats(
  subscription: SubscriptionState,
  state: BrokerState,
): readonly SubscriptionEventTypeStats[] {
  return subscription.subscription.event_types.map((event_type) => ({
    event_type,
    partitions: (state.eventTypes.get(event_type)?.partitions ?? []).map((partition) => {
      const position = subscription.positions.find((other) => samePartition(other, { event_type, partition }))
      if (position === undefined) return { partition, state: 'unassigned', stream_id: '' }
      return assignment(position, subscription)
    }),
  }))
}

function assignment(
  position: PartitionPosition,
  { sessions }: SubscriptionState,
): SubscriptionPartitionStats {
  const { partition, state, session: stream_id } = position
  const session = sessions.find(({ id }) => id === stream_id)
  if (session === undefined) return { partition, state, stream_id }
  const isDirect = session.requested.some((requested) => samePartition(requested, position))
  return { partition, state, stream_id, assignment_type: isDirect ? 'direct' : 'auto' }
}

interface Counted {
  readonly event_type: string
  readonly subscription: SubscriptionState
  readonly showTimeLag: boolean
}

/** Adds the counts in front of the assignment: clients look for the exact text. */
async function withCounts(
  stats: SubscriptionPartitionStats,
  { event_type, subscription, showTimeLag }: Counted,
  { clock, storage }: BrokerContext,
): Promise<SubscriptionPartitionStats> {
  const { partition, state, ...assigned } = stats
  const position = subscription.positions.find((other) => samePartition(other, { event_type, partition }))
  const eventType = storage.commands.state.eventTypes.get(event_type)
  if (position === undefined || eventType === undefined) return stats
  const of: TimelinesPartition = { timelines: eventType.timelines, partition }
  const bounds = await partitionBounds(of, storage.events)
  const committed = committedOrdinal(position.committed, spansOf(of.timelines, partition)) ?? bounds.first - 1
  const unconsumed_events = bounds.next - 1 - committed
  if (!showTimeLag) return { partition, state, unconsumed_events, ...assigned }
  const [next] = await readPartition(of, { from: committed + 1, maxRecords: 1, maxBytes: 1 }, storage.events)
  const consumer_lag_seconds = next === undefined ? 0 : Math.floor((clock.now() - next.at) / 1000)
  return { partition, state, unconsumed_events, consumer_lag_seconds, ...assigned }
}
