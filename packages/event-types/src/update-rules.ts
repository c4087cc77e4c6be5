// What a PUT may change of one field of an event type. Each rule gives the detail of the broker's 422, or
// undefined. The broker asks them at different moments, some of certain callers only, so the order is left
// to whoever calls.

import type { CleanupPolicy, EventOwnerSelector, EventType, NewEventType } from '@rioni/protocol'

/** Of the cleanup policies only `delete` may change, and only to `compact_and_delete`. */
export function cleanupPolicyChangeViolation(
  original: CleanupPolicy,
  updated: CleanupPolicy,
): string | undefined {
  if (original === updated) return undefined
  if (original === 'delete' && updated === 'compact_and_delete') return undefined
  const [from, to] = [original.toUpperCase(), updated.toUpperCase()]
  return `Invalid cleanup_policy change: ${from} cannot be changed to ${to}`
}

/** Statistics are given for good, for the number of partitions follows from them. Null keeps the old ones. */
export function statisticChangeViolation(
  original: EventType['default_statistic'],
  updated: NewEventType['default_statistic'],
): string | undefined {
  if (updated === null || updated === undefined) return undefined
  const isSame =
    original?.read_parallelism === updated.read_parallelism &&
    original.write_parallelism === updated.write_parallelism
  return isSame ? undefined : 'default statistics must not be changed'
}

/** An audience may change, but not go away. */
export function audienceChangeViolation(
  original: NewEventType['audience'],
  updated: NewEventType['audience'],
): string | undefined {
  return original && !updated ? 'event audience must not be set back to null' : undefined
}

/** A section `authorization` may change, but not go away; subscriptions have the same rule. */
export function authorizationChangeViolation(
  original: object | null | undefined,
  updated: object | null | undefined,
): string | undefined {
  if (!original || updated) return undefined
  return 'Changing authorization object to `null` is not possible due to existing one'
}

/** A selector may be added, but not change any more. */
export function ownerSelectorChangeViolation(
  original: EventOwnerSelector | null | undefined,
  updated: EventOwnerSelector | null | undefined,
): string | undefined {
  if (!original) return undefined
  if (!updated) return "event_owner_selector can't be set back to null"
  const isSame =
    original.type === updated.type && original.name === updated.name && original.value === updated.value
  if (isSame) return undefined
  const [before, after] = [selectorText(original), selectorText(updated)]
  return `event_owner_selector must not be changed, original: ${before}, updated: ${after}`
}

function selectorText({ type, name, value }: EventOwnerSelector): string {
  return JSON.stringify({ type, name, value })
}
