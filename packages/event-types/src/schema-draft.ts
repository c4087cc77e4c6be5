import type { JsonObject } from './json-value.ts'
import { ownValue } from './json-value.ts'
import { SchemaError } from './schema-error.ts'

/** The version of JSON Schema that a schema is written in. */
export type Draft = 4 | 6 | 7

const META_SCHEMAS: ReadonlyMap<string, Draft> = new Map([
  ['http://json-schema.org/draft-04/schema', 4],
  ['http://json-schema.org/draft-06/schema', 6],
  ['http://json-schema.org/draft-07/schema', 7],
])

/**
 * The draft that the root of a schema declares with `$schema`; draft-04 when it declares none.
 *
 * @throws SchemaError when `$schema` names anything else.
 */
export function draftOf(schema: JsonObject): Draft {
  const url = ownValue(schema, '$schema')
  if (url === undefined) return 4
  for (const [prefix, draft] of META_SCHEMAS) {
    if (typeof url === 'string' && url.startsWith(prefix)) return draft
  }
  throw new SchemaError(`could not determine schema version: no meta-schema is known with URL [${url}]`)
}
