import type { Subscription, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { Applier, Outcomes } from './commands.ts'
import { advances } from './offsets.ts'
import { type BrokerState, type PartitionPosition, type SubscriptionState, samePartition } from './state.ts'

type Identity = Pick<Subscription, 'owning_application' | 'event_types' | 'consumer_group'>

/** The subscription with this identity: owning application, set of event types and consumer group. */
export function findSubscription(state: BrokerState, wanted: Identity): Subscription | undefined {
  const names = [...new Set(wanted.event_types)].sort()
  for (const { subscription } of state.subscriptions.values()) {
    if (
      subscription.owning_application === wanted.owning_application &&
      subscription.consumer_group === wanted.consumer_group &&
      subscription.event_types.length === names.length &&
      subscription.event_types.every((name, index) => name === names[index])
    ) {
      return subscription
    }
  }
  return undefined
}

/** Creates a subscription, or finds the one that has its identity. */
export const createSubscription: Applier<'createSubscription'> = (state, command, at) => {
  const existing = findSubscription(state, command.subscription)
  if (existing !== undefined) return [state, { kind: 'exists', subscription: existing }]
  const names = command.subscription.event_types.filter((name) => !state.eventTypes.has(name))
  if (names.length > 0) return [state, { kind: 'unknownEventTypes', names }]
  const time = new Date(at).toISOString()
  const subscription = { ...command.subscription, created_at: time, updated_at: time }
  const next = withSubscription(state, {
    subscription,
    sessions: [],
    positions: [],
    isClosingStreams: false,
  })
  return [next, { kind: 'created', subscription }]
}

/** Forgets a subscription with its positions. Its streams notice that their session is gone. */
export const deleteSubscription: Applier<'deleteSubscription'> = (state, command) => {
  if (!state.subscriptions.has(command.id)) return [state, { kind: 'unknownSubscription' }]
  const subscriptions = new Map(state.subscriptions)
  subscriptions.delete(command.id)
  return [{ ...state, subscriptions }, { kind: 'deleted' }]
}

/** Changes who may use a subscription, and what is noted about it. Everything else stays as it was created. */
export const updateSubscription: Applier<'updateSubscription'> = (state, command, at) => {
  const existing = state.subscriptions.get(command.id)
  if (existing === undefined) return [state, { kind: 'unknownSubscription' }]
  const { subscription: before } = existing
  const subscription = {
    ...before,
    authorization: command.authorization,
    annotations: command.annotations ?? before.annotations,
    labels: command.labels ?? before.labels,
    updated_at: new Date(at).toISOString(),
  }
  return [withSubscription(state, { ...existing, subscription }), { kind: 'updated', before, subscription }]
}

/**
 * Moves partitions forward. Nothing changes unless every cursor belongs to the committing session;
 * a cursor that is not beyond the committed position is `outdated`, which is no error.
 */
export const commitCursors: Applier<'commitCursors'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  if (subscription === undefined) return [state, { kind: 'unknownSubscription' }]
  const { sessionId, cursors } = command
  if (!subscription.sessions.some((session) => session.id === sessionId))
    return [state, { kind: 'unknownSession' }]
  const refusal = refuseForeign(subscription, sessionId, cursors)
  if (refusal !== undefined) return [state, refusal]

  const positions = [...subscription.positions]
  const results = cursors.map((cursor) => (commit(positions, cursor) ? 'committed' : 'outdated'))
  const changed = results.includes('committed')
  return [
    changed ? withSubscription(state, { ...subscription, positions }) : state,
    { kind: 'committed', results },
  ]
}

function refuseForeign(
  subscription: SubscriptionState,
  sessionId: string,
  cursors: readonly SubscriptionCursorWithoutToken[],
): Outcomes['commitCursors'] | undefined {
  for (const cursor of cursors) {
    const owner = subscription.positions.find((position) => samePartition(position, cursor))?.session ?? null
    if (owner === null) return { kind: 'unassignedPartition', cursor }
    if (owner !== sessionId) return { kind: 'foreignPartition', cursor }
  }
  return undefined
}

function commit(positions: PartitionPosition[], cursor: SubscriptionCursorWithoutToken): boolean {
  const index = positions.findIndex((position) => samePartition(position, cursor))
  const position = positions[index]
  if (position === undefined || !advances(cursor.offset, position.committed)) return false
  positions[index] = afterCommit(position, cursor.offset)
  return true
}

/** A commit shows that the consumer is well; one beyond the suspected events ends the suspicion. */
function afterCommit(position: PartitionPosition, committed: string): PartitionPosition {
  const { lastDeadLetterOffset } = position
  const isOver = lastDeadLetterOffset !== null && committed >= lastDeadLetterOffset
  return {
    ...position,
    committed,
    failedCommits: 0,
    lastDeadLetterOffset: isOver ? null : lastDeadLetterOffset,
  }
}

/** The state with one subscription put in or replaced. */
export function withSubscription(state: BrokerState, subscription: SubscriptionState): BrokerState {
  const subscriptions = new Map(state.subscriptions)
  subscriptions.set(subscription.subscription.id, subscription)
  return { ...state, subscriptions }
}
