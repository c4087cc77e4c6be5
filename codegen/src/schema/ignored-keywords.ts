// Keywords that are meant and that nobody checks. A schema that does not say what draft it is of is one of draft 4 to the
// broker, which passes over what later drafts brought; the generated validator, which agrees with it, does so, too.

import { DRAFT_7 } from './draft-7.ts'
import { formatPointer } from './json-pointer.ts'
import { KEPT_SCHEMAS, nodesBelow, type SchemaNode, subschemasOf } from './json-schema.ts'
import type { References } from './resolve-references.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** What draft 7 has and draft 4 has not. */
const LATER_KEYWORDS = ['const', 'contains', 'if', 'propertyNames']

/** Finds them in a schema without `$schema`: one remark for all, at the first of them. */
export function ignoredKeywords(root: SchemaNode, references: References): SchemaProblem[] {
  if (root['$schema'] !== undefined || !nodesBelow(root).some(hasLaterKeyword)) return []
  const places = new Map<SchemaNode, readonly string[]>([[root, []]])
  const found = new Map<string, string>()
  // A map that grows while it is walked is walked to its new end.
  for (const [node, path] of places) {
    for (const keyword of LATER_KEYWORDS) {
      if (keyword in node && !found.has(keyword)) found.set(keyword, formatPointer([...path, keyword]))
    }
    const target = references.targets.get(String(node['$ref']))
    if (target !== undefined && !places.has(target.schema)) places.set(target.schema, target.path)
    for (const { path: step, schema } of subschemasOf(node)) {
      if (!KEPT_SCHEMAS.includes(step[0] ?? '')) places.set(schema, [...path, ...step])
    }
  }
  const [pointer] = found.values()
  if (pointer === undefined) return []
  const keywords = [...found.keys()].sort().map((keyword) => JSON.stringify(keyword))
  return [
    {
      pointer,
      message: `a schema without "$schema" is one of draft 4 to the broker, which does not check ${keywords.join(', ')}; nor does the validator`,
      remedy: `Say that it is of draft 7: "$schema": "${DRAFT_7}".`,
    },
  ]
}

function hasLaterKeyword(node: SchemaNode): boolean {
  return LATER_KEYWORDS.some((keyword) => keyword in node)
}
