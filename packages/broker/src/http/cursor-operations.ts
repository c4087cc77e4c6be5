import type { Cursor, CursorDistance, CursorLag, CursorPair } from '@rioni/protocol'
import type { PlacedCursor } from '../core/convert-cursor.ts'
import { distance, shift } from '../core/cursor-arithmetic.ts'
import type { EventTypeState } from '../core/state.ts'
import { spansOf } from '../core/timelines.ts'
import type { EventLog } from '../storage/event-log.ts'
import { placeCursor } from '../storage/place-cursor.ts'
import type { BrokerContext, Handler, Handlers } from './handler.ts'
import { viewUnconsumed } from './partition-view.ts'
import { constraintViolation, problem, unknownEventType } from './problem.ts'
import { readCursors, readPairs, readShifts, type ShiftedCursor } from './read-cursor-operations.ts'
import type { ReadBody } from './read-fields.ts'
import { readValidBody } from './read-valid-body.ts'
import type { Read } from './request-body.ts'
import { json } from './response.ts'

/** Measures and moves cursors, which are opaque to clients. */
export function createCursorOperationHandlers(context: BrokerContext): Handlers {
  return {
    measureCursorDistances: operation(readPairs, measureDistance, context),
    shiftCursors: operation(readShifts, shiftCursor, context),
    measureCursorsLag: operation(readCursors, measureLag, context),
  }
}

/** Works out one item of a request. */
type Calculation<T, R> = (item: T, eventType: EventTypeState, events: EventLog) => Promise<Read<R>>

/** Answers a list of items with the list of their results, or with the first refusal. */
function operation<T, R>(
  readItems: (body: unknown) => ReadBody<readonly T[]>,
  calculate: Calculation<T, R>,
  { storage }: BrokerContext,
): Handler {
  return async (request) => {
    const read = readValidBody(request, readItems, constraintViolation)
    if (!read.ok) return read.response
    const name = request.path['name'] ?? ''
    const eventType = storage.commands.state.eventTypes.get(name)
    if (eventType === undefined) return unknownEventType(name)
    const results: R[] = []
    for (const item of read.value) {
      const result = await calculate(item, eventType, storage.events)
      if (!result.ok) return result.response
      results.push(result.value)
    }
    return json(200, results)
  }
}

const measureDistance: Calculation<CursorPair, CursorDistance> = async (pair, eventType, events) => {
  const initial = await place(pair.initial_cursor, eventType, events)
  if (!initial.ok) return initial
  const final = await place(pair.final_cursor, eventType, events)
  if (!final.ok) return final
  if (initial.value.partition !== final.value.partition) {
    return refused('Cursors with different partition. Pairs of cursors should have matching partitions.')
  }
  return { ok: true, value: { ...pair, distance: distance(initial.value, final.value) } }
}

const shiftCursor: Calculation<ShiftedCursor, Cursor> = async (item, eventType, events) => {
  const placed = await place(item.cursor, eventType, events)
  if (!placed.ok) return placed
  const { partition } = item.cursor
  const offset = shift(placed.value, item.by, spansOf(eventType.timelines, partition))
  if (offset === undefined) {
    return refused(
      'Timeline not found. It might happen in case the cursor refers to a timeline that has already expired.',
    )
  }
  return { ok: true, value: { partition, offset } }
}

const measureLag: Calculation<Cursor, CursorLag> = async (cursor, eventType, events) => {
  const placed = await place(cursor, eventType, events)
  if (!placed.ok) return placed
  return { ok: true, value: await viewUnconsumed(placed.value, eventType, events) }
}

async function place(
  cursor: Cursor,
  eventType: EventTypeState,
  events: EventLog,
): Promise<Read<PlacedCursor>> {
  const placing = await placeCursor(cursor, eventType, events)
  if (!placing.ok || placing.cursor.span.timeline.deleted) return refused('problem converting cursors')
  if (!eventType.partitions.includes(cursor.partition)) return refused('Partition not found.')
  return { ok: true, value: placing.cursor }
}

function refused<T>(detail: string): Read<T> {
  return { ok: false, response: problem(422, detail) }
}
