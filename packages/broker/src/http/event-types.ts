import {
  checkAuthorizationGiven,
  checkDataLakeAnnotations,
  checkEventType,
  checkEventTypeRules,
  checkRetention,
  completeEventType,
  decideUpdate,
  type EventTypeDemands,
  ownerSelectorChangeViolation,
} from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import { denialText, type Principal } from '../core/authorization.ts'
import { createEventType } from '../create-event-type.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import {
  IN_MAINTENANCE,
  inMaintenance,
  problem,
  readOnlyMode,
  unknownEventType,
  unprocessable,
  validationProblem,
} from './problem.ts'
import { type Read, readJson } from './request-body.ts'
import { empty, json } from './response.ts'

/** Creates, shows, changes and deletes event types. */
export function createEventTypeHandlers(context: BrokerContext): Handlers {
  return {
    listEventTypes: (request) => listEventTypes(request, context),
    createEventType: (request) => answerCreation(request, context),
    getEventType: ({ path }) => getEventType(path['name'] ?? '', context),
    updateEventType: (request) => updateEventType(request, context),
    deleteEventType: (request) => deleteEventType(request, context),
  }
}

function listEventTypes({ query }: RoutedRequest, { storage }: BrokerContext): Response {
  const owner = query.get('owning_application')
  const writer = query.get('writer')
  if (writer === '') return problem(400, 'Authorization query is empty')
  if (writer !== null && !/^[^:]+:[^:]+$/.test(writer)) {
    return problem(400, 'Authorization format is incorrect. Should be data_type:data_value')
  }
  const eventTypes = [...storage.commands.state.eventTypes.values()]
    .map(({ eventType }) => eventType)
    .filter((eventType) => owner === null || eventType.owning_application === owner)
    .filter((eventType) => writer === null || hasWriter(eventType, writer))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return json(200, eventTypes)
}

function hasWriter({ authorization }: EventType, writer: string): boolean {
  return authorization?.writers.some(({ data_type, value }) => `${data_type}:${value}` === writer) ?? false
}

async function answerCreation(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const { features } = storage.commands.state.settings
  if (features.has('disable_event_type_creation')) return problem(501, 'Event Type creation is disabled')
  const body = readDefinition(request)
  if (!body.ok) return body.response
  if (features.has('disable_db_write_operations')) return readOnlyMode()
  const violation = checkEventTypeRules(body.value, demandsOn(request.principal, context))
  if (violation !== undefined) return problem(422, violation)

  const eventType = completeEventType(body.value, clock.now())
  const { kind } = await createEventType(eventType, context)
  if (kind === 'created') return stored(201, eventType, context)
  return problem(409, `EventType ${eventType.name} already exists.`)
}

function readDefinition(request: RoutedRequest): Read<NewEventType> {
  const body = readJson(request)
  if (!body.ok) return body
  const check = checkEventType(body.value)
  if (check.ok) return { ok: true, value: check.eventType }
  const response =
    check.unreadable === undefined ? validationProblem(check.violations) : problem(400, check.unreadable)
  return { ok: false, response }
}

/** What this broker demands of the event types of a caller, by its features at this moment. */
function demandsOn({ subject }: Principal, context: BrokerContext): EventTypeDemands {
  const { storage, dataLakeSubjects, isApplication } = context
  const { features } = storage.commands.state.settings
  const isLakeSubject = dataLakeSubjects.includes('*') || dataLakeSubjects.includes(subject)
  return {
    authorization: features.has('force_event_type_authz'),
    materialization: features.has('force_data_lake_annotations') && isLakeSubject,
    ...(features.has('validate_event_type_owning_application') ? { acceptsOwner: isApplication } : {}),
  }
}

/** An answer to whoever has stored an event type. Its body is empty unless the broker is told otherwise. */
function stored(status: number, eventType: EventType, { storage }: BrokerContext): Response {
  const headers = { Warning: warning(eventType) }
  const { features } = storage.commands.state.settings
  return features.has('return_body_on_create_update_event_type')
    ? json(status, eventType, headers)
    : empty(status, headers)
}

/** The manual asks producers to mind who reads their data, so the broker reminds of it every time. */
function warning({ cleanup_policy }: EventType): string {
  const messages = ['Data access warning', ...(cleanup_policy === 'compact' ? ['Compaction warning'] : [])]
  return `299 nakadi "${messages.join('. ')}"`
}

function getEventType(name: string, { storage }: BrokerContext): Response {
  const found = storage.commands.state.eventTypes.get(name)
  return found === undefined ? unknownEventType(name) : json(200, found.eventType)
}

