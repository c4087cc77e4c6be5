// What two versions of a schema say about the items of an array.

import { canonicalText } from '@rioni/event-types'
import { listedSchemas } from '../schema/json-schema.ts'
import type { Comparison, SchemaVersions } from './comparison.ts'
import { below, differenceAt, quoted, type SchemaDifference } from './schema-difference.ts'

/** Compares the schema of all items, the schemas of single ones, and what must be among them. */
export function compareArrays(versions: SchemaVersions, comparison: Comparison): SchemaDifference[] {
  return [
    ...compareItems(versions, 'items', comparison),
    ...compareItems(versions, 'prefixItems', comparison),
    ...compareItems(versions, 'additionalItems', comparison),
    ...compareContents(versions),
  ]
}

function compareItems(
  { before, after, place }: SchemaVersions,
  keyword: string,
  comparison: Comparison,
): SchemaDifference[] {
  const at = below(place, [keyword], `${place.property}[]`)
  const [old, now] = [listedSchemas(before, keyword), listedSchemas(after, keyword)]
  if (old === undefined && now === undefined) return comparison.compare(before[keyword], after[keyword], at)
  if (old?.length !== now?.length) {
    const text = `changes how many items of ${quoted(place.property)} are described one by one`
    return [differenceAt(at, { kind: 'tuple-changed', text, effect: 'changes', alsoAt: [place.walked] })]
  }
  return (old ?? []).flatMap((schema, index) =>
    comparison.compare(schema, now?.[index], below(at, [String(index)], `${place.property}[${index}]`)),
  )
}

function compareContents({ before, after, place }: SchemaVersions): SchemaDifference[] {
  const [old, now] = [before['contains'], after['contains']]
  if (canonicalText(old ?? null) === canonicalText(now ?? null)) return []
  const text = `changes what ${quoted(place.property)} must contain`
  const effect = old === undefined ? 'narrows' : now === undefined ? 'widens' : 'changes'
  return [
    differenceAt(below(place, ['contains']), {
      kind: 'contents-changed',
      text,
      effect,
      isGone: now === undefined,
    }),
  ]
}
