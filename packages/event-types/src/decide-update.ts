// Whether an event type may become another one, and what it is then. The single rules have files of their own; here is
// the order in which the broker asks them, for it tells the first violation.

import type { EventType, EventTypeSchema, NewEventType, NewEventTypeSchema } from '@rioni/protocol'
import { checkSchema } from './check-schema.ts'
import { completeEventType } from './complete-event-type.ts'
import {
  checkAuthorization,
  checkCleanupPolicy,
  checkOwnerSelector,
  checkOwningApplication,
  checkPartitioning,
  type EventTypeDemands,
} from './event-type-rules.ts'
import { evolutionViolation } from './evolution-constraints.ts'
import { evolveSchema } from './evolve-schema.ts'
import {
  audienceChangeViolation,
  authorizationChangeViolation,
  cleanupPolicyChangeViolation,
  statisticChangeViolation,
} from './update-rules.ts'

/** A change of an event type, and what the decision depends on beside the two definitions. */
export interface UpdateRequest {
  readonly original: EventType
  /** The whole new definition; its fields are valid one by one. */
  readonly update: NewEventType
  /** The name in the path of the request. */
  readonly name: string
  /** Whether the partition strategy may change at will. The caller administers the event type in any case. */
  readonly isNakadiAdmin: boolean
  readonly demands: EventTypeDemands
  /** Now, in milliseconds since the epoch. */
  readonly at: number
}

/** What was decided, or the detail of the refusal (422). */
export type Decided<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  | { readonly kind: 'refused'; readonly detail: string }

/**
 * Decides a change that replaces the whole definition. What the update leaves out gets its default, except for
 * statistics, retention time, annotations and labels: these stay as they are.
 */
export function decideUpdate(request: UpdateRequest): Decided<EventType> {
  const { original, update, at } = request
  const merged = merge(request)
  const detail = fieldViolation(request) ?? constraintViolation(request, merged)
  if (detail !== undefined) return { kind: 'refused', detail }
  const evolved = evolve(original, merged, at)
  if (evolved.kind === 'refused') return evolved
  const ofStatistics = statisticChangeViolation(original.default_statistic, update.default_statistic)
  if (ofStatistics !== undefined) return { kind: 'refused', detail: ofStatistics }
  return { kind: 'accepted', value: { ...merged, schema: evolved.value } }
}

/**
 * Decides whether an event type may have another schema, all else being as it is. The value is the event type
 * itself when the schema says nothing new.
 *
 * @param at now, in milliseconds since the epoch
 */
export function decideSchema(
  original: EventType,
  schema: NewEventTypeSchema,
  at: number,
): Decided<EventType> {
  const detail = checkSchema({ ...original, schema })
  if (detail !== undefined) return { kind: 'refused', detail }
  const evolved = evolve(original, { ...original, schema }, at)
  if (evolved.kind === 'refused') return evolved
  const { value } = evolved
  if (value === original.schema) return { kind: 'accepted', value: original }
  return { kind: 'accepted', value: { ...original, schema: value, updated_at: new Date(at).toISOString() } }
}

function fieldViolation({ original, update, name, demands }: UpdateRequest): string | undefined {
  const changesOwner = update.owning_application !== original.owning_application
  return (
    checkOwnerSelector(update) ??
    authorizationChangeViolation(original.authorization, update.authorization) ??
    checkAuthorization(update) ??
    (update.name === name ? undefined : 'path does not match resource name') ??
    checkCleanupPolicy(update) ??
    cleanupPolicyChangeViolation(original.cleanup_policy, update.cleanup_policy ?? 'delete') ??
    checkSchema(update) ??
    audienceChangeViolation(original.audience, update.audience) ??
    checkPartitioning(update) ??
    (changesOwner ? checkOwningApplication(update, demands) : undefined)
  )
}

/** Whoever goes from JSON to Avro begins anew, so only changes from JSON to JSON are constrained. */
function constraintViolation(
  { original, isNakadiAdmin }: UpdateRequest,
  updated: EventType,
): string | undefined {
  if (original.schema.type !== 'json_schema' || updated.schema.type !== 'json_schema') return undefined
  return evolutionViolation({ original, updated, isNakadiAdmin, isEventTypeAdmin: true })
}

/** The schema from now on. One that changes nothing leaves the present one, with its version and time. */
function evolve(
  original: EventType,
  updated: Pick<EventType, 'compatibility_mode'> & { readonly schema: NewEventTypeSchema },
  at: number,
): Decided<EventTypeSchema> {
  const evolution = evolveSchema({
    original: original.schema,
    updated: updated.schema,
    mode: original.compatibility_mode,
    updatedMode: updated.compatibility_mode,
  })
  if (!evolution.ok) return { kind: 'refused', detail: evolution.message }
  if (evolution.level === undefined) return { kind: 'accepted', value: original.schema }
  const { type, schema } = updated.schema
  const { version } = evolution
  return { kind: 'accepted', value: { type, schema, version, created_at: new Date(at).toISOString() } }
}

function merge({ original, update, at }: UpdateRequest): EventType {
  const kept = {
    default_statistic: update.default_statistic ?? original.default_statistic,
    options: { retention_time: update.options?.retention_time ?? original.options.retention_time },
    annotations: update.annotations ?? original.annotations,
    labels: update.labels ?? original.labels,
  }
  return { ...completeEventType({ ...update, ...kept }, at), created_at: original.created_at }
}
