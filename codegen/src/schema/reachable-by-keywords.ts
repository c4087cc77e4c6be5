// References may lead anywhere in a document: to `/parts/size` where nothing but a reference says that this is a schema.
// Whoever walks a schema by its keywords never comes there. So what such references lead to moves into the definitions.

import { createNamePool } from '../words.ts'
import { formatLocalReference, formatPointer, parseLocalReference, valueAt } from './json-pointer.ts'
import { isNode, mapSubschemas, nodesBelow, type SchemaNode } from './json-schema.ts'
import { keywordSteps } from './keyword-steps.ts'
import { withDefinitions } from './with-definitions.ts'

/** A schema in which every reference leads to a place that keywords lead to. */
export interface ReachableSchema {
  /** The same schema as before when it is like that. */
  readonly schema: SchemaNode
  /** The JSON pointer to where something was before that is at another one now. */
  placeBefore(pointer: string): string
}

/** Moves what only references lead to into the definitions. */
export function reachableByKeywords(root: SchemaNode): ReachableSchema {
  const references = new Set(nodesBelow(root).map(({ $ref }) => $ref))
  const isReachable = [...references].every(($ref) => placeBeside(root, $ref) === undefined)
  if (isReachable) return { schema: root, placeBefore: (pointer) => pointer }
  const moving: Moving = {
    root,
    names: new Map(),
    pool: createNamePool(Object.keys(isNode(root['definitions']) ? root['definitions'] : {})),
    pending: [],
  }
  const copy = withReferences(moving, root)
  const definitions: [string, unknown][] = []
  // Copying one definition finds others, which join the end of the list.
  for (const { name, schema } of moving.pending) {
    definitions.push([name, isNode(schema) ? withReferences(moving, schema) : schema])
  }
  const moved = [...moving.names].map(([before, name]) => ({
    before,
    now: formatPointer(['definitions', name]),
  }))
  const placeBefore = (pointer: string): string => {
    const place = moved.find(({ now }) => pointer === now || pointer.startsWith(`${now}/`))
    return place === undefined ? pointer : `${place.before}${pointer.slice(place.now.length)}`
  }
  return { schema: withDefinitions(copy, definitions), placeBefore }
}

/** Where a reference leads if a schema is there that keywords do not lead to. */
function placeBeside(root: SchemaNode, $ref: unknown): readonly string[] | undefined {
  const path = typeof $ref === 'string' ? parseLocalReference($ref) : undefined
  if (path === undefined || keywordSteps(root, path) !== undefined) return undefined
  const schema = valueAt(root, path)
  return isNode(schema) || typeof schema === 'boolean' ? path : undefined
}

interface Moving {
  readonly root: SchemaNode
  /** Names of the new definitions by the pointers to where they were. */
  readonly names: Map<string, string>
  readonly pool: { take(name: string): string }
  readonly pending: { readonly name: string; readonly schema: unknown }[]
}

function withReferences(moving: Moving, node: SchemaNode): SchemaNode {
  const copy = mapSubschemas(node, (child) => withReferences(moving, child))
  const path = placeBeside(moving.root, node['$ref'])
  if (path === undefined) return copy
  const schema = valueAt(moving.root, path)
  const pointer = formatPointer(path)
  const name = moving.names.get(pointer) ?? moving.pool.take(path.at(-1) ?? 'part')
  if (!moving.names.has(pointer)) moving.pending.push({ name, schema })
  moving.names.set(pointer, name)
  return { ...copy, $ref: formatLocalReference(['definitions', name]) }
}
