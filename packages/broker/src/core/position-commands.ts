import type { EventTypePartition, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { Applier } from './commands.ts'
import { type PartitionPosition, partitionKey, type SubscriptionState, samePartition } from './state.ts'
import { withSubscription } from './subscription-commands.ts'

/** Sets the positions of a subscription that has had no stream yet. */
export const initializePositions: Applier<'initializePositions'> = (state, command) => {
  const existing = state.subscriptions.get(command.subscriptionId)
  if (existing === undefined) return [state, { kind: 'unknownSubscription' }]
  const subscription = withPositions(existing, command.startAt)
  return [subscription === existing ? state : withSubscription(state, subscription), { kind: 'initialized' }]
}

/** The streams see that they are to close, and finish what they have begun. */
export const closeStreams: Applier<'closeStreams'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  if (subscription === undefined) return [state, { kind: 'unknownSubscription' }]
  if (subscription.isClosingStreams) return [state, { kind: 'alreadyClosing' }]
  return [withSubscription(state, { ...subscription, isClosingStreams: true }), { kind: 'closing' }]
}

/** Puts the given cursors in the place of what was committed, without comparing the two. */
export const resumeStreams: Applier<'resumeStreams'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  if (subscription === undefined) return [state, { kind: 'unknownSubscription' }]
  const positions = subscription.positions.map((position) => {
    // The last one counts when a partition is named twice.
    const cursor = command.cursors.findLast((other) => samePartition(other, position))
    if (cursor === undefined) return position
    return { ...position, committed: cursor.offset, failedCommits: 0, lastDeadLetterOffset: null }
  })
  return [
    withSubscription(state, { ...subscription, positions, isClosingStreams: false }),
    { kind: 'resumed' },
  ]
}

/** Only the owner of a partition may suspect its events, and only once. */
export const suspectDeadLetters: Applier<'suspectDeadLetters'> = (state, command) => {
  const subscription = state.subscriptions.get(command.subscriptionId)
  const { sessionId, partition, lastDeadLetterOffset } = command
  const isMeant = (position: PartitionPosition): boolean =>
    samePartition(position, partition) &&
    position.session === sessionId &&
    position.lastDeadLetterOffset === null
  if (subscription === undefined || !subscription.positions.some(isMeant)) return [state, { kind: 'ignored' }]
  const positions = subscription.positions.map((position) =>
    isMeant(position) ? { ...position, failedCommits: 0, lastDeadLetterOffset } : position,
  )
  return [withSubscription(state, { ...subscription, positions }), { kind: 'suspected' }]
}

/**
 * A subscription with positions: its own, or, when it has none yet, the given ones.
 *
 * @param startAt one per partition of the subscription
 */
export function withPositions(
  subscription: SubscriptionState,
  startAt: readonly SubscriptionCursorWithoutToken[],
): SubscriptionState {
  if (subscription.positions.length > 0) return subscription
  const positions = startAt
    .map(({ event_type, partition, offset }) => newPosition({ event_type, partition }, offset))
    .sort((a, b) => (partitionKey(a) < partitionKey(b) ? -1 : 1))
  return { ...subscription, positions }
}

/** The position of a partition that nobody has streamed yet. */
export function newPosition(partition: EventTypePartition, committed: string): PartitionPosition {
  return {
    ...partition,
    state: 'unassigned',
    session: null,
    nextSession: null,
    committed,
    failedCommits: 0,
    lastDeadLetterOffset: null,
  }
}
