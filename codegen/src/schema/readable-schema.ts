// A schema as the broker can read it. Public schemas often name a meta-schema that it does not know, or use keywords of
// later drafts. The broker would refuse them; types and validators are of use all the same, so they are made from the
// nearest schema that it would take, and what was changed is said. Where the drafts differ the result accepts more.

import { DRAFT_7 } from './draft-7.ts'
import { isNode, listedSchemas, listedStrings, mapSubschemas, type SchemaNode } from './json-schema.ts'
import { movedReference } from './moved-reference.ts'
import { referenceAmongOthers } from './reference-neighbours.ts'
import type { SchemaProblem } from './schema-problem.ts'
import { withStaticReferences } from './static-references.ts'

/** A schema that the broker can read, and what had to be changed for it. */
export interface ReadableSchema {
  readonly schema: SchemaNode
  readonly remarks: readonly SchemaProblem[]
}

/** The drafts that the broker knows. Without `$schema` it assumes the oldest. */
const KNOWN = /^http:\/\/json-schema\.org\/draft-0[467]\/schema/

/** Drafts that the broker does not know, in which `prefixItems`, `$defs` and neighbours of `$ref` have a meaning. */
const LATER = /\/(2019-09|2020-12|next)\//

/** Keywords that no schema of draft 7 can replace. Without them more is accepted. */
const UNTRANSLATABLE = [
  'maxContains',
  'minContains',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
  '$recursiveRef',
] as const

/** Reads a schema whose depth has been checked. The same schema comes back when it can be read as it is. */
export function readableSchema(schema: SchemaNode): ReadableSchema {
  const dialect = schema['$schema']
  if (dialect === undefined) return { schema, remarks: [] }
  const text = String(dialect)
  if (KNOWN.test(text)) return { schema, remarks: [] }
  const found = new Set<string>()
  const isLater = LATER.test(text)
  const root = isLater ? withStaticReferences(schema) : schema
  const rewritten = { ...rewriteNode(root, { root, isLater, found }), $schema: DRAFT_7 }
  const lost = [...found].sort()
  const remark = {
    pointer: '/$schema',
    message: `the broker knows no meta-schema ${JSON.stringify(text)} and would refuse the schema; it is read as one of draft 7${
      lost.length === 0 ? '' : `, without ${lost.join(', ')}`
    }`,
    remedy: `Write the schema in draft 7 and say so: "$schema": "${DRAFT_7}".`,
  }
  return { schema: rewritten, remarks: [remark] }
}

interface Rewriting {
  readonly root: SchemaNode
  readonly isLater: boolean
  /** Keywords that were met and cannot be translated. */
  readonly found: Set<string>
}

function rewriteNode(node: SchemaNode, rewriting: Rewriting): SchemaNode {
  for (const keyword of UNTRANSLATABLE) if (keyword in node) rewriting.found.add(keyword)
  const copy = withNumericBounds(mapSubschemas(node, (child) => rewriteNode(child, rewriting)))
  if (!rewriting.isLater) return copy
  const { $ref } = copy
  const referring = typeof $ref === 'string' ? { ...copy, $ref: movedReference(rewriting.root, $ref) } : copy
  return referenceAmongOthers(dependenciesInOne(itemsInOrder(containsAny(referring))))
}

/** `contains` used to ask for one such item at least; with `minContains: 0` it asks for none. */
function containsAny(node: SchemaNode): SchemaNode {
  if (node['minContains'] !== 0) return node
  const { contains: _, ...rest } = node
  return rest
}

/** Draft 4 writes `exclusiveMinimum: true` beside `minimum`. */
function withNumericBounds(node: SchemaNode): SchemaNode {
  return ['Minimum', 'Maximum'].reduce((current, bound) => {
    const { [`exclusive${bound}`]: exclusive, ...rest } = current
    if (typeof exclusive !== 'boolean') return current
    const { [bound.toLowerCase()]: limit, ...others } = rest
    return exclusive && typeof limit === 'number' ? { ...others, [`exclusive${bound}`]: limit } : rest
  }, node)
}

/** `prefixItems` used to be an array in `items`, and `items` beside it was `additionalItems`. */
export function itemsInOrder(node: SchemaNode): SchemaNode {
  const prefix = listedSchemas(node, 'prefixItems')
  if (prefix === undefined) return node
  const { prefixItems: _, items, ...rest } = node
  return { ...rest, items: prefix, ...(items === undefined ? {} : { additionalItems: items }) }
}

/** `dependentRequired` and `dependentSchemas` used to be `dependencies`. */
function dependenciesInOne(node: SchemaNode): SchemaNode {
  const { dependentRequired, dependentSchemas, ...rest } = node
  const required = isNode(dependentRequired) ? dependentRequired : {}
  const schemas = isNode(dependentSchemas) ? dependentSchemas : {}
  const names = [...new Set([...Object.keys(required), ...Object.keys(schemas)])]
  if (names.length === 0) return rest
  const dependencies = names.map((name): [string, unknown] => {
    const needed = Object.hasOwn(required, name) ? { required: listedStrings(required, name) } : undefined
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    return [
      name,
      needed === undefined || schema === undefined ? (schema ?? needed) : { allOf: [needed, schema] },
    ]
  })
  return { ...rest, dependencies: Object.fromEntries(dependencies) }
}
