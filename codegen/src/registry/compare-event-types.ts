// Two snapshots of one event type: everything that is different, with the broker's level and whom it breaks.

import {
  type ChangeLevel,
  canonicalText,
  changeLevel,
  changeText,
  diffSchemas,
  evolveSchema,
  type SchemaChange,
  SchemaError,
} from '@rioni/event-types'
import type { CompatibilityMode } from '@rioni/protocol'
import { compareDefinitions } from './compare-definitions.ts'
import { compareSchemas } from './compare-schemas.ts'
import { BROKEN_BY, type EventTypeChange } from './event-type-change.ts'
import type { EventTypeSnapshot } from './event-type-snapshot.ts'
import type { SchemaDifference } from './schema-difference.ts'

/** Everything that is different about one event type. */
export interface EventTypeComparison {
  readonly changes: readonly EventTypeChange[]
  /** Why the broker would refuse the newer schema after the older one; absent when it would not. */
  readonly refusal?: string
}

const SCHEMA_POINTER = '/schema/schema'

/** Compares two snapshots; the order of keys and layout of schemas do not count. */
export function compareEventTypes(before: EventTypeSnapshot, after: EventTypeSnapshot): EventTypeComparison {
  const definition = compareDefinitions(before, after)
  if (before.schema.type !== 'json_schema' || after.schema.type !== 'json_schema') {
    return { changes: [...definition, ...compareLanguages(before, after)] }
  }
  const differences = compareSchemas(versionOf(before), versionOf(after))
  if (differences.length === 0 && isSameContent(before, after)) return { changes: definition }
  if (differences.length === 0) return { changes: [...definition, REWRITTEN] }
  const mode = before.compatibility_mode
  const seen = changesSeenByBroker(before.schema.schema, after.schema.schema)
  const explained = new Set<SchemaChange>()
  const changes = differences.map((difference): EventTypeChange => {
    const related = relatedTo(difference, seen)
    for (const change of related) explained.add(change)
    return toChange(difference, highest(related, mode))
  })
  const others = seen.filter((change) => !explained.has(change)).map((change) => toBrokerChange(change, mode))
  return { changes: [...definition, ...changes, ...others], ...refusalOf(before, after) }
}

/** What neither an event nor the broker's rules notice is a new version all the same. */
const REWRITTEN: EventTypeChange = {
  kind: 'schema-rewritten',
  pointer: SCHEMA_POINTER,
  level: 'patch',
  text: 'writes the schema in another way',
  breaks: [],
}

function isSameContent({ schema: before }: EventTypeSnapshot, { schema: after }: EventTypeSnapshot): boolean {
  if (before.schema === after.schema) return true
  try {
    const [old, now] = [before, after].map(({ schema }) => JSON.parse(schema, sortSets))
    return canonicalText(old) === canonicalText(now)
  } catch {
    return false
  }
}

/** Keywords whose lists are sets: their order says nothing. */
const SETS: ReadonlySet<string> = new Set(['required', 'enum', 'type'])

function sortSets(key: string, value: unknown): unknown {
  if (!SETS.has(key) || !Array.isArray(value)) return value
  return value.toSorted((left, right) => (canonicalText(left) < canonicalText(right) ? -1 : 1))
}

function versionOf({ schema, compatibility_mode }: EventTypeSnapshot) {
  return { schema: schema.schema, compatibilityMode: compatibility_mode }
}

/** Schemas in Avro, or in another language than before. Only that they differ can be told. */
function compareLanguages(
  { schema: before }: EventTypeSnapshot,
  { schema: after }: EventTypeSnapshot,
): EventTypeChange[] {
  if (before.type === after.type && before.schema === after.schema) return []
  const text =
    before.type === after.type
      ? 'changes the Avro schema'
      : `changes the schema from ${before.type} to ${after.type}`
  return [{ kind: 'schema-changed', pointer: '/schema', level: 'major', text, breaks: BROKEN_BY.changes }]
}

function changesSeenByBroker(before: string, after: string): readonly SeenChange[] {
  try {
    return diffSchemas(before, after).map((change) => ({
      ...change,
      inside: change.path === '#/' ? '#/' : `${change.path}/`,
    }))
  } catch (error) {
    if (error instanceof SchemaError) return []
    throw error
  }
}

/** A change as the broker reports it, with the beginning of every place below it. */
interface SeenChange extends SchemaChange {
  readonly inside: string
}

/** The broker reports a change at the keyword, at the schema that has it, or at all new properties together. */
function relatedTo(
  { kind, seenAt: [place = '', ...others] }: SchemaDifference,
  seen: readonly SeenChange[],
): SeenChange[] {
  const below = `${place}/`
  return seen.filter((change) => {
    const { path, inside } = change
    if (others.includes(path) || place === path || path.startsWith(below)) return true
    if (!place.startsWith(inside)) return false
    if (change.kind === 'properties-added') {
      return kind.endsWith('property-added') && !place.slice(inside.length).includes('/')
    }
    return change.kind !== 'title-changed' && change.kind !== 'description-changed'
  })
}

function highest(changes: readonly SchemaChange[], mode: CompatibilityMode): ChangeLevel {
  const levels = changes.map(({ kind }) => changeLevel(kind, mode))
  // What the broker does not look at makes another text all the same, and that is a patch.
  return (['major', 'minor'] as const).find((level) => levels.includes(level)) ?? 'patch'
}

function toChange({ kind, pointer, text, effect }: SchemaDifference, level: ChangeLevel): EventTypeChange {
  return { kind, pointer: `${SCHEMA_POINTER}${pointer}`, level, text, breaks: BROKEN_BY[effect] }
}

/** What the broker alone tells apart means the same to events. */
function toBrokerChange({ kind, path }: SchemaChange, mode: CompatibilityMode): EventTypeChange {
  return {
    kind,
    pointer: `${SCHEMA_POINTER}${path === '#/' ? '' : path.slice(1)}`,
    level: changeLevel(kind, mode),
    text: `writes the schema in another way (${changeText(kind)})`,
    breaks: [],
  }
}

function refusalOf(before: EventTypeSnapshot, after: EventTypeSnapshot): { readonly refusal?: string } {
  try {
    const evolution = evolveSchema({
      original: { version: '1.0.0', ...before.schema },
      updated: after.schema,
      mode: before.compatibility_mode,
      updatedMode: after.compatibility_mode,
    })
    return evolution.ok ? {} : { refusal: evolution.message }
  } catch (error) {
    if (error instanceof SchemaError) return { refusal: error.message }
    throw error
  }
}
