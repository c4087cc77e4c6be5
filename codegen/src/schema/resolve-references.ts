// `$ref` inside one document. Nothing here reads a file or the network: a reference that leaves the document is a
// problem of the schema, because a schema that anybody may register must not make the generator open things.

import { formatPointer, parseLocalReference, valueAt } from './json-pointer.ts'
import {
  COMBINATORS,
  eachSubschema,
  isNode,
  KEPT_SCHEMAS,
  listedSchemas,
  nodesBelow,
  type SchemaNode,
  subschemasOf,
} from './json-schema.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** A schema that some `$ref` leads to, and the path of it from the root. */
export interface ReferenceTarget {
  readonly path: readonly string[]
  readonly schema: SchemaNode
}

/** Every reference of a schema, by its own text. */
export interface References {
  readonly targets: ReadonlyMap<string, ReferenceTarget>
  readonly problems: readonly SchemaProblem[]
}

/**
 * Finds and resolves every `$ref` below a schema whose depth has been checked. What is wrong in definitions that nothing
 * refers to is no problem: neither types nor the broker look at them.
 */
export function resolveReferences(root: SchemaNode): References {
  const nodes = nodesBelow(root)
  const resolved = new Map<unknown, ReferenceTarget | string>()
  for (const { $ref } of nodes)
    if ($ref !== undefined && !resolved.has($ref)) resolved.set($ref, resolve(root, $ref))
  const targets = new Map<string, ReferenceTarget>()
  const messages = new Map<unknown, string>()
  for (const [$ref, target] of resolved) {
    if (typeof target === 'string') messages.set($ref, target)
    else targets.set(String($ref), target)
  }
  if (messages.size === 0 && !nodes.some(endlessness(targets))) return { targets, problems: [] }
  const places = reachedPlaces(root)
  const broken = places.flatMap((place) => brokenReference(place, messages))
  return { targets, problems: broken.length > 0 ? broken : endlessSchemas(places, targets) }
}

interface Place {
  readonly path: readonly string[]
  readonly node: SchemaNode
}

/** The nodes that the root leads to, by keywords and by references. */
function reachedPlaces(root: SchemaNode): Place[] {
  const reached = reachedNodes(root)
  return placesBelow({ path: [], node: root }).filter(({ node }) => reached.has(node))
}

function placesBelow(place: Place): Place[] {
  const inner = subschemasOf(place.node).flatMap(({ path, schema }) =>
    placesBelow({ path: [...place.path, ...path], node: schema }),
  )
  return [place, ...inner]
}

function reachedNodes(root: SchemaNode): ReadonlySet<SchemaNode> {
  const reached = new Set<SchemaNode>([root])
  // A set that grows while it is walked is walked to its new end.
  for (const node of reached) {
    const target = '$ref' in node ? resolve(root, node['$ref']) : undefined
    if (typeof target === 'object') reached.add(target.schema)
    eachSubschema(node, (schema, keyword) => {
      if (!KEPT_SCHEMAS.includes(keyword)) reached.add(schema)
    })
  }
  return reached
}

function brokenReference({ path, node }: Place, messages: ReadonlyMap<unknown, string>): SchemaProblem[] {
  const message = messages.get(node['$ref'])
  if (message === undefined) return []
  return [
    {
      pointer: formatPointer([...path, '$ref']),
      message,
      remedy: 'Copy what it refers to into "definitions" and refer to it as "#/definitions/...".',
    },
  ]
}

/** The target, or a message that says why there is none. */
function resolve(root: SchemaNode, reference: unknown): ReferenceTarget | string {
  if (typeof reference !== 'string') return '"$ref" is not a string'
  const path = parseLocalReference(reference)
  if (path === undefined) return `the reference ${JSON.stringify(reference)} leaves the document`
  const schema = valueAt(root, path)
  if (schema === undefined) return `the reference ${JSON.stringify(reference)} leads nowhere`
  if (typeof schema === 'boolean') return { path, schema: schema ? {} : { not: {} } }
  if (!isNode(schema)) return `the reference ${JSON.stringify(reference)} does not lead to a schema`
  return { path, schema }
}

/** Finds the first of the schemas that mean themselves and nothing else. */
function endlessSchemas(
  places: readonly Place[],
  targets: ReadonlyMap<string, ReferenceTarget>,
): SchemaProblem[] {
  const isEndless = endlessness(targets)
  return places
    .filter(({ node }) => isEndless(node))
    .slice(0, 1)
    .map(({ path }) => ({
      pointer: formatPointer(path),
      message: 'the schema refers to itself without ever describing anything',
      remedy: 'Give one of the schemas in the circle properties or items of its own.',
    }))
}

/**
 * Whether a schema means itself and nothing else, such as `a: { $ref: b }, b: { $ref: a }`. Recursion is fine
 * once it passes through a property or an item; these never reach one, and no type can be written for them.
 */
function endlessness(targets: ReadonlyMap<string, ReferenceTarget>): (node: SchemaNode) => boolean {
  const finished = new Set<SchemaNode>()
  const open = new Set<SchemaNode>()
  const isEndless = (node: SchemaNode): boolean => {
    // Most schemas describe their instance by themselves.
    if (!SAME_INSTANCE.some((keyword) => keyword in node)) return false
    if (open.has(node)) return true
    if (finished.has(node)) return false
    open.add(node)
    const endless = sameInstance(node, targets).some(isEndless)
    open.delete(node)
    finished.add(node)
    return endless
  }
  return isEndless
}

const SAME_INSTANCE = ['$ref', ...COMBINATORS]

/** The schemas that describe the same instance as a node does, instead of a part of it. */
function sameInstance(node: SchemaNode, targets: ReadonlyMap<string, ReferenceTarget>): SchemaNode[] {
  const target = targets.get(String(node['$ref']))
  const members = COMBINATORS.flatMap((keyword) => listedSchemas(node, keyword) ?? [])
  return [...(target ? [target.schema] : []), ...members.filter(isNode)]
}
