// work-unit.ts - what the lanes run: a whole batch, or the events of one key in it.

import { invalidArgument } from '../error.ts'
import type { Batch, CommitResult } from './batch.ts'
import { eidOf } from './eid-of.ts'
import type { Delivery } from './engine.ts'

/** A batch that is being processed. */
export interface BatchWork<Events extends object> {
  readonly delivery: Delivery<Events>
  /** Units that are not done. At none the batch is. */
  unitsLeft: number
  /** Whether all of those that are over succeeded or were given up on purpose. */
  isSound: boolean
  /** Units whose handler has not committed, where handlers do. At none the batch is. */
  unitsToCommit: number
}

/** A part of a batch that is processed in one go. */
export interface WorkUnit<Events extends object> {
  readonly id: number
  readonly lane: string
  readonly key: string
  readonly work: BatchWork<Events>
  /** The events of one key, or undefined for all of the batch, which may not have been parsed yet. */
  readonly selection: readonly unknown[] | undefined
  /** Why nobody knows the keys of its events. They are given to no handler: it would break the order of a key. */
  readonly keyFailure: KeyFailure | undefined
  /** How many of its events `runEach` has processed. */
  processed: number
  hasCommitted: boolean
}

/** What the function `key` threw, which may be anything. */
interface KeyFailure {
  readonly error: unknown
}

/** The events of one key, or those without. */
interface EventGroup {
  readonly key: string
  readonly events: readonly unknown[] | undefined
  readonly keyFailure?: KeyFailure
}

/** Divides a batch, by key if there is one. Events that cannot be read, or have no key, are one unit, which then fails. */
export function divideBatch<Events extends object>(
  delivery: Delivery<Events>,
  key: ((event: unknown, eventType: string) => string) | undefined,
  nextId: () => number,
): readonly WorkUnit<Events>[] {
  const { batch } = delivery
  const groups = key === undefined ? [wholeBatch] : eventsByKey(batch, key)
  const unitsLeft = groups.length
  const work: BatchWork<Events> = { delivery, unitsLeft, isSound: true, unitsToCommit: unitsLeft }
  return groups.map(({ key: own, events, keyFailure }) => ({
    id: nextId(),
    lane: `${batch.partition} ${batch.eventType}`,
    key: own,
    work,
    selection: events,
    keyFailure,
    processed: 0,
    hasCommitted: false,
  }))
}

const wholeBatch: EventGroup = { key: '', events: undefined }

function eventsByKey<Events extends object>(
  batch: Batch<Events>,
  key: (event: unknown, eventType: string) => string,
): readonly EventGroup[] {
  const groups = new Map<string, unknown[]>()
  const keyless: unknown[] = []
  let keyFailure: KeyFailure | undefined
  for (const event of eventsOrNone(batch)) {
    try {
      const name = checkedKey(key(event, batch.eventType))
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [event])
      else group.push(event)
    } catch (error) {
      keyFailure ??= { error }
      keyless.push(event)
    }
  }
  const keyed = [...groups].map(([name, events]): EventGroup => ({ key: name, events }))
  if (keyFailure !== undefined) return [...keyed, { key: '', events: keyless, keyFailure }]
  return keyed.length === 0 ? [wholeBatch] : keyed
}

/** No events when they cannot be read: the call of the handler fails on it. */
function eventsOrNone<Events extends object>(batch: Batch<Events>): readonly unknown[] {
  try {
    return batch.events
  } catch {
    return []
  }
}

function checkedKey(key: unknown): string {
  if (typeof key === 'string') return key
  throw invalidArgument(`the function key must return a string, not ${typeof key}`)
}

/**
 * Commits the batch of a unit, once all its units have asked for it: what other keys have not finished must not be
 * committed along.
 */
export function commitUnit<Events extends object>(unit: WorkUnit<Events>): Promise<CommitResult> {
  const { work } = unit
  if (!unit.hasCommitted) work.unitsToCommit -= 1
  unit.hasCommitted = true
  return work.unitsToCommit > 0 ? Promise.resolve({ status: 'held' }) : work.delivery.batch.commit()
}

/** The batch as a handler of batches gets it. */
export function batchOfUnit<Events extends object>(unit: WorkUnit<Events>): Batch<Events> {
  const { selection } = unit
  const { batch } = unit.work.delivery
  if (selection === undefined) return batch
  const { eventType, partition, cursor, raw } = batch
  return {
    eventType,
    partition,
    cursor,
    raw,
    events: selection,
    commit: () => commitUnit(unit),
  } as Batch<Events>
}

/** All events of a unit, parsed if nobody has done so yet. */
export function eventsOfUnit<Events extends object>({
  selection,
  work,
}: WorkUnit<Events>): readonly unknown[] {
  return selection ?? work.delivery.batch.events
}

/** The name of the place of an event: its id, which stays the same however the broker batches it. */
export function positionOf<Events extends object>(unit: WorkUnit<Events>, index: number): string {
  const event = readable(unit)[index]
  return `${unit.lane} ${eidOf(event) ?? `${unit.work.delivery.batch.cursor.offset} ${index}`}`
}

/** The events of a unit, none if they cannot be read. */
export function readable<Events extends object>(unit: WorkUnit<Events>): readonly unknown[] {
  try {
    return eventsOfUnit(unit)
  } catch {
    return []
  }
}
