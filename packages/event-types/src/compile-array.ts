import type { CheckBudget } from './check-budget.ts'
import { ALWAYS, type Compiling, type SchemaCheck } from './compiling.ts'
import { canonicalText } from './json-value.ts'
import { isSchemaList, type SchemaNode } from './loaded-schema.ts'

type ArrayCheck = SchemaCheck<readonly unknown[]>

/** Compiles the keywords for arrays. */
export function compileArray(schema: SchemaNode, compiling: Compiling): ArrayCheck[] {
  const { minItems, maxItems, uniqueItems, contains } = schema
  const checks: ArrayCheck[] = []
  if (minItems !== undefined) checks.push((items) => items.length >= minItems)
  if (maxItems !== undefined) checks.push((items) => items.length <= maxItems)
  checks.push(...compileItems(schema, compiling))
  if (uniqueItems) checks.push((items) => hasUniqueItems(items, compiling.budget))
  if (contains !== undefined) {
    const contained = compiling.compile(contains)
    checks.push((items) => items.some((item) => contained(item)))
  }
  return checks
}

function compileItems({ items, additionalItems }: SchemaNode, { compile }: Compiling): ArrayCheck[] {
  if (items === undefined) return []
  if (!isSchemaList(items)) {
    const check = compile(items)
    return check === ALWAYS ? [] : [(values) => values.every((item) => check(item))]
  }
  const listed = items.map(compile)
  const further = compile(additionalItems ?? true)
  return [(values) => values.every((item, index) => (listed[index] ?? further)(item))]
}

/** True when no two items are equal. It compares them by their texts, in linear time. */
export function hasUniqueItems(items: readonly unknown[], budget: CheckBudget): boolean {
  const seen = new Set<string>()
  for (const item of items) {
    const text = canonicalText(item)
    budget.spend(text.length)
    if (seen.size === seen.add(text).size) return false
  }
  return true
}
