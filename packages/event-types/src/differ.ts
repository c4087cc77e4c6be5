import type { JsonObject } from './json-value.ts'
import type { SchemaChangeKind } from './schema-change.ts'

/**
 * A place in a schema: a name in the place above it. The root is undefined. Places share what is above them, for
 * definitions that refer to the next one make paths of thousands of names.
 */
export type SchemaPath = { readonly above: SchemaPath; readonly name: string } | undefined

/** The place that names lead to from another one. */
export function below(path: SchemaPath, ...names: readonly string[]): SchemaPath {
  return names.reduce<SchemaPath>((above, name) => ({ above, name }), path)
}

/** A place as changes tell it: `#/` for the root, `#/properties/x` for what is below. */
export function pathText(path: SchemaPath): string {
  const names: string[] = []
  for (let place = path; place !== undefined; place = place.above) names.push(place.name)
  return `#/${names.reverse().join('/')}`
}

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
