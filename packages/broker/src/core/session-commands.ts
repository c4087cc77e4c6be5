import type { EventTypePartition } from '@rioni/protocol'
import type { Applier, Outcomes } from './commands.ts'
import { withPositions } from './position-commands.ts'
import { rebalance } from './rebalance.ts'
import {
  type PartitionPosition,
  partitionKey,
  type Session,
  type SubscriptionState,
  samePartition,
} from './state.ts'
import { withSubscription } from './subscription-commands.ts'

/** Registers a stream if there is a slot for it, and gives it its share of the partitions. */
export const openSession: Applier<'openSession'> = (state, command) => {
  const existing = state.subscriptions.get(command.subscriptionId)
  if (existing === undefined) return [state, { kind: 'unknownSubscription' }]
  const subscription = withPositions(existing, command.startAt)
  const refusal = refuseSlot(subscription, command.session)
  if (refusal !== undefined) return [withSubscription(state, subscription), refusal]
  const sessions = [...subscription.sessions, command.session].sort((a, b) => (a.id < b.id ? -1 : 1))
  return [withSubscription(state, withSessions(subscription, sessions)), { kind: 'opened' }]
}

/** Ends a stream. Its partitions go to the sessions that wait for them, or are shared out anew. */
export const closeSession: Applier<'closeSession'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  const sessions = subscription?.sessions.filter((session) => session.id !== command.sessionId)
  if (
    subscription === undefined ||
    sessions === undefined ||
    sessions.length === subscription.sessions.length
  ) {
    return [state, { kind: 'closed' }]
  }
  const positions = subscription.positions.map((position) =>
    position.session === command.sessionId ? released(withFailure(position, command.failed)) : position,
  )
  return [withSubscription(state, withSessions({ ...subscription, positions }, sessions)), { kind: 'closed' }]
}

/**
 * Lets go of partitions while the stream stays registered. Nothing is shared out anew by this: that
 * happens when the list of sessions changes.
 */
export const releasePartitions: Applier<'releasePartitions'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  if (subscription === undefined) return [state, { kind: 'released' }]
  const leaves = (position: PartitionPosition) =>
    position.session === command.sessionId &&
    command.partitions.some((partition) => samePartition(partition, position))
  const positions = subscription.positions.map((position) =>
    leaves(position) ? released(position) : position,
  )
  return [withSubscription(state, { ...subscription, positions }), { kind: 'released' }]
}

/**
 * Every stream needs at least one partition. Streams that named theirs must not share them; the others
 * need one each of the partitions that nobody named. Nobody gets in while all streams are being closed.
 */
function refuseSlot(subscription: SubscriptionState, session: Session): Outcomes['openSession'] | undefined {
  const requested = new Set(subscription.sessions.flatMap((other) => other.requested.map(partitionKey)))
  if (session.requested.length > 0) {
    const partitions = session.requested.filter((partition) => requested.has(partitionKey(partition)))
    if (partitions.length > 0) return { kind: 'partitionsTaken', partitions }
  } else {
    const slots = subscription.positions.length
    const auto = subscription.sessions.filter((other) => other.requested.length === 0).length
    if (auto >= slots - requested.size) return { kind: 'noFreeSlots', slots }
  }
  return subscription.isClosingStreams ? { kind: 'closingStreams' } : undefined
}

function withSessions(subscription: SubscriptionState, sessions: readonly Session[]): SubscriptionState {
  return { ...subscription, sessions, positions: rebalance(sessions, subscription.positions) }
}

function released(position: PartitionPosition): PartitionPosition {
  if (position.nextSession === null) return { ...position, state: 'unassigned', session: null }
  return { ...position, state: 'assigned', session: position.nextSession, nextSession: null }
}

/** Counts a stream that ended without a commit of what it had sent of the partition. */
function withFailure(
  position: PartitionPosition,
  failed: readonly EventTypePartition[] = [],
): PartitionPosition {
  if (!failed.some((partition) => samePartition(partition, position))) return position
  return { ...position, failedCommits: position.failedCommits + 1 }
}
