import type { SchemaNode } from '../schema/json-schema.ts'
import type { Place, SchemaDifference } from './schema-difference.ts'

/** Two versions of one schema. */
export interface SchemaVersions {
  readonly before: SchemaNode
  readonly after: SchemaNode
  readonly place: Place
}

/** How the parts of two schemas are compared. */
export interface Comparison {
  /** Whether the newer schema permits nothing but what it names, whatever it says. */
  readonly isClosed: boolean
  /** Lists the differences of two schemas; a missing one permits everything. */
  compare(before: unknown, after: unknown, place: Place): SchemaDifference[]
}
