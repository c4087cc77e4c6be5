// Where a reference leads once a schema of a later draft has been rewritten as one of draft 7.

import { formatLocalReference, formatPointer, parseLocalReference, valueAt } from './json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from './json-schema.ts'
import { stepsOver } from './reachable-by-keywords.ts'
import { hasNeighbours, isAssertion } from './reference-neighbours.ts'

/**
 * The reference to where the schema that it leads to has moved; the same one when that stayed.
 *
 * @param root - the schema before it was rewritten
 */
export function movedReference(root: SchemaNode, reference: string): string {
  const path = parseLocalReference(reference)
  if (path === undefined) return reference
  const moved: string[] = []
  let node: unknown = root
  for (let index = 0; index < path.length; ) {
    const keyword = path[index] ?? ''
    const steps = isNode(node) ? stepsOver(keyword, node[keyword]) : 0
    if (!isNode(node) || steps === 0) return reference
    const name = steps === 2 ? path[index + 1] : undefined
    moved.push(...movedSteps(node, keyword, name))
    node = valueAt(node, path.slice(index, index + steps))
    index += steps
  }
  return formatPointer(moved) === formatPointer(path) ? reference : formatLocalReference(moved)
}

/** The steps from a node to a schema below it, after both have been rewritten. */
function movedSteps(node: SchemaNode, keyword: string, name: string | undefined): readonly string[] {
  const renamed = renamedSteps(node, keyword, name)
  if (!hasNeighbours(node) || !isAssertion(keyword)) return renamed
  // Beside a reference, what a node says by itself is the second part of an `allOf`, and its own list follows.
  return keyword === 'allOf' ? ['allOf', String(Number(name) + 2)] : ['allOf', '1', ...renamed]
}

function renamedSteps(node: SchemaNode, keyword: string, name: string | undefined): readonly string[] {
  const isListed = listedSchemas(node, 'prefixItems') !== undefined
  if (keyword === 'items' && isListed) return ['additionalItems']
  if (name === undefined) return [keyword]
  if (keyword === 'prefixItems') return ['items', name]
  if (keyword !== 'dependentSchemas') return [keyword, name]
  const { dependentRequired } = node
  const isBoth = isNode(dependentRequired) && Object.hasOwn(dependentRequired, name)
  return ['dependencies', name, ...(isBoth ? ['allOf', '1'] : [])]
}
