// The little that every other file needs to know about JSON Schema: what a node is and where its sub-schemas sit.

import { setMember } from './set-member.ts'

/** A schema object: keywords to values. Nothing about the values is known yet. */
export type SchemaNode = Readonly<Record<string, unknown>>

/** A sub-schema and the way to it from its parent. */
export interface Subschema {
  readonly path: readonly string[]
  readonly schema: SchemaNode
}

/** True for a JSON object, which is what a schema with keywords is. */
export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The members of a keyword that maps names to schemas, such as `properties`; none when it is missing or malformed. */
export function namedSchemas(node: SchemaNode, keyword: string): [name: string, schema: unknown][] {
  const value = node[keyword]
  return isNode(value) ? Object.entries(value) : []
}

/** True when a keyword that maps names to schemas has any. */
export function hasNamedSchemas(node: SchemaNode, keyword: string): boolean {
  const value = node[keyword]
  return isNode(value) && Object.keys(value).length > 0
}

/** The members of a keyword that lists schemas, such as `allOf`; undefined when it is missing or malformed. */
export function listedSchemas(node: SchemaNode, keyword: string): readonly unknown[] | undefined {
  const value = node[keyword]
  return Array.isArray(value) ? value : undefined
}

/** The strings of a keyword such as `required`; none when it is missing or malformed. */
export function listedStrings(node: SchemaNode, keyword: string): string[] {
  return (listedSchemas(node, keyword) ?? []).filter((entry) => typeof entry === 'string')
}

/** The keywords that keep schemas for references to them, and apply none themselves. */
export const KEPT_SCHEMAS: readonly string[] = ['definitions', '$defs']

/** The keywords whose value maps names to schemas. */
export const MAP_KEYWORDS: readonly string[] = [
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependencies',
  'dependentSchemas',
]

/** The keywords that combine schemas for one value. */
export const COMBINATORS: readonly string[] = ['allOf', 'anyOf', 'oneOf']

/** The keywords whose value may list schemas. */
export const LIST_KEYWORDS: readonly string[] = [...COMBINATORS, 'items', 'prefixItems']

/** The keywords whose value may be a schema. */
export const SINGLE_KEYWORDS: readonly string[] = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]

const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([...MAP_KEYWORDS, ...LIST_KEYWORDS, ...SINGLE_KEYWORDS])

/**
 * The schemas directly below a node. Values that only look like schemas, such as those of `enum`, `default` and
 * `examples`, are not among them.
 */
export function subschemasOf(node: SchemaNode): Subschema[] {
  const found: Subschema[] = []
  eachSubschema(node, (schema, keyword, name) =>
    found.push({ path: name === undefined ? [keyword] : [keyword, name], schema }),
  )
  return found
}

/**
 * Visits the same schemas in the same order, for those who do not ask for their paths.
 *
 * @param visit - gets the keyword, and the name or the number where that has several schemas
 */
export function eachSubschema(
  node: SchemaNode,
  visit: (schema: SchemaNode, keyword: string, name?: string) => void,
): void {
  // Most nodes have none, and this is asked of all of them several times.
  if (!hasSchemas(node)) return
  for (const keyword of MAP_KEYWORDS) {
    const schemas = node[keyword]
    if (!isNode(schemas)) continue
    for (const name of Object.keys(schemas)) {
      const schema = schemas[name]
      if (isNode(schema)) visit(schema, keyword, name)
    }
  }
  for (const keyword of LIST_KEYWORDS) {
    listedSchemas(node, keyword)?.forEach((schema, index) => {
      if (isNode(schema)) visit(schema, keyword, String(index))
    })
  }
  for (const keyword of SINGLE_KEYWORDS) {
    const schema = node[keyword]
    if (isNode(schema)) visit(schema, keyword)
  }
}

function hasSchemas(node: SchemaNode): boolean {
  // This loop makes no list of the keywords. What comes from JSON inherits none.
  for (const keyword in node) if (SCHEMA_KEYWORDS.has(keyword)) return true
  return false
}

/** A node and all below it, by keywords alone. */
export function nodesBelow(node: SchemaNode): SchemaNode[] {
  const nodes: SchemaNode[] = []
  const enter = (each: SchemaNode): void => {
    nodes.push(each)
    eachSubschema(each, enter)
  }
  enter(node)
  return nodes
}

/** Whether something holds for a node or for one below it. */
export function someNode(node: SchemaNode, holds: (node: SchemaNode) => boolean): boolean {
  return holds(node) || subschemasOf(node).some(({ schema }) => someNode(schema, holds))
}

/** A copy of a node with other schemas directly below it. What only looks like a schema stays as it is. */
export function mapSubschemas(
  node: SchemaNode,
  replace: (schema: SchemaNode, path: readonly string[]) => unknown,
): SchemaNode {
  const mapValue = (keyword: string, value: unknown): unknown => {
    if (MAP_KEYWORDS.includes(keyword) && isNode(value)) {
      const schemas: Record<string, unknown> = {}
      for (const name of Object.keys(value)) {
        const schema = value[name]
        setMember(schemas, name, isNode(schema) ? replace(schema, [keyword, name]) : schema)
      }
      return schemas
    }
    if (LIST_KEYWORDS.includes(keyword) && Array.isArray(value)) {
      return value.map((schema, index) =>
        isNode(schema) ? replace(schema, [keyword, String(index)]) : schema,
      )
    }
    return SINGLE_KEYWORDS.includes(keyword) && isNode(value) ? replace(value, [keyword]) : value
  }
  const copy: Record<string, unknown> = {}
  for (const keyword of Object.keys(node)) {
    const value = node[keyword]
    setMember(copy, keyword, SCHEMA_KEYWORDS.has(keyword) ? mapValue(keyword, value) : value)
  }
  return copy
}
