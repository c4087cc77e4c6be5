// Schemas added to the definitions of another.

import { isNode, type SchemaNode } from './json-schema.ts'

/** A copy of a schema with more definitions, each with its name, which is none of those that are there. */
export function withDefinitions(
  schema: SchemaNode,
  added: readonly (readonly [name: string, schema: unknown])[],
): SchemaNode {
  if (added.length === 0) return schema
  const existing = isNode(schema['definitions']) ? Object.entries(schema['definitions']) : []
  // Before draft 2019-09, keywords beside a reference count for nothing, and so would the definitions.
  const { $ref, ...others } = schema
  const body = $ref === undefined ? schema : { ...others, allOf: [{ $ref }] }
  return { ...body, definitions: Object.fromEntries([...existing, ...added]) }
}
