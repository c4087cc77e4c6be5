import type { CompatibilityMode, EventTypeSchema, NewEventTypeSchema } from '@rioni/protocol'
import { diffSchemas } from './diff-schemas.ts'
import { evolveAvroSchema } from './evolve-avro-schema.ts'
import {
  type ChangeLevel,
  changeLevel,
  changeText,
  highestLevel,
  type SchemaChange,
  type SchemaChangeKind,
} from './schema-change.ts'
import { nextSchemaVersion } from './schema-version.ts'

/** A schema that is to follow another one. */
export interface SchemaUpdate {
  readonly original: Pick<EventTypeSchema, 'type' | 'schema' | 'version'>
  /** One that `checkSchema` accepts. */
  readonly updated: NewEventTypeSchema
  /** The mode that the event type has so far. It decides for JSON schemas. */
  readonly mode: CompatibilityMode
  /** The mode that it gets together with the schema. It decides for Avro schemas. @default mode */
  readonly updatedMode?: CompatibilityMode
}

/** Whether the schema may follow, and as which version. */
export type SchemaEvolution =
  | {
      readonly ok: true
      /** How much the schema changes; undefined when the old one stays, version and time included. */
      readonly level?: ChangeLevel
      /** The version from now on: the old one when nothing changes. */
      readonly version: string
      /** What changed between two JSON schemas; empty for others. */
      readonly changes: readonly SchemaChange[]
    }
  | {
      readonly ok: false
      /** The detail of the broker's 422. */
      readonly message: string
      readonly changes: readonly SchemaChange[]
    }

/**
 * Decides whether a schema may follow another one, and with which version. Section "Schema evolution" of
 * the Nakadi manual.
 *
 * - JSON after JSON: by their differences and the old mode. Texts that differ in nothing else make a patch.
 * - Avro after Avro: by the resolution rules of Avro and the new mode; any difference is major.
 * - Avro after JSON is always accepted as a major change, JSON after Avro never.
 */
export function evolveSchema(update: SchemaUpdate): SchemaEvolution {
  const { original, updated } = update
  if (original.type === 'json_schema' && updated.type === 'json_schema') return evolveJson(update)
  if (updated.type === 'json_schema') {
    return { ok: false, message: 'Cannot change from avro_schema to json_schema!', changes: [] }
  }
  if (original.type === 'json_schema') return accepted(update, 'major')
  const { changed, refusal: message } = evolveAvroSchema({
    original: original.schema,
    updated: updated.schema,
    mode: update.updatedMode ?? update.mode,
  })
  if (message !== undefined) return { ok: false, message, changes: [] }
  return accepted(update, changed ? 'major' : undefined)
}

function evolveJson(update: SchemaUpdate): SchemaEvolution {
  const { original, updated, mode } = update
  if (original.schema === updated.schema) return accepted(update, undefined)
  const changes = diffSchemas(original.schema, updated.schema)
  const refused = changes.filter((change) => !isAllowed(change, update))
  if (refused.length > 0) return { ok: false, message: refusal(refused), changes }
  return accepted(update, highestLevel(changes, mode) ?? 'patch', changes)
}

/** What a schema may change on the way from `forward` to `compatible`, be it major. */
const UPGRADE_CHANGES: ReadonlySet<SchemaChangeKind> = new Set<SchemaChangeKind>([
  'description-changed',
  'title-changed',
  'properties-added',
  'required-array-extended',
  'additional-properties-changed',
  'additional-items-changed',
])

function isAllowed({ kind }: SchemaChange, { mode, updatedMode }: SchemaUpdate): boolean {
  if (mode === 'none') return true
  if (mode === 'forward' && updatedMode === 'compatible') return UPGRADE_CHANGES.has(kind)
  return changeLevel(kind, mode) !== 'major'
}

function refusal(changes: readonly SchemaChange[]): string {
  return `Invalid schema: ${changes.map(({ kind, path }) => `${path}: ${changeText(kind)}`).join(', ')}`
}

function accepted(
  { original }: SchemaUpdate,
  level: ChangeLevel | undefined,
  changes: readonly SchemaChange[] = [],
): SchemaEvolution {
  if (level === undefined) return { ok: true, version: original.version, changes }
  return { ok: true, level, version: nextSchemaVersion(original.version, level), changes }
}
