import { below, type Differ, type SchemaPair } from './differ.ts'
import { canonicalText, type JsonObject, ownValue } from './json-value.ts'

/** Compares the bounds of two string schemas. The first difference hides the others. */
export function diffString(pair: SchemaPair, differ: Differ): void {
  // The broker compares patterns only where both schemas have one.
  const comparesPattern = Object.hasOwn(pair.original, 'pattern') && Object.hasOwn(pair.updated, 'pattern')
  diffFirst(['maxLength', 'minLength', ...(comparesPattern ? ['pattern'] : [])], pair, differ)
}

/** Compares the bounds of two number schemas. The first difference hides the others. */
export function diffNumber(pair: SchemaPair, differ: Differ): void {
  diffFirst(['maximum', 'minimum', 'multipleOf'], pair, differ)
}

/** Compares the sets of permitted values; neither their order nor repetitions count. */
export function diffEnum({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = permittedValues(original)
  const after = permittedValues(updated)
  const isSame = before.size === after.size && [...before].every((value) => after.has(value))
  if (!isSame) differ.report('enum-array-changed', below(path, 'enum'))
}

/** Reports each of these keywords whose values differ. */
export function diffAttributes(keywords: readonly string[], pair: SchemaPair, differ: Differ): void {
  for (const keyword of keywords) {
    if (differs(keyword, pair)) differ.report('attribute-value-changed', below(pair.path, keyword))
  }
}

function diffFirst(keywords: readonly string[], pair: SchemaPair, differ: Differ): void {
  const changed = keywords.find((keyword) => differs(keyword, pair))
  if (changed !== undefined) diffAttributes([changed], pair, differ)
}

function differs(keyword: string, { original, updated }: SchemaPair): boolean {
  return ownValue(original, keyword) !== ownValue(updated, keyword)
}

function permittedValues(schema: JsonObject): Set<string> {
  const values = ownValue(schema, 'enum')
  return new Set(Array.isArray(values) ? values.map(canonicalText) : [])
}
