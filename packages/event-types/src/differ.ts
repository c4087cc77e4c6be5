import type { JsonObject } from './json-value.ts'
import type { SchemaChangeKind } from './schema-change.ts'

/** The names that lead from the root of the schema to a place in it. */
export type SchemaPath = readonly string[]

/** Two versions of a schema, both of one kind, and where they stand. */
export interface SchemaPair {
  readonly original: JsonObject
  readonly updated: JsonObject
  readonly path: SchemaPath
}

/** What comparing the keywords of one kind needs of the whole. */
export interface Differ {
  report(kind: SchemaChangeKind, path: SchemaPath): void
  /** Compares two schemas inside those at hand. Either may be absent (undefined), which is a change too. */
  diff(original: unknown, updated: unknown, path: SchemaPath): void
}
