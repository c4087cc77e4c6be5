// What stands beside a `$ref`: up to draft 7 it is ignored, later on both hold.

import type { SchemaNode } from './json-schema.ts'

/** Keywords that may stand beside a reference without saying anything about the value. */
const NEUTRAL = [
  '$comment',
  '$defs',
  '$id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$schema',
  'definitions',
  'deprecated',
  'description',
  'title',
]

/** Whether a keyword says something about the value. */
export function isAssertion(keyword: string): boolean {
  return keyword !== '$ref' && !NEUTRAL.includes(keyword)
}

/** Whether a node has a reference and something beside it that up to draft 7 has to stand apart. */
export function hasNeighbours(node: SchemaNode): boolean {
  if (node['$ref'] === undefined) return false
  return '$defs' in node || 'definitions' in node || Object.keys(node).some(isAssertion)
}

/** The node of a later draft in the words of draft 7: the reference first, its neighbours second, then what they list. */
export function referenceAmongOthers(node: SchemaNode): SchemaNode {
  if (!hasNeighbours(node)) return node
  const { $ref, ...others } = node
  const entries = Object.entries(others)
  const neutral = Object.fromEntries(entries.filter(([keyword]) => !isAssertion(keyword)))
  const { allOf = [], ...rest } = Object.fromEntries(entries.filter(([keyword]) => isAssertion(keyword)))
  return { ...neutral, allOf: [{ $ref }, rest, ...(Array.isArray(allOf) ? allOf : [])] }
}
