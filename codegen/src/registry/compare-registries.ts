// Sets of event types: the lock file against definitions, and either against the registry.

import { compareEventTypes, type EventTypeComparison } from './compare-event-types.ts'
import type { Role } from './event-type-change.ts'
import type { EventTypeSnapshot, Snapshots } from './event-type-snapshot.ts'

/** What became of one event type between two places. */
export interface EventTypeMove extends EventTypeComparison {
  readonly eventType: string
  readonly status: 'changed' | 'missing' | 'new'
  /** The versions of the schema, where they are known. */
  readonly fromVersion?: string
  readonly toVersion?: string
}

/** Lists the event types that differ, by name. One that is missing on the newer side breaks everybody who uses it. */
export function compareRegistries(before: Snapshots, after: Snapshots): EventTypeMove[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap((eventType): EventTypeMove[] => {
    const [old, now] = [before.get(eventType), after.get(eventType)]
    const versions = versionsOf(old, now)
    if (old === undefined) return [{ eventType, status: 'new', changes: [], ...versions }]
    if (now === undefined) return [{ eventType, status: 'missing', changes: [MISSING], ...versions }]
    const comparison = compareEventTypes(old, now)
    if (comparison.changes.length === 0) return []
    return [{ eventType, status: 'changed', ...comparison, ...versions }]
  })
}

const MISSING = {
  kind: 'event-type-missing',
  pointer: '',
  text: 'the event type is not there',
  breaks: ['consumer', 'producer'],
} as const

/** Whether any of the moves breaks one of these roles. */
export function breaksAny(moves: readonly EventTypeMove[], roles: readonly Role[]): boolean {
  return moves.some(({ changes }) =>
    changes.some(({ breaks }) => breaks.some((role) => roles.includes(role))),
  )
}

function versionsOf(
  old: EventTypeSnapshot | undefined,
  now: EventTypeSnapshot | undefined,
): Pick<EventTypeMove, 'fromVersion' | 'toVersion'> {
  const [from, to] = [old?.schema.version, now?.schema.version]
  return {
    ...(from === undefined ? {} : { fromVersion: from }),
    ...(to === undefined ? {} : { toVersion: to }),
  }
}