async function updateEventType(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { publishingLock, storage } = context
  const name = request.path['name'] ?? ''
  const body = readDefinition(request)
  if (!body.ok) return body.response
  if (storage.commands.state.settings.features.has('disable_db_write_operations')) return readOnlyMode()
  const wanted = { name, update: body.value, principal: request.principal }
  const response = await publishingLock.share(name, () => update(wanted, context))
  return response ?? problem(503, IN_MAINTENANCE)
}

interface WantedUpdate {
  readonly name: string
  readonly update: NewEventType
  readonly principal: Principal
}

async function update(wanted: WantedUpdate, context: BrokerContext): Promise<Response> {
  const { access, clock, storage } = context
  const { name, principal } = wanted
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  const { eventType: original, revision } = found
  const demands = demandsOn(principal, context)
  const refusal = refuseUpdate({ ...wanted, original, demands }, context)
  if (refusal !== undefined) return refusal

  const at = clock.now()
  const isNakadiAdmin = access.isNakadiAdmin(principal, 'WRITE')
  const decided = decideUpdate({ ...wanted, original, isNakadiAdmin, demands, at })
  if (decided.kind === 'refused') return problem(422, decided.detail)
  const eventType = decided.value
  const outcome = await storage.commands.propose({ type: 'updateEventType', eventType, revision }, at)
  switch (outcome.kind) {
    case 'updated':
      return stored(200, eventType, context)
    case 'unknownEventType':
      return unknownEventType(name)
    case 'outdated':
      // Somebody else was faster, so it is to be decided anew.
      return await update(wanted, context)
  }
}

interface RequestedUpdate extends WantedUpdate {
  readonly original: EventType
  readonly demands: EventTypeDemands
}

/** Refuses whoever may not change the event type, or not in this way: Nakadi admins are bound to less. */
function refuseUpdate(requested: RequestedUpdate, { access }: BrokerContext): Response | undefined {
  const { original, update, principal, demands } = requested
  const refusal =
    unprocessable(checkAuthorizationGiven(update, demands)) ??
    access.refuseEventTypes(principal, [original.name], ['VIEW'])
  if (refusal !== undefined || access.isNakadiAdmin(principal, 'WRITE')) return refusal
  return (
    unprocessable(checkRetention(update) ?? checkDataLakeAnnotations(update, demands)) ??
    access.refuseEventTypes(principal, [original.name], ['ADMIN']) ??
    unprocessable(ownerSelectorChangeViolation(original.event_owner_selector, update.event_owner_selector))
  )
}

async function deleteEventType(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { access, publishingLock, storage } = context
  const { features } = storage.commands.state.settings
  const name = request.path['name'] ?? ''
  const { principal } = request
  if (features.has('disable_event_type_deletion') && !access.isNakadiAdmin(principal, 'WRITE')) {
    return problem(403, 'Event Type deletion is disabled')
  }
  if (features.has('disable_db_write_operations')) return readOnlyMode()
  const response = await publishingLock.share(name, () => remove(name, principal, context))
  return response ?? inMaintenance(name)
}

async function remove(name: string, principal: Principal, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const { features } = storage.commands.state.settings
  const refusal = refuseDeletion(name, principal, context)
  if (refusal !== undefined) return refusal
  const deletesAll = features.has('delete_event_type_with_subscriptions')
  const deletableSubscriptions = deletesAll ? 'all' : context.deletableSubscriptions
  const outcome = await storage.commands.propose(
    { type: 'deleteEventType', name, deletableSubscriptions },
    clock.now(),
  )
  switch (outcome.kind) {
    case 'deleted':
      await Promise.all(outcome.topics.map((topic) => storage.events.deleteTopic(topic)))
      return empty(200)
    case 'unknownEventType':
      return unknownEventType(name)
    case 'hasSubscriptions':
      return problem(409, `Can't remove event type ${name}, as it has subscriptions`)
  }
}

function refuseDeletion(
  name: string,
  principal: Principal,
  { access, storage }: BrokerContext,
): Response | undefined {
  const { eventTypes, settings } = storage.commands.state
  const found = eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  const refusal = access.refuseEventTypes(principal, [name], ['VIEW', 'ADMIN'])
  if (refusal !== undefined) return refusal
  if (!settings.features.has('force_event_type_authz') || found.eventType.authorization !== null)
    return undefined
  const denial = denialText({ right: 'ADMIN', resource: `event-type:${name}` })
  return problem(403, `${denial}; Reason : You cannot delete event-type without authorization.`)
}
