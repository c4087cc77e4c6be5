import type { SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { closeStreams } from '../streaming/close-streams.ts'
import { initialPositions } from '../streaming/initial-positions.ts'
import { canonicalCursors, refuseForeignEventTypes } from './canonical-cursors.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { problem, unknownSubscription } from './problem.ts'
import { readCursorsWithoutToken } from './read-cursors.ts'
import { readValidBody } from './read-valid-body.ts'
import { checkReadable } from './readable-cursor.ts'
import { empty } from './response.ts'

/**
 * Moves a subscription to other cursors, backwards too. Its streams are closed first, with the time for
 * their last commits; the answer comes when their connections have ended.
 */
export async function resetCursors(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const subscriptionId = request.path['subscription_id'] ?? ''
  const read = readValidBody(request, readCursorsWithoutToken)
  if (!read.ok) return read.response
  const cursors = await canonicalCursors(read.value, context)
  if (!cursors.ok) return cursors.response
  const found = storage.commands.state.subscriptions.get(subscriptionId)
  if (found === undefined) return unknownSubscription(subscriptionId)
  const foreign = refuseForeignEventTypes(cursors.value, found.subscription)
  if (foreign !== undefined) return foreign
  for (const cursor of read.value) {
    const detail = await checkReadable(cursor, storage)
    if (detail !== undefined) return problem(422, detail)
  }

  const startAt = await initialPositions(found, storage)
  await storage.commands.propose({ type: 'initializePositions', subscriptionId, startAt }, clock.now())
  // Without cursors there is nothing that streams could be in the way of.
  return cursors.value.length === 0 ? empty(204) : await moveTo(cursors.value, subscriptionId, context)
}

/** What was sent may be committed for one commit timeout; the rest is for the streams to end. */
const GRACE_SECONDS = 1

async function moveTo(
  cursors: readonly SubscriptionCursorWithoutToken[],
  subscriptionId: string,
  context: BrokerContext,
): Promise<Response> {
  const { clock, limits, storage } = context
  const timeoutMs = (limits.maxCommitTimeoutSeconds + GRACE_SECONDS) * 1000
  const closed = await closeStreams(subscriptionId, timeoutMs, context)
  if (closed === 'unknownSubscription') return unknownSubscription(subscriptionId)
  if (closed === 'alreadyClosing') {
    return problem(409, 'Cursors reset is already in progress for provided subscription')
  }
  const isMoved = closed === 'closed'
  const resumed = await storage.commands.propose(
    { type: 'resumeStreams', subscriptionId, cursors: isMoved ? cursors : [] },
    clock.now(),
  )
  if (resumed.kind === 'unknownSubscription') return unknownSubscription(subscriptionId)
  return isMoved ? empty(204) : problem(500, 'Timeout resetting cursors')
}
