import { diffAttributes } from './diff-scalar.ts'
import { below, type Differ, type SchemaPair } from './differ.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'

/** Compares two object schemas, keyword by keyword in the broker's order. */
export function diffObject(pair: SchemaPair, differ: Differ): void {
  diffProperties(pair, differ)
  diffDependencies(pair, differ)
  diffAdditionalProperties(pair, differ)
  diffRequired(pair, differ)
  diffAttributes(['maxProperties', 'minProperties'], pair, differ)
}

function diffProperties({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = members(original, 'properties')
  const after = members(updated, 'properties')
  const place = below(path, 'properties')
  for (const [name, schema] of Object.entries(before)) {
    const at = below(place, name)
    if (Object.hasOwn(after, name)) differ.diff(schema, ownValue(after, name), at)
    else differ.report('property-removed', at)
  }
  // The broker counts. A property that replaces another one shows as the removal alone.
  if (Object.keys(after).length > Object.keys(before).length) differ.report('properties-added', place)
}

/** Lists of names that only the update has are not reported. */
function diffDependencies({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = Object.entries(members(original, 'dependencies'))
  const after = members(updated, 'dependencies')
  const place = below(path, 'dependencies')
  for (const [name, needed] of before) {
    if (Array.isArray(needed) && !hasSameNames(needed, ownValue(after, name))) {
      differ.report('dependency-array-changed', below(place, name))
    }
  }
  const schemasBefore = before.filter(([, needed]) => !Array.isArray(needed))
  const schemasAfter = Object.entries(after).filter(([, needed]) => !Array.isArray(needed))
  if (
    !hasSameNames(
      schemasBefore.map(([name]) => name),
      schemasAfter.map(([name]) => name),
    )
  ) {
    differ.report('dependency-schema-changed', place)
    return
  }
  for (const [name, schema] of schemasBefore) differ.diff(schema, ownValue(after, name), below(place, name))
}

function diffAdditionalProperties({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = ownValue(original, 'additionalProperties')
  const after = ownValue(updated, 'additionalProperties')
  const place = below(path, 'additionalProperties')
  if ((before === false) !== (after === false)) {
    differ.report('additional-properties-changed', place)
  } else if (!isJsonObject(before) && isJsonObject(after)) {
    differ.report('additional-properties-narrowed', place)
  } else {
    differ.diff(isJsonObject(before) ? before : undefined, isJsonObject(after) ? after : undefined, place)
  }
}

function diffRequired({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = new Set(names(ownValue(original, 'required')))
  const after = new Set(names(ownValue(updated, 'required')))
  const place = below(path, 'required')
  if ([...before].some((name) => !after.has(name))) differ.report('required-array-changed', place)
  else if (after.size > before.size) differ.report('required-array-extended', place)
}

function members(schema: JsonObject, keyword: string): JsonObject {
  const value = ownValue(schema, keyword)
  return isJsonObject(value) ? value : {}
}

function names(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function hasSameNames(some: readonly unknown[], others: unknown): boolean {
  const first = new Set(some)
  const second = new Set(names(others))
  return Array.isArray(others) && first.size === second.size && [...first].every((name) => second.has(name))
}
