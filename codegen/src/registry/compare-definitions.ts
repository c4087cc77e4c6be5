// What may differ about an event type besides its schema, and whom it breaks.

import { canonicalText } from '@rioni/event-types'
import { EVENT_TYPE_FIELDS } from '../definitions/event-type-fields.ts'
import type { EventTypeChange, Role } from './event-type-change.ts'
import type { EventTypeSnapshot } from './event-type-snapshot.ts'
import { fieldChange } from './field-change.ts'

/** Fields that are compared as they are; `created_at` and `updated_at` say nothing about the event type. */
const FIELDS = EVENT_TYPE_FIELDS.filter((field) => field !== 'name')

type Field = (typeof FIELDS)[number]

/** Lists the fields that both know and that differ. */
export function compareDefinitions(before: EventTypeSnapshot, after: EventTypeSnapshot): EventTypeChange[] {
  return FIELDS.filter((field) => isKnown(before, field) && isKnown(after, field))
    .filter(
      (field) => canonicalText(knownValueOf(before, field)) !== canonicalText(knownValueOf(after, field)),
    )
    .map((field) => ({
      ...fieldChange(field, before[field], after[field]),
      ...(field === 'options' ? { text: describeRetention(before, after) } : {}),
      breaks: BREAKS[field]?.(before, after) ?? [],
    }))
}

function isKnown(snapshot: EventTypeSnapshot, field: Field): boolean {
  return Object.hasOwn(snapshot, field) && knownValueOf(snapshot, field) !== undefined
}

/** Of the options the retention time is known here; a registry may have others. */
function knownValueOf(snapshot: EventTypeSnapshot, field: Field): unknown {
  return field === 'options' ? snapshot.options?.retention_time : (snapshot[field] ?? null)
}

function describeRetention(
  { options: before }: EventTypeSnapshot,
  { options: after }: EventTypeSnapshot,
): string {
  const [from, to] = [before?.retention_time, after?.retention_time].map(hours)
  return `changes the retention time from ${from} to ${to}`
}

const BOTH: readonly Role[] = ['consumer', 'producer']

/** The fields whose change can break somebody. */
const BREAKS: {
  readonly [F in Field]?: (before: EventTypeSnapshot, after: EventTypeSnapshot) => readonly Role[]
} = {
  // It decides on the envelope, so events look different and types have other names.
  category: () => BOTH,
  // Consumers read metadata that only the broker sets.
  enrichment_strategies: (before, after) =>
    (before.enrichment_strategies ?? []).every((strategy) => after.enrichment_strategies?.includes(strategy))
      ? []
      : ['consumer'],
  // In mode `compatible` the broker refuses properties that the schema does not name.
  compatibility_mode: (_, after) => (after.compatibility_mode === 'compatible' ? ['producer'] : []),
  // From then on producers name the partition of each event.
  partition_strategy: (_, after) => (after.partition_strategy === 'user_defined' ? ['producer'] : []),
  // An event without one of these fields is refused.
  partition_key_fields: (before, after) =>
    (after.partition_key_fields ?? []).every((field) => before.partition_key_fields?.includes(field))
      ? []
      : ['producer'],
  // Compaction needs a key in each event, and takes events away that consumers have not read.
  cleanup_policy: (before, after) =>
    before.cleanup_policy === 'delete' && after.cleanup_policy !== 'delete' ? BOTH : [],
}

function hours(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'the default'
  return milliseconds % HOUR === 0 ? `${milliseconds / HOUR} h` : `${milliseconds} ms`
}

const HOUR = 3_600_000
