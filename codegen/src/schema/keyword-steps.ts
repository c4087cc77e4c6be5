// A path through a schema, keyword by keyword.

import { valueAt } from './json-pointer.ts'
import { isNode, LIST_KEYWORDS, MAP_KEYWORDS, type SchemaNode, SINGLE_KEYWORDS } from './json-schema.ts'

/** One keyword on the way, and the name or the number of what it leads to where it has several schemas. */
export interface KeywordStep {
  readonly node: SchemaNode
  readonly keyword: string
  readonly name?: string
}

/** The keywords along a path from a schema; undefined when something else than a keyword of schemas is on the way. */
export function keywordSteps(root: SchemaNode, path: readonly string[]): readonly KeywordStep[] | undefined {
  const steps: KeywordStep[] = []
  let node: unknown = root
  for (let index = 0; index < path.length; ) {
    const [keyword = '', name] = path.slice(index, index + 2)
    const length = isNode(node) ? stepLength(keyword, node[keyword]) : 0
    if (!isNode(node) || length === 0) return undefined
    steps.push({ node, keyword, ...(length === 2 && name !== undefined ? { name } : {}) })
    node = valueAt(node, path.slice(index, index + length))
    index += length
  }
  return steps
}

/** The segments of a path that lead through a keyword to a schema; none when the keyword has no schema. */
function stepLength(keyword: string, value: unknown): 0 | 1 | 2 {
  if (MAP_KEYWORDS.includes(keyword) && isNode(value)) return 2
  if (LIST_KEYWORDS.includes(keyword) && Array.isArray(value)) return 2
  return SINGLE_KEYWORDS.includes(keyword) ? 1 : 0
}
