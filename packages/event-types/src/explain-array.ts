import { hasUniqueItems } from './compile-array.ts'
import type { Explaining } from './explaining.ts'
import { isSchemaList, type LoadedSchema, type SchemaNode } from './loaded-schema.ts'
import { type SchemaViolation, under, violation } from './violation.ts'

/** What is wrong with an array by the keywords for arrays, in the order in which the broker tells it. */
export function explainArray(
  schema: SchemaNode,
  value: readonly unknown[],
  explaining: Explaining,
): SchemaViolation[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  const found = value.length
  return [
    ...(found < minItems ? [violation(`expected minimum item count: ${minItems}, found: ${found}`)] : []),
    ...(found > maxItems ? [violation(`expected maximum item count: ${maxItems}, found: ${found}`)] : []),
    ...(schema.uniqueItems && !hasUniqueItems(value, explaining.budget)
      ? [violation('array items are not unique')]
      : []),
    ...explainItems(schema, value, explaining),
    ...explainContained(schema, value, explaining),
  ]
}

function explainItems(
  schema: SchemaNode,
  value: readonly unknown[],
  explaining: Explaining,
): SchemaViolation[] {
  const { items, additionalItems = true } = schema
  if (items === undefined) return []
  const explainFrom = (start: number, member: (index: number) => LoadedSchema): SchemaViolation[] =>
    value.slice(start).flatMap((item, offset) => {
      const found = explaining.explain(member(start + offset), item)
      return found ? [under(String(start + offset), found)] : []
    })
  if (!isSchemaList(items)) return explainFrom(0, () => items)
  const listed = items.length
  const surplus = additionalItems === false && value.length > listed
  return [
    ...(surplus ? [violation(`expected: [${listed}] array items, found: [${value.length}]`)] : []),
    ...explainFrom(0, (index) => items[index] ?? true),
    ...(additionalItems === false ? [] : explainFrom(listed, () => additionalItems)),
  ]
}

function explainContained(
  { contains }: SchemaNode,
  value: readonly unknown[],
  explaining: Explaining,
): SchemaViolation[] {
  if (contains === undefined || value.some((item) => explaining.explain(contains, item) === undefined))
    return []
  return [violation("expected at least one array item to match 'contains' schema")]
}
