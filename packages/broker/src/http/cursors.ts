import type { SubscriptionCursor, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { Outcomes } from '../core/commands.ts'
import { digitsOf, timelineOf } from '../core/offsets.ts'
import type { BrokerState } from '../core/state.ts'
import { canonicalCursors, refuseForeignEventTypes } from './canonical-cursors.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownSubscription } from './problem.ts'
import { readCursors } from './read-cursors.ts'
import { readValidBody } from './read-valid-body.ts'
import { resetCursors } from './reset-cursors.ts'
import { empty, json } from './response.ts'

/** Shows, commits and resets how far a subscription has come. */
export function createCursorHandlers(context: BrokerContext): Handlers {
  return {
    getSubscriptionCursors: (request) => getCursors(request, context),
    commitCursors: (request) => commitCursors(request, context),
    resetCursors: (request) => resetCursors(request, context),
  }
}

function getCursors({ path }: RoutedRequest, { random, storage }: BrokerContext): Response {
  const id = path['subscription_id'] ?? ''
  const subscription = storage.commands.state.subscriptions.get(id)
  if (subscription === undefined) return unknownSubscription(id)
  const items = subscription.positions.map(({ partition, committed, event_type }) => ({
    partition,
    offset: committed,
    event_type,
    cursor_token: random.uuid(),
  }))
  return json(200, { items })
}

const UUID = /^[0-9a-f]{1,8}(-[0-9a-f]{1,4}){3}-[0-9a-f]{1,12}$/i

async function commitCursors(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const subscriptionId = request.path['subscription_id'] ?? ''
  const sessionId = request.headers.get('X-Nakadi-StreamId')
  if (sessionId === null) {
    return problem(400, "Missing request header 'X-Nakadi-StreamId' for method parameter of type String")
  }
  const read = readValidBody(request, readCursors)
  if (!read.ok) return read.response
  const cursors = await canonicalCursors(read.value, context)
  if (!cursors.ok) return cursors.response
  if (cursors.value.length === 0) return problem(422, 'Cursors are empty')
  const found = storage.commands.state.subscriptions.get(subscriptionId)
  if (found === undefined) return unknownSubscription(subscriptionId)
  const foreign = refuseForeignEventTypes(cursors.value, found.subscription)
  if (foreign !== undefined) return foreign
  // The unbalanced quote is the broker's.
  if (!UUID.test(sessionId))
    return problem(422, `Stream id has to be valid UUID, but \`${sessionId} was provided`)

  const outcome = await storage.commands.propose(
    { type: 'commitCursors', subscriptionId, sessionId, cursors: cursors.value },
    clock.now(),
  )
  return outcome.kind === 'committed'
    ? answer(read.value, outcome.results)
    : refuse(outcome, { subscriptionId, sessionId, state: storage.commands.state })
}

/** 204 when every cursor moved its partition forward, otherwise what became of each. */
function answer(
  cursors: readonly SubscriptionCursor[],
  results: readonly ('committed' | 'outdated')[],
): Response {
  if (results.every((result) => result === 'committed')) return empty(204)
  return json(200, { items: cursors.map((cursor, index) => ({ cursor, result: results[index] })) })
}

interface RefusedCommit {
  readonly subscriptionId: string
  readonly sessionId: string
  readonly state: BrokerState
}

function refuse(
  outcome: Exclude<Outcomes['commitCursors'], { readonly kind: 'committed' }>,
  { subscriptionId, sessionId, state }: RefusedCommit,
): Response {
  switch (outcome.kind) {
    case 'unknownSubscription':
      return unknownSubscription(subscriptionId)
    case 'unknownSession':
      return problem(422, `Session with stream id ${sessionId} not found`)
    case 'unassignedPartition':
      return problem(422, `non existing partition ${outcome.cursor.partition}`)
    case 'foreignPartition':
      return problem(
        422,
        `Cursor ${print(outcome.cursor, state)} cannot be committed with stream id ${sessionId}`,
      )
  }
}

/** The cursor with its timeline. An active timeline has no latest position, which the broker prints as NULL. */
function print(
  { event_type, partition, offset }: SubscriptionCursorWithoutToken,
  { eventTypes }: BrokerState,
): string {
  const order = timelineOf(offset)
  const timeline = eventTypes.get(event_type)?.timelines.find((other) => other.order === order)
  const latest = timeline?.latestPosition ? `[${timeline.latestPosition.join(', ')}]` : 'NULL'
  return `T(${event_type}:${order}:${latest})-P(${partition})-O(${digitsOf(offset)})`
}
