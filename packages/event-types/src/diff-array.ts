import { diffAttributes } from './diff-scalar.ts'
import { below, type Differ, type SchemaPair } from './differ.ts'
import { isJsonObject, ownValue } from './json-value.ts'

/** Compares two array schemas: their items, what may follow a tuple, then their bounds. */
export function diffArray(pair: SchemaPair, differ: Differ): void {
  diffItems(pair, differ)
  diffAdditionalItems(pair, differ)
  diffAttributes(['maxItems', 'minItems'], pair, differ)
  const isUnique = (schema: SchemaPair['original']) => ownValue(schema, 'uniqueItems') === true
  if (isUnique(pair.original) !== isUnique(pair.updated)) {
    differ.report('attribute-value-changed', below(pair.path, 'uniqueItems'))
  }
}

function diffItems({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = ownValue(original, 'items')
  const after = ownValue(updated, 'items')
  differ.diff(oneSchema(before), oneSchema(after), below(path, 'items'))
  const listBefore: readonly unknown[] | undefined = Array.isArray(before) ? before : undefined
  const listAfter: readonly unknown[] | undefined = Array.isArray(after) ? after : undefined
  if (listBefore?.length !== listAfter?.length) {
    differ.report('number-of-items-changed', path)
    return
  }
  listBefore?.forEach((item, index) => {
    differ.diff(item, listAfter?.[index], below(path, 'items', String(index)))
  })
}

function oneSchema(items: unknown): unknown {
  return Array.isArray(items) ? undefined : items
}

function diffAdditionalItems({ original, updated, path }: SchemaPair, differ: Differ): void {
  const before = ownValue(original, 'additionalItems')
  const after = ownValue(updated, 'additionalItems')
  const place = below(path, 'additionalItems')
  if ((before === false) !== (after === false)) {
    differ.report('additional-items-changed', place)
  } else {
    differ.diff(isJsonObject(before) ? before : undefined, isJsonObject(after) ? after : undefined, place)
  }
}
