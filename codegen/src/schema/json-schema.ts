// The little that every other file needs to know about JSON Schema: what a node is and where its sub-schemas sit.

/** A schema object: keywords to values. Nothing about the values is known yet. */
export type SchemaNode = Readonly<Record<string, unknown>>

/** A sub-schema and the way to it from its parent. */
export interface Subschema {
  readonly path: readonly string[]
  readonly schema: unknown
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

/** The keywords whose value may list schemas. */
export const LIST_KEYWORDS: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems']

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
  // Most nodes have none, and this is asked of all of them several times.
  if (!Object.keys(node).some((keyword) => SCHEMA_KEYWORDS.has(keyword))) return []
  return [
    ...MAP_KEYWORDS.flatMap((keyword) =>
      namedSchemas(node, keyword).map(([name, schema]) => ({ path: [keyword, name], schema })),
    ),
    ...LIST_KEYWORDS.flatMap((keyword) =>
      (listedSchemas(node, keyword) ?? []).map((schema, index) => ({
        path: [keyword, String(index)],
        schema,
      })),
    ),
    ...SINGLE_KEYWORDS.filter((keyword) => isNode(node[keyword])).map((keyword) => ({
      path: [keyword],
      schema: node[keyword],
    })),
  ].filter(({ schema }) => isNode(schema))
}

/** Whether something holds for a node or for one below it. */
export function someNode(node: SchemaNode, holds: (node: SchemaNode) => boolean): boolean {
  return holds(node) || subschemasOf(node).some(({ schema }) => isNode(schema) && someNode(schema, holds))
}

/** A copy of a node with other schemas directly below it. What only looks like a schema stays as it is. */
export function mapSubschemas(
  node: SchemaNode,
  replace: (schema: SchemaNode, path: readonly string[]) => unknown,
): SchemaNode {
  const map = (value: unknown, path: readonly string[]): unknown =>
    isNode(value) ? replace(value, path) : value
  return Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => {
      if (MAP_KEYWORDS.includes(keyword) && isNode(value)) {
        const entries = Object.entries(value).map(([name, schema]) => [name, map(schema, [keyword, name])])
        return [keyword, Object.fromEntries(entries)]
      }
      if (LIST_KEYWORDS.includes(keyword) && Array.isArray(value)) {
        return [keyword, value.map((schema, index) => map(schema, [keyword, String(index)]))]
      }
      return [keyword, SINGLE_KEYWORDS.includes(keyword) ? map(value, [keyword]) : value]
    }),
  )
}
