// What is to be done so that a registry has an event type as a definition says. Everything that the broker would refuse is
// known before anything is sent, as far as its rules decide and not its operators.

import {
  checkDataLakeAnnotations,
  checkEventTypeRules,
  checkRetention,
  decideUpdate,
  ownerSelectorChangeViolation,
  sameSchema,
} from '@rioni/event-types'
import type { EventType, EventTypeSchema, NewEventType, NewEventTypeSchema } from '@rioni/protocol'
import { compareEventTypes } from '../registry/compare-event-types.ts'
import { snapshotOfRegistered } from '../registry/event-type-snapshot.ts'
import type { EventTypeDecision } from './plan-step.ts'

/**
 * Decides about one event type. What the definition leaves out stays as the registry has it.
 *
 * @param current what the registry has; undefined when it has nothing of this name
 */
export function decideEventType(definition: NewEventType, current: EventType | undefined): EventTypeDecision {
  if (current === undefined) {
    const reason = checkEventTypeRules(definition)
    return reason === undefined
      ? { action: 'create', wanted: definition }
      : { action: 'refuse', reason, changes: [] }
  }
  const wanted = mergeEventType(current, definition)
  const { changes } = compareEventTypes(snapshotOfRegistered(current), snapshotOfRegistered(wanted))
  if (changes.length === 0) return { action: 'none' }
  const reason = updateViolation(current, wanted)
  return reason === undefined
    ? { action: 'update', base: current, wanted, changes }
    : { action: 'refuse', reason, changes }
}

/** Fields that `null` takes away. In all others `null` says nothing, as where a field is left out. */
const CLEARED_BY_NULL: ReadonlySet<string> = new Set(['authorization', 'audience', 'event_owner_selector'])

/** The event type of the registry with what the definition says about it. */
function mergeEventType(current: EventType, { schema, options, ...definition }: NewEventType): EventType {
  const given = Object.entries(definition).filter(
    ([field, value]) => value !== undefined && (value !== null || CLEARED_BY_NULL.has(field)),
  )
  const retention = options?.retention_time ?? current.options.retention_time
  return {
    ...current,
    ...Object.fromEntries(given),
    options: { ...current.options, retention_time: retention },
    schema: mergeSchema(current.schema, schema),
  }
}

/** A schema in another layout is the same schema, and stays as it was written. */
function mergeSchema(current: EventTypeSchema, given: NewEventTypeSchema): EventTypeSchema {
  const { type, schema } = given
  return saysTheSame(current, given) ? current : { ...current, type, schema }
}

function saysTheSame(first: NewEventTypeSchema, second: NewEventTypeSchema): boolean {
  if (first.type === second.type && first.schema === second.schema) return true
  try {
    return sameSchema(first, second)
  } catch {
    // What is no schema is refused a moment later, with a reason.
    return false
  }
}

/** Asked as if by an admin of the event type; whoever administers the broker may do more. */
function updateViolation(original: EventType, update: EventType): string | undefined {
  const detail =
    checkRetention(update) ??
    checkDataLakeAnnotations(update, {}) ??
    ownerSelectorChangeViolation(original.event_owner_selector, update.event_owner_selector)
  if (detail !== undefined) return detail
  const { name } = original
  const decided = decideUpdate({ original, update, name, isNakadiAdmin: false, demands: {}, at: 0 })
  return decided.kind === 'refused' ? decided.detail : undefined
}
