import type { AvroType } from './avro-type.ts'
import { isJsonObject } from './json-value.ts'

/**
 * Why a JSON value cannot be the default of a field of this type; undefined when it can. The default of a
 * union belongs to its first branch, bytes are texts whose characters are the bytes.
 */
export function defaultViolation(type: AvroType, value: unknown): string | undefined {
  return isDefault(type, value) ? undefined : `not a ${JSON.stringify(type.kind)}`
}

function isDefault(type: AvroType, value: unknown): boolean {
  switch (type.kind) {
    case 'null':
      return value === null
    case 'boolean':
      return typeof value === 'boolean'
    case 'int':
      return Number.isInteger(value) && value === Number(value) >> 0
    case 'long':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63
    case 'float':
    case 'double':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string'
    case 'bytes':
      return isByteText(value)
    case 'fixed':
      return isByteText(value) && value.length === type.size
    case 'enum':
      return type.symbols.some((symbol) => symbol === value)
    case 'array':
      return Array.isArray(value) && value.every((item) => isDefault(type.items, item))
    case 'map':
      return isJsonObject(value) && Object.values(value).every((item) => isDefault(type.values, item))
    case 'union':
      return type.branches[0] !== undefined && isDefault(type.branches[0], value)
    case 'record':
      return (
        isJsonObject(value) &&
        type.fields.every((field) =>
          Object.hasOwn(value, field.name) ? isDefault(field.type, value[field.name]) : 'default' in field,
        )
      )
  }
}

/** A text of characters up to U+00FF. */
export function isByteText(value: unknown): value is string {
  if (typeof value !== 'string') return false
  for (let index = 0; index < value.length; index += 1) if (value.charCodeAt(index) > 0xff) return false
  return true
}
