import type { OpenApiComponents } from '@rioni/protocol'
import type { Timeline } from '../core/state.ts'
import { switchTimeline } from '../switch-timeline.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, readOnlyMode } from './problem.ts'
import { fieldsOf, missing, optionalText, type ReadBody, readWith } from './read-fields.ts'
import { readJson } from './request-body.ts'
import { empty, json } from './response.ts'

type TimelineView = OpenApiComponents['schemas']['Timeline']

/** Shows and creates the timelines of event types. */
export function createTimelineHandlers(context: BrokerContext): Handlers {
  return {
    listTimelines: (request) => listTimelines(request, context),
    createTimeline: (request) => createTimeline(request, context),
  }
}

function listTimelines({ path }: RoutedRequest, { storage }: BrokerContext): Response {
  const name = path['name'] ?? ''
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  return json(
    200,
    found.timelines.map((timeline) => viewTimeline(name, timeline)),
  )
}

async function createTimeline(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const name = request.path['name'] ?? ''
  const body = readJson(request)
  if (!body.ok) return body.response
  const read = readStorageId(body.value)
  if (read.kind === 'unreadable') return problem(400, read.message)
  const storageId = read.kind === 'read' ? read.value : 'null'
  const { eventTypes, settings, storages } = context.storage.commands.state
  if (settings.features.has('disable_db_write_operations')) return readOnlyMode()
  const found = eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  // Compaction sees one topic only, so keys would live on in the closed ones.
  if (found.eventType.cleanup_policy !== 'delete') {
    return problem(
      422,
      "It is not possible to create a timeline for event type with 'compact' cleanup_policy",
    )
  }
  if (!storages.has(storageId)) return unknownStorage(storageId)
  const { kind } = await switchTimeline(name, storageId, context)
  switch (kind) {
    case 'created':
      return empty(201)
    case 'unknownEventType':
      return unknownEventType(name)
    case 'unknownStorage':
      return unknownStorage(storageId)
    case 'outdated':
      return problem(409, `Timeline is already being created for: ${name}`)
  }
}

function readStorageId(body: unknown): ReadBody<string> {
  return readWith(() => {
    const value = optionalText(fieldsOf(body, '').get('storage_id'), 'storage_id')
    if (value === undefined) return { kind: 'invalid', violations: [missing('storage_id')] }
    return { kind: 'read', value }
  })
}

function viewTimeline(name: string, timeline: Timeline): TimelineView {
  const { cleanedUpAt, latestPosition } = timeline
  return {
    id: timeline.id,
    event_type: name,
    order: timeline.order,
    storage_id: timeline.storageId,
    topic: timeline.topic,
    created_at: dateTime(timeline.createdAt),
    switched_at: dateTime(timeline.switchedAt),
    cleaned_up_at: cleanedUpAt === null ? null : dateTime(cleanedUpAt),
    latest_position: latestPosition === null ? null : { offsets: [...latestPosition] },
  }
}

/** These times are the only ones that the broker writes with an offset. */
function dateTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00')
}

/** Unlike every other text about an unknown event type it has no dot. */
function unknownEventType(name: string): Response {
  return problem(404, `EventType "${name}" does not exist`)
}

function unknownStorage(id: string): Response {
  return problem(422, `No storage with id: ${id}`)
}
