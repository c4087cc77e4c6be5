import type { ChangeLevel } from '@rioni/event-types'
import type { SchemaEffect } from './schema-difference.ts'

/** A side of an event type. */
export type Role = 'consumer' | 'producer'

/** One thing that is different about an event type. */
export interface EventTypeChange {
  /** A stable word for it, such as `property-added`. */
  readonly kind: string
  /** JSON pointer into the definition with its schema as an object: `/schema/schema/properties/note`. */
  readonly pointer: string
  /** How much it moves the version of the schema, by the broker's rules. Absent for what is no part of the schema. */
  readonly level?: ChangeLevel
  /** What it is, in the language of events: "adds optional `note`". */
  readonly text: string
  /** Who may fail because of it; nobody when empty. */
  readonly breaks: readonly Role[]
}

/**
 * Whom a difference of schemas breaks. Consumers fail at events that they could not expect, producers at a broker that
 * refuses what it accepted.
 */
export const BROKEN_BY: Readonly<Record<SchemaEffect, readonly Role[]>> = {
  none: [],
  widens: ['consumer'],
  narrows: ['producer'],
  changes: ['consumer', 'producer'],
}

/** Says in a word or two whom a change breaks: "compatible", "breaks consumers". */
export function verdictText({ breaks }: Pick<EventTypeChange, 'breaks'>): string {
  return breaks.length === 0 ? 'compatible' : `breaks ${breaks.map((role) => `${role}s`).join(' and ')}`
}
