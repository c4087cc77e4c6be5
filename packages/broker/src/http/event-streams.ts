import type { Cursor } from '@rioni/protocol'
import { mayTouchEventsOf } from '../core/authorization.ts'
import type { EventStreamStart } from '../core/event-stream.ts'
import type { LogRecord } from '../core/log-record.ts'
import { type EventTypeState, partitionKey } from '../core/state.ts'
import { partitionBounds } from '../storage/partition-log.ts'
import { placeReadableCursor } from '../storage/place-cursor.ts'
import { runEventStream } from '../streaming/run-event-stream.ts'
import { meterOf } from './consumption.ts'
import {
  contradiction,
  type EventStreamQuery,
  readEventStreamQuery,
  toEventStreamSettings,
} from './event-stream-parameters.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, shuttingDown, tooManyStreams } from './problem.ts'
import { checkCursor, readCursorList } from './read-cursor-list.ts'
import type { Read } from './request-body.ts'

/** Streams the events of one event type to a client that keeps its own positions. */
export function createEventStreamHandlers(context: BrokerContext): Handlers {
  return {
    async streamEvents(request) {
      const query = readEventStreamQuery(request.query, context)
      if (query.kind === 'read') return await streamEvents(query.value, request, context)
      return problem(400, query.kind === 'unreadable' ? query.message : 'The parameters are invalid')
    },
  }
}

const HEADERS = {
  'Content-Type': 'application/x-json-stream',
  Warning:
    '299 - nakadi - the Low-level API is deprecated and will be removed from a future release. Please consider migrating to the Subscriptions API.',
}

async function streamEvents(
  query: EventStreamQuery,
  request: RoutedRequest,
  context: BrokerContext,
): Promise<Response> {
  const { access, limits, storage, streams } = context
  const { path, principal, signal } = request
  const refusal = access.refuseStream('ofEventType', { principal, path })
  if (refusal !== undefined) return refusal
  const name = path['name'] ?? ''
  const eventType = storage.commands.state.eventTypes.get(name)
  if (eventType === undefined) return problem(404, 'topic not found')
  const startAt = await findStart(request.headers.get('X-nakadi-cursors'), eventType, context)
  if (!startAt.ok) return startAt.response
  const detail = contradiction(query)
  if (detail !== undefined) return problem(422, detail)

  if (streams.size >= limits.maxOpenStreams) return tooManyStreams(limits.maxOpenStreams)
  const wanted = {
    eventType: name,
    startAt: startAt.value,
    settings: toEventStreamSettings(query, context),
    meter: meterOf(request, undefined, context),
    signal,
    isDelivered: (record: LogRecord) =>
      isForEveryone(record) && mayTouchEventsOf(principal, record.headers?.owner),
    isAllowed: () => access.refuseStream('ofEventType', { principal, path }) === undefined,
  }
  const stream = streams.serve(() => runEventStream(wanted, context))
  return stream === undefined ? shuttingDown() : new Response(stream.body, { headers: HEADERS })
}

/** Tombstones are nobody's, and a tagged event is for its subscription alone. */
function isForEveryone({ headers, value }: LogRecord): boolean {
  return value.byteLength > 0 && headers?.consumerSubscriptionId === undefined
}

type Starts = ReadonlyMap<string, EventStreamStart>

/** Where the stream begins: at the cursors of the client, or at the present end of all partitions. */
async function findStart(
  header: string | null,
  eventType: EventTypeState,
  { storage: { events } }: BrokerContext,
): Promise<Read<Starts>> {
  const cursors = header === null ? undefined : readCursors(header)
  if (cursors !== undefined && !cursors.ok) return cursors
  const starts = new Map<string, EventStreamStart>()
  const add = (partition: string, after: number) => {
    const ofType = { event_type: eventType.eventType.name, partition }
    starts.set(partitionKey(ofType), { partition: ofType, after })
  }
  if (cursors === undefined) {
    for (const partition of eventType.partitions) {
      const { next } = await partitionBounds({ timelines: eventType.timelines, partition }, events)
      add(partition, next - 1)
    }
  } else {
    for (const cursor of cursors.value) {
      const placing = await placeReadableCursor(cursor, eventType, events)
      if (!placing.ok) return refused(412, placing.detail)
      add(cursor.partition, placing.cursor.ordinal)
    }
    if (starts.size < cursors.value.length) {
      return refused(422, 'duplicate partition ids provided in cursors')
    }
  }
  return { ok: true, value: starts }
}

function readCursors(header: string): Read<readonly Cursor[]> {
  const list = readCursorList(header)
  if (list === undefined) return refused(400, 'incorrect syntax of X-nakadi-cursors header')
  if (list.length === 0) return refused(412, 'invalid cursor format, partition: null offset: null')
  const cursors: Cursor[] = []
  for (const given of list) {
    const cursor = checkCursor(given)
    if (!cursor.ok) return refused(412, cursor.detail)
    cursors.push(cursor.cursor)
  }
  return { ok: true, value: cursors }
}

function refused<T>(status: number, detail: string): Read<T> {
  return { ok: false, response: problem(status, detail) }
}
