import type { Subscription, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { partitionKey } from '../core/state.ts'
import { findSubscription } from '../core/subscription-commands.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownSubscription, validationProblem } from './problem.ts'
import { readSubscription } from './read-subscription.ts'
import { checkReadable } from './readable-cursor.ts'
import { readJson } from './request-body.ts'
import { empty, json } from './response.ts'
import { listSubscriptions } from './subscription-list.ts'

/** Creates, shows and deletes subscriptions. */
export function createSubscriptionHandlers(context: BrokerContext): Handlers {
  return {
    listSubscriptions: (request) => listSubscriptions(request, context),
    createSubscription: (request) => createSubscription(request, context),
    getSubscription: ({ path }) => getSubscription(path['subscription_id'] ?? '', context),
    deleteSubscription: ({ path }) => deleteSubscription(path['subscription_id'] ?? '', context),
  }
}

async function createSubscription(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, random, storage } = context
  const body = readJson(request)
  if (!body.ok) return body.response
  const read = readSubscription(body.value)
  if (read.kind === 'unreadable') return problem(400, read.message)
  if (read.kind === 'invalid') return validationProblem(read.violations)
  const existing = findSubscription(storage.commands.state, read.value)
  if (existing !== undefined) return answerExisting(existing)
  const refusal = await refuse(read.value, context)
  if (refusal !== undefined) return refusal

  const subscription = { ...read.value, id: random.uuid() }
  const outcome = await storage.commands.propose({ type: 'createSubscription', subscription }, clock.now())
  switch (outcome.kind) {
    case 'created': {
      const location = `/subscriptions/${subscription.id}`
      return json(201, outcome.subscription, { Location: location, 'Content-Location': location })
    }
    case 'exists':
      return answerExisting(outcome.subscription)
    case 'unknownEventTypes':
      return unknownEventTypes(outcome.names)
  }
}

function answerExisting(subscription: Subscription): Response {
  return json(200, subscription, { Location: `/subscriptions/${subscription.id}` })
}

function unknownEventTypes(names: readonly string[]): Response {
  const quoted = names.map((name) => `'${name}'`).join(', ')
  return problem(422, `Failed to create subscription, event type(s) not found: ${quoted}`)
}

type WantedSubscription = Pick<Subscription, 'event_types' | 'read_from' | 'initial_cursors'>

async function refuse(wanted: WantedSubscription, context: BrokerContext): Promise<Response | undefined> {
  const { eventTypes } = context.storage.commands.state
  const unknown = wanted.event_types.filter((name) => !eventTypes.has(name))
  if (unknown.length > 0) return unknownEventTypes(unknown)
  const partitions = wanted.event_types.flatMap((event_type) =>
    (eventTypes.get(event_type)?.partitions ?? []).map((partition) =>
      partitionKey({ event_type, partition }),
    ),
  )
  const { maxSubscriptionPartitions: limit } = context.limits
  if (partitions.length > limit) {
    return problem(
      422,
      `total partition count for subscription is ${partitions.length}, but the maximum partition count is ${limit}`,
    )
  }
  return wanted.read_from === 'cursors'
    ? await refuseCursors(wanted.initial_cursors, partitions, context)
    : undefined
}

async function refuseCursors(
  cursors: readonly SubscriptionCursorWithoutToken[],
  partitions: readonly string[],
  context: BrokerContext,
): Promise<Response | undefined> {
  const given = cursors.map(partitionKey)
  if (partitions.some((key) => !given.includes(key))) {
    return problem(422, 'initial_cursors should contain cursors for all partitions of subscription')
  }
  if (given.some((key) => !partitions.includes(key))) {
    return problem(422, 'initial_cursors should contain cursors only for partitions of this subscription')
  }
  if (given.length > partitions.length) {
    return problem(422, 'there should be no more than 1 cursor for each partition in initial_cursors')
  }
  for (const cursor of cursors) {
    const detail = await checkReadable(cursor, context.storage)
    if (detail !== undefined) return problem(422, detail)
  }
  return undefined
}

function getSubscription(id: string, { storage }: BrokerContext): Response {
  const found = storage.commands.state.subscriptions.get(id)
  return found === undefined ? unknownSubscription(id) : json(200, found.subscription)
}

async function deleteSubscription(id: string, { clock, storage }: BrokerContext): Promise<Response> {
  const outcome = await storage.commands.propose({ type: 'deleteSubscription', id }, clock.now())
  return outcome.kind === 'deleted' ? empty(204) : unknownSubscription(id)
}
