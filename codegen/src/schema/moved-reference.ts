// Where a reference leads once a schema of a later draft has been rewritten as one of draft 7.

import { formatLocalReference, formatPointer, parseLocalReference } from './json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from './json-schema.ts'
import { type KeywordStep, keywordSteps } from './keyword-steps.ts'
import { hasNeighbours, isAssertion } from './reference-neighbours.ts'

/**
 * The reference to where the schema that it leads to has moved; the same one when that stayed.
 *
 * @param root - the schema before it was rewritten
 */
export function movedReference(root: SchemaNode, reference: string): string {
  const path = parseLocalReference(reference)
  const steps = path && keywordSteps(root, path)
  if (path === undefined || steps === undefined) return reference
  const moved = steps.flatMap(movedSteps)
  return formatPointer(moved) === formatPointer(path) ? reference : formatLocalReference(moved)
}

/** The steps from a node to a schema below it, after both have been rewritten. */
function movedSteps(step: KeywordStep): readonly string[] {
  const { node, keyword, name } = step
  const renamed = renamedSteps(step)
  if (!hasNeighbours(node) || !isAssertion(keyword)) return renamed
  // Beside a reference, what a node says by itself is the second part of an `allOf`, and its own list follows.
  return keyword === 'allOf' ? ['allOf', String(Number(name) + 2)] : ['allOf', '1', ...renamed]
}

function renamedSteps({ node, keyword, name }: KeywordStep): readonly string[] {
  const isListed = listedSchemas(node, 'prefixItems') !== undefined
  if (keyword === 'items' && isListed) return ['additionalItems']
  if (name === undefined) return [keyword]
  if (keyword === 'prefixItems') return ['items', name]
  if (keyword !== 'dependentSchemas') return [keyword, name]
  const { dependentRequired } = node
  const isBoth = isNode(dependentRequired) && Object.hasOwn(dependentRequired, name)
  return ['dependencies', name, ...(isBoth ? ['allOf', '1'] : [])]
}
