import { authorizationChangeViolation, checkAuthorization } from '@rioni/event-types'
import type { Subscription } from '@rioni/protocol'
import { type BrokerState, partitionKey } from '../core/state.ts'
import { findSubscription } from '../core/subscription-commands.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, readOnlyMode, unknownSubscription, unprocessable } from './problem.ts'
import { type RequestedSubscription, readSubscription } from './read-subscription.ts'
import { readValidBody } from './read-valid-body.ts'
import { checkReadable } from './readable-cursor.ts'
import { empty, json } from './response.ts'
import { listSubscriptions } from './subscription-list.ts'

/** Creates, shows, changes and deletes subscriptions. */
export function createSubscriptionHandlers(context: BrokerContext): Handlers {
  return {
    listSubscriptions: (request) => listSubscriptions(request, context),
    createSubscription: (request) => createSubscription(request, context),
    getSubscription: ({ path }) => getSubscription(path['subscription_id'] ?? '', context),
    updateSubscription: (request) => updateSubscription(request, context),
    deleteSubscription: ({ path }) => deleteSubscription(path['subscription_id'] ?? '', context),
  }
}

async function createSubscription(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, random, storage } = context
  const read = readValidBody(request, readSubscription)
  if (!read.ok) return read.response
  const existing = findSubscription(storage.commands.state, read.value)
  if (existing !== undefined) return answerExisting(existing, request, context)
  const refusal = await refuse(read.value, request, context)
  if (refusal !== undefined) return refusal

  const { annotations = {}, labels = {} } = read.value
  const subscription = { ...read.value, annotations, labels, id: random.uuid() }
  const outcome = await storage.commands.propose({ type: 'createSubscription', subscription }, clock.now())
  switch (outcome.kind) {
    case 'created': {
      const location = `/subscriptions/${subscription.id}`
      return json(201, outcome.subscription, { Location: location, 'Content-Location': location })
    }
    case 'exists':
      return answerExisting(outcome.subscription, request, context)
    case 'unknownEventTypes':
      return unknownEventTypes(outcome.names)
  }
}

function answerExisting(
  subscription: Subscription,
  { principal }: RoutedRequest,
  { access }: BrokerContext,
): Response {
  const refusal = access.refuseSubscription(principal, subscription, ['VIEW'])
  return refusal ?? json(200, subscription, { Location: `/subscriptions/${subscription.id}` })
}

function unknownEventTypes(names: readonly string[]): Response {
  const quoted = names.map((name) => `'${name}'`).join(', ')
  return problem(422, `Failed to create subscription, event type(s) not found: ${quoted}`)
}

async function refuse(
  wanted: RequestedSubscription,
  { principal }: RoutedRequest,
  context: BrokerContext,
): Promise<Response | undefined> {
  return (
    refuseCreation(wanted, context) ??
    refuseEventTypes(wanted, context) ??
    context.access.refuseEventTypes(principal, wanted.event_types, ['VIEW']) ??
    refusePartitions(wanted, context) ??
    (wanted.read_from === 'cursors' ? await refuseCursors(wanted, context) : undefined) ??
    unprocessable(checkAuthorization(wanted)) ??
    refuseOwner(wanted, context)
  )
}

/** Refuses whatever the switches of the broker forbid. */
function refuseCreation({ authorization }: RequestedSubscription, { storage }: BrokerContext) {
  const { features } = storage.commands.state.settings
  if (features.has('disable_subscription_creation')) {
    return problem(503, 'Subscription creation is temporarily unavailable')
  }
  if (features.has('disable_db_write_operations')) return readOnlyMode()
  return features.has('force_subscription_authz') && authorization === null
    ? problem(422, 'Authorization section is mandatory')
    : undefined
}

function refuseEventTypes({ event_types }: RequestedSubscription, { storage }: BrokerContext) {
  const unknown = event_types.filter((name) => !storage.commands.state.eventTypes.has(name))
  return unknown.length > 0 ? unknownEventTypes(unknown) : undefined
}

function refusePartitions({ event_types }: RequestedSubscription, { limits, storage }: BrokerContext) {
  const count = partitionsOf(event_types, storage.commands.state).length
  const { maxSubscriptionPartitions: limit } = limits
  if (count <= limit) return undefined
  return problem(
    422,
    `total partition count for subscription is ${count}, but the maximum partition count is ${limit}`,
  )
}

function refuseOwner({ owning_application }: RequestedSubscription, context: BrokerContext) {
  const { features } = context.storage.commands.state.settings
  if (!features.has('validate_subscription_owning_application')) return undefined
  if (context.isApplication(owning_application)) return undefined
  return problem(422, `Owning application is not valid: ${owning_application}`)
}

/** The keys of all partitions of some event types. */
function partitionsOf(eventTypes: readonly string[], state: BrokerState): readonly string[] {
  return eventTypes.flatMap((event_type) =>
    (state.eventTypes.get(event_type)?.partitions ?? []).map((partition) =>
      partitionKey({ event_type, partition }),
    ),
  )
}

async function refuseCursors(
  { event_types, initial_cursors: cursors }: RequestedSubscription,
  { storage }: BrokerContext,
): Promise<Response | undefined> {
  const partitions = partitionsOf(event_types, storage.commands.state)
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
    const detail = await checkReadable(cursor, storage)
    if (detail !== undefined) return problem(422, detail)
  }
  return undefined
}

function getSubscription(id: string, { storage }: BrokerContext): Response {
  const found = storage.commands.state.subscriptions.get(id)
  return found === undefined ? unknownSubscription(id) : json(200, found.subscription)
}

async function updateSubscription(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const id = request.path['subscription_id'] ?? ''
  const read = readValidBody(request, readSubscription)
  if (!read.ok) return read.response
  const { features } = storage.commands.state.settings
  if (features.has('disable_db_write_operations')) return readOnlyMode()
  const { authorization, annotations, labels } = read.value
  if (features.has('force_subscription_authz') && authorization === null)
    return problem(422, 'Authorization section is mandatory')
  const existing = storage.commands.state.subscriptions.get(id)?.subscription
  if (existing === undefined) return unknownSubscription(id)
  const refusal =
    refuseChange(read.value, existing) ??
    unprocessable(
      authorizationChangeViolation(existing.authorization, authorization) ?? checkAuthorization(read.value),
    )
  if (refusal !== undefined) return refusal

  const command = { type: 'updateSubscription', id, authorization, annotations, labels } as const
  const outcome = await storage.commands.propose(command, clock.now())
  return outcome.kind === 'updated' ? empty(204) : unknownSubscription(id)
}

/** 422 for a change of what makes a subscription the one that it is, or of where it began. */
function refuseChange(wanted: RequestedSubscription, existing: Subscription): Response | undefined {
  const fields = [
    ['consumer_group', 'subscription consumer group'],
    ['event_types', 'subscription event types'],
    ['owning_application', 'owning application'],
    ['read_from', 'read from'],
    ['initial_cursors', 'initial cursors'],
  ] as const
  const changed = fields.find(([field]) => JSON.stringify(wanted[field]) !== JSON.stringify(existing[field]))
  return changed && problem(422, `Not allowed to change ${changed[1]}`)
}

async function deleteSubscription(id: string, { clock, storage }: BrokerContext): Promise<Response> {
  if (storage.commands.state.settings.features.has('disable_db_write_operations')) return readOnlyMode()
  const outcome = await storage.commands.propose({ type: 'deleteSubscription', id }, clock.now())
  return outcome.kind === 'deleted' ? empty(204) : unknownSubscription(id)
}
