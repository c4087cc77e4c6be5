// An event type as it was or is somewhere: in the lock file, in a definition, in the registry. Each of these knows a part
// of it, and only what both sides know is compared.

import { completeEventType } from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import type { LockedEventType } from '../lock/lock-file.ts'

type Known = 'category' | 'compatibility_mode'
type Nullable = 'audience' | 'event_owner_selector'

/** What is known of an event type at one place. */
export interface EventTypeSnapshot
  extends Partial<Omit<EventType, 'name' | 'schema' | Known | Nullable>>,
    Pick<EventType, Known>,
    Partial<Pick<NewEventType, Nullable>> {
  readonly schema: {
    readonly type: EventType['schema']['type']
    readonly schema: string
    /** Absent where nobody said it. */
    readonly version?: string
  }
}

/** Snapshots by the names of the event types. */
export type Snapshots = ReadonlyMap<string, EventTypeSnapshot>

/** What the lock file knows of an event type: what code was generated from. */
export function snapshotOfLocked({
  category,
  compatibilityMode,
  ...locked
}: LockedEventType): EventTypeSnapshot {
  const version = locked.version === undefined ? {} : { version: locked.version }
  return {
    category,
    compatibility_mode: compatibilityMode,
    schema: { type: 'json_schema', schema: locked.schema, ...version },
  }
}

/**
 * What a definition says. One that has the version of its schema was written by a registry and is complete; in any other,
 * what it leaves out is not known.
 */
export function snapshotOfDefinition(eventType: NewEventType, version?: string): EventTypeSnapshot {
  if (version !== undefined) return snapshotOfRegistered(completeEventType(eventType, 0), version)
  const { name: _, schema, compatibility_mode = 'forward', ...rest } = eventType
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)
  const { type, schema: text } = schema
  return {
    ...Object.fromEntries(given),
    category: eventType.category,
    compatibility_mode,
    schema: { type, schema: text },
  }
}

/** What a registry means that does not answer a field: registries are of many ages. */
const NOT_ANSWERED = {
  partition_key_fields: [],
  ordering_key_fields: [],
  ordering_instance_ids: [],
  default_statistic: null,
  authorization: null,
  annotations: {},
  labels: {},
} as const

/** What the registry answers, which is everything. */
export function snapshotOfRegistered(
  { name: _, schema, audience, event_owner_selector, ...rest }: EventType,
  version = schema.version,
): EventTypeSnapshot {
  return {
    ...NOT_ANSWERED,
    ...rest,
    audience: audience ?? null,
    event_owner_selector: event_owner_selector ?? null,
    schema: { type: schema.type, schema: schema.schema, version },
  }
}
