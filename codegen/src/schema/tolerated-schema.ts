// A schema that the broker refuses, without what it refuses. It accepts more than the schema says, never less.

import { loadSchema, SchemaError, TOOL_LIMITS } from '@rioni/event-types'
import { formatPointer } from './json-pointer.ts'
import { COMBINATORS, listedSchemas, mapSubschemas, type SchemaNode } from './json-schema.ts'

/** What remains of a schema, and the places of the keywords that do not. */
export interface ToleratedSchema {
  readonly schema: SchemaNode
  /** JSON pointers from the root. */
  readonly dropped: readonly string[]
}

/** Drops the keywords that the broker refuses on their own, and separates those that it refuses beside each other. */
export function toleratedSchema(root: SchemaNode): ToleratedSchema {
  const dropped: string[] = []
  const { $schema } = root
  const tolerate = (node: SchemaNode, path: readonly string[]): SchemaNode => {
    const copy = mapSubschemas(node, (child, at) => tolerate(child, [...path, ...at]))
    const refused = Object.keys(node).filter((keyword) => !isAccepted(keyword, node[keyword], $schema))
    dropped.push(...refused.map((keyword) => formatPointer([...path, keyword])))
    // Whatever has a pattern that is not known here must not be taken for an extra property.
    const lost = refused.includes('patternProperties') ? [...refused, 'additionalProperties'] : refused
    return separated(Object.fromEntries(Object.entries(copy).filter(([keyword]) => !lost.includes(keyword))))
  }
  return { schema: tolerate(root, []), dropped: dropped.sort() }
}

/** Whether the broker accepts a keyword by itself, whatever the schemas in it say. */
function isAccepted(keyword: string, value: unknown, $schema: unknown): boolean {
  if (keyword === '$ref' || keyword === '$schema') return true
  try {
    const alone = { ...typeFor(keyword), [keyword]: hollow(keyword, value) }
    loadSchema({ ...($schema === undefined ? {} : { $schema }), ...alone }, { limits: TOOL_LIMITS })
    return true
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}

/** Some keywords are read beside their type only. */
function typeFor(keyword: string): SchemaNode {
  if (keyword === 'pattern' || keyword === 'format' || keyword.endsWith('Length')) return { type: 'string' }
  return /inimum|aximum|multipleOf/.test(keyword) ? { type: 'number' } : {}
}

/** The value of a keyword with every schema in it replaced by the one that accepts everything. */
function hollow(keyword: string, value: unknown): unknown {
  return mapSubschemas({ [keyword]: value }, () => ({}))[keyword]
}

/** The broker takes one combinator per schema. Several mean that all of them hold, which `allOf` can say. */
function separated(node: SchemaNode): SchemaNode {
  const present = COMBINATORS.filter((keyword) => listedSchemas(node, keyword) !== undefined)
  if (present.length < 2) return node
  const others = Object.entries(node).filter(([keyword]) => !COMBINATORS.includes(keyword))
  const choices = present.flatMap((keyword) => (keyword === 'allOf' ? [] : [{ [keyword]: node[keyword] }]))
  return { ...Object.fromEntries(others), allOf: [...(listedSchemas(node, 'allOf') ?? []), ...choices] }
}
