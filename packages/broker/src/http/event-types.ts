import { checkEventType, checkEventTypeRules, completeEventType, partitionCount } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { partitionNames } from '../core/partition-names.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownEventType, validationProblem } from './problem.ts'
import { readJson } from './request-body.ts'
import { empty, json } from './response.ts'

/** Creates, shows and deletes event types. */
export function createEventTypeHandlers(context: BrokerContext): Handlers {
  return {
    listEventTypes: (request) => listEventTypes(request, context),
    createEventType: (request) => createEventType(request, context),
    getEventType: ({ path }) => getEventType(path['name'] ?? '', context),
    deleteEventType: ({ path }) => deleteEventType(path['name'] ?? '', context),
  }
}

function listEventTypes({ query }: RoutedRequest, { storage }: BrokerContext): Response {
  const owner = query.get('owning_application')
  const writer = query.get('writer')
  if (writer !== null && !/^[^:]+:.+$/.test(writer)) {
    return problem(400, `Invalid value for parameter writer: ${writer}, expected type:value`)
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

async function createEventType(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, random, storage } = context
  const body = readJson(request)
  if (!body.ok) return body.response
  const check = checkEventType(body.value)
  if (!check.ok) {
    return check.unreadable === undefined
      ? validationProblem(check.violations)
      : problem(400, check.unreadable)
  }
  const violation = checkEventTypeRules(check.eventType)
  if (violation !== undefined) return problem(422, violation)

  const eventType = completeEventType(check.eventType, clock.now())
  const partitions = partitionNames(partitionCount(eventType))
  const topic = random.uuid()
  // The topic first: an event type that can be seen can be published to.
  await storage.events.createTopic(topic, partitions)
  const outcome = await storage.commands.propose(
    { type: 'createEventType', eventType, partitions, topic },
    clock.now(),
  )
  if (outcome.kind === 'created') return empty(201, { Warning: warning(eventType) })
  await storage.events.deleteTopic(topic)
  return problem(409, `EventType ${eventType.name} already exists.`)
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

async function deleteEventType(name: string, context: BrokerContext): Promise<Response> {
  const { clock, storage, deletableSubscriptions } = context
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
