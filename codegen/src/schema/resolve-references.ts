// `$ref` inside one document. Nothing here reads a file or the network: a reference that leaves the document is a
// problem of the schema, because a schema that anybody may register must not make the generator open things.

import { formatPointer, parseLocalReference, valueAt } from './json-pointer.ts'
import { isNode, KEPT_SCHEMAS, listedSchemas, type SchemaNode, subschemasOf } from './json-schema.ts'
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

interface Place {
  readonly path: readonly string[]
  readonly node: SchemaNode
}

/**
 * Finds and resolves every `$ref` below a schema whose depth has been checked. What is wrong in definitions that nothing
 * refers to is no problem: neither types nor the broker look at them.
 */
export function resolveReferences(root: SchemaNode): References {
  const targets = new Map<string, ReferenceTarget>()
  const problems: SchemaProblem[] = []
  const places = nodesBelow({ path: [], node: root })
  const reached = reachedNodes(root)
  for (const { path, node } of places) {
    if (!('$ref' in node)) continue
    const target = resolve(root, node['$ref'])
    if (typeof target === 'string') {
      if (!reached.has(node)) continue
      problems.push({
        pointer: formatPointer([...path, '$ref']),
        message: target,
        remedy: 'Copy what it refers to into "definitions" and refer to it as "#/definitions/...".',
      })
    } else targets.set(String(node['$ref']), target)
  }
  if (problems.length === 0) {
    problems.push(
      ...endlessSchemas(
        places.filter(({ node }) => reached.has(node)),
        targets,
      ),
    )
  }
  return { targets, problems }
}

function nodesBelow(place: Place): Place[] {
  return [
    place,
    ...subschemasOf(place.node).flatMap(({ path, schema }) =>
      isNode(schema) ? nodesBelow({ path: [...place.path, ...path], node: schema }) : [],
    ),
  ]
}

/** The nodes that the root leads to, by keywords and by references. */
function reachedNodes(root: SchemaNode): ReadonlySet<SchemaNode> {
  const reached = new Set<SchemaNode>([root])
  // A set that grows while it is walked is walked to its new end.
  for (const node of reached) {
    const target = '$ref' in node ? resolve(root, node['$ref']) : undefined
    if (typeof target === 'object') reached.add(target.schema)
    for (const { path, schema } of subschemasOf(node)) {
      if (isNode(schema) && !KEPT_SCHEMAS.includes(path[0] ?? '')) reached.add(schema)
    }
  }
  return reached
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

/**
 * Finds schemas that mean themselves and nothing else, such as `a: { $ref: b }, b: { $ref: a }`. Recursion is fine
 * once it passes through a property or an item; these never reach one, and no type can be written for them.
 */
function endlessSchemas(
  places: readonly Place[],
  targets: ReadonlyMap<string, ReferenceTarget>,
): SchemaProblem[] {
  const finished = new Set<SchemaNode>()
  const open = new Set<SchemaNode>()
  const isEndless = (node: SchemaNode): boolean => {
    if (open.has(node)) return true
    if (finished.has(node)) return false
    open.add(node)
    const endless = sameInstance(node, targets).some(isEndless)
    open.delete(node)
    finished.add(node)
    return endless
  }
  return places
    .filter(({ node }) => isEndless(node))
    .slice(0, 1)
    .map(({ path }) => ({
      pointer: formatPointer(path),
      message: 'the schema refers to itself without ever describing anything',
      remedy: 'Give one of the schemas in the circle properties or items of its own.',
    }))
}

/** The schemas that describe the same instance as a node does, instead of a part of it. */
function sameInstance(node: SchemaNode, targets: ReadonlyMap<string, ReferenceTarget>): SchemaNode[] {
  const target = targets.get(String(node['$ref']))
  const members = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listedSchemas(node, keyword) ?? [])
  return [...(target ? [target.schema] : []), ...members.filter(isNode)]
}
