// Values of Avro types: what `JSON.parse` gives for them, with two additions. Longs beyond the safe integers
// are bigints, and bytes are byte arrays (or texts, whose characters are the bytes, as in JSON).

import type { AvroType } from './avro-type.ts'
import { isJsonObject } from './json-value.ts'

/**
 * True when a value can be written as a type. Fields with a default may be absent.
 *
 * @param branches Which branches of a union count: all of them for data, the first one for defaults.
 */
export function isAvroValue(type: AvroType, value: unknown, branches: 'all' | 'first' = 'all'): boolean {
  switch (type.kind) {
    case 'null':
      return value === null
    case 'boolean':
      return typeof value === 'boolean'
    case 'int':
      return typeof value === 'number' && value === value >> 0
    case 'long':
      return isLong(value)
    case 'float':
    case 'double':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string'
    case 'bytes':
      return bytesOf(value) !== undefined
    case 'fixed':
      return bytesOf(value)?.length === type.size
    case 'enum':
      return type.symbols.some((symbol) => symbol === value)
    case 'array':
      return Array.isArray(value) && value.every((item) => isAvroValue(type.items, item, branches))
    case 'map':
      return isMap(value) && Object.values(value).every((item) => isAvroValue(type.values, item, branches))
    case 'union':
      return type.branches
        .slice(0, branches === 'all' ? type.branches.length : 1)
        .some((branch) => isAvroValue(branch, value, branches))
    case 'record':
      return (
        isMap(value) &&
        type.fields.every((field) =>
          Object.hasOwn(value, field.name)
            ? isAvroValue(field.type, value[field.name], branches)
            : 'default' in field,
        )
      )
  }
}

/** The bytes that a value stands for; undefined when it stands for none. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  if (typeof value !== 'string') return undefined
  const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0))
  // Characters beyond U+00FF wrap around, so they do not come back.
  return byteText(bytes) === value ? bytes : undefined
}

/** Bytes as JSON has them: one character each, U+0000 to U+00FF. */
export function byteText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function isLong(value: unknown): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value
  return Number.isInteger(value) && BigInt.asIntN(64, BigInt(Number(value))) === BigInt(Number(value))
}

function isMap(value: unknown): value is { readonly [name: string]: unknown } {
  return isJsonObject(value) && !(value instanceof Uint8Array)
}
