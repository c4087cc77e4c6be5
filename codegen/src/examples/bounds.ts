import type { SchemaNode } from '@rioni/event-types'

type LowerBound = 'minItems' | 'minLength' | 'minProperties' | 'minimum' | 'exclusiveMinimum'
type UpperBound = 'maxItems' | 'maxLength' | 'maxProperties' | 'maximum' | 'exclusiveMaximum'

/** The highest of the lower bounds that nodes set, and no lower than some number. */
export function highestOf(
  keyword: LowerBound | 'multipleOf',
  nodes: readonly SchemaNode[],
  least: number,
): number {
  let highest = least
  for (const node of nodes) highest = Math.max(highest, node[keyword] ?? least)
  return highest
}

/** The lowest of the upper bounds that nodes set; infinite when they set none. */
export function lowestOf(keyword: UpperBound, nodes: readonly SchemaNode[]): number {
  let lowest = Number.POSITIVE_INFINITY
  for (const node of nodes) lowest = Math.min(lowest, node[keyword] ?? lowest)
  return lowest
}
