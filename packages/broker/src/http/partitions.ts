import type { Cursor } from '@rioni/protocol'
import type { EventTypeState } from '../core/state.ts'
import type { EventLog } from '../storage/event-log.ts'
import { placeCursor } from '../storage/place-cursor.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { viewPartition, viewUnconsumed } from './partition-view.ts'
import { problem, unknownEventType } from './problem.ts'
import { checkCursor, readCursorList } from './read-cursor-list.ts'
import type { Read } from './request-body.ts'
import { json } from './response.ts'

/** Shows the partitions of an event type and the range of offsets that each one has. */
export function createPartitionHandlers(context: BrokerContext): Handlers {
  return {
    listPartitions: (request) => listPartitions(request, context),
    getPartition: (request) => getPartition(request, context),
  }
}

/** The partitions for which the client has a cursor come last, with the number of events after it. */
async function listPartitions({ path, query }: RoutedRequest, { storage }: BrokerContext): Promise<Response> {
  const name = path['name'] ?? ''
  const eventType = storage.commands.state.eventTypes.get(name)
  if (eventType === undefined) return unknownEventType(name)
  const cursors = readCursors(query.get('cursors'))
  if (!cursors.ok) return cursors.response
  const others = eventType.partitions.filter(
    (partition) => !cursors.value.some((cursor) => cursor.partition === partition),
  )
  const views: unknown[] = await Promise.all(
    others.map((partition) => viewPartition(partition, eventType, storage.events)),
  )
  for (const cursor of cursors.value) {
    const view = await viewAfter(cursor, eventType, storage.events)
    if (!view.ok) return view.response
    views.push(view.value)
  }
  return json(200, views)
}

function readCursors(text: string | null): Read<readonly Cursor[]> {
  if (text === null) return { ok: true, value: [] }
  const list = readCursorList(text)
  if (list === undefined) return refused('malformed cursors')
  const cursors: Cursor[] = []
  for (const given of list) {
    const cursor = checkCursor(given)
    if (!cursor.ok) return refused(cursor.detail)
    cursors.push(cursor.cursor)
  }
  const names = new Set(cursors.map(({ partition }) => partition))
  if (names.size < cursors.length) return refused('duplicate partition ids provided in cursors')
  return { ok: true, value: cursors }
}

async function getPartition({ path, query }: RoutedRequest, { storage }: BrokerContext): Promise<Response> {
  const name = path['name'] ?? ''
  const partition = path['partition'] ?? ''
  const offset = query.get('consumed_offset')
  const eventType = storage.commands.state.eventTypes.get(name)
  if (eventType === undefined) return unknownEventType(name)
  if (offset !== null) {
    const view = await viewAfter({ partition, offset }, eventType, storage.events)
    return view.ok ? json(200, view.value) : view.response
  }
  if (!eventType.partitions.includes(partition)) return problem(404, 'partition not found')
  return json(200, await viewPartition(partition, eventType, storage.events))
}

async function viewAfter(
  cursor: Cursor,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Read<unknown>> {
  const placing = await placeCursor(cursor, eventType, events)
  if (!placing.ok || placing.cursor.span.timeline.deleted) return refused('problem converting cursors')
  if (!eventType.partitions.includes(cursor.partition)) {
    return refused('invalid consumed_offset or partition')
  }
  return { ok: true, value: await viewUnconsumed(placing.cursor, eventType, events) }
}

function refused<T>(detail: string): Read<T> {
  return { ok: false, response: problem(422, detail) }
}
