// work-unit.ts - what the lanes run: a whole batch, or the events of one key in it.

import type { Batch } from './batch.ts'
import type { Delivery } from './engine.ts'

/** A batch that is being processed. */
export interface BatchWork<Events extends object> {
  readonly delivery: Delivery<Events>
  /** Units that are not done. At none the batch is. */
  unitsLeft: number
  /** Whether all of those that are over succeeded or were given up on purpose. */
  isSound: boolean
}

/** A part of a batch that is processed in one go. */
export interface WorkUnit<Events extends object> {
  readonly id: number
  readonly lane: string
  readonly key: string
  readonly work: BatchWork<Events>
  /** The events of one key, or undefined for all of the batch, which may not have been parsed yet. */
  readonly selection: readonly unknown[] | undefined
  /** How many of its events `runEach` has processed. */
  processed: number
}

/** Divides a batch, by key if there is one. Events that cannot be read are one unit, which then fails. */
export function divideBatch<Events extends object>(
  delivery: Delivery<Events>,
  key: ((event: unknown, eventType: string) => string) | undefined,
  nextId: () => number,
): readonly WorkUnit<Events>[] {
  const { batch } = delivery
  const groups = key === undefined ? undefined : eventsByKey(batch, key)
  const work: BatchWork<Events> = { delivery, unitsLeft: groups?.size ?? 1, isSound: true }
  const unit = (unitKey: string, selection: readonly unknown[] | undefined): WorkUnit<Events> => ({
    id: nextId(),
    lane: `${batch.partition} ${batch.eventType}`,
    key: unitKey,
    work,
    selection,
    processed: 0,
  })
  if (groups === undefined) return [unit('', undefined)]
  return [...groups].map(([groupKey, events]) => unit(groupKey, events))
}

function eventsByKey<Events extends object>(
  batch: Batch<Events>,
  key: (event: unknown, eventType: string) => string,
): Map<string, unknown[]> | undefined {
  try {
    const groups = new Map<string, unknown[]>()
    for (const event of batch.events) {
      const name = key(event, batch.eventType)
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [event])
      else group.push(event)
    }
    return groups
  } catch {
    return undefined
  }
}

/** The batch as a handler of batches gets it. */
export function batchOfUnit<Events extends object>({ selection, work }: WorkUnit<Events>): Batch<Events> {
  const { batch } = work.delivery
  if (selection === undefined) return batch
  const { eventType, partition, cursor, raw } = batch
  return { eventType, partition, cursor, raw, events: selection, commit: batch.commit } as Batch<Events>
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

function eidOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('metadata' in event)) return undefined
  const { metadata } = event
  if (typeof metadata !== 'object' || metadata === null || !('eid' in metadata)) return undefined
  return typeof metadata.eid === 'string' ? metadata.eid : undefined
}
