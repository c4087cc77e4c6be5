import { javaNumberText } from './java-number.ts'
import { isJsonObject } from './json-value.ts'

/** The Java class that the broker's JSON parser makes of a value. Its messages speak of these. */
function javaClassName(value: unknown): string {
  if (value === null) return 'Null'
  if (Array.isArray(value)) return 'JSONArray'
  if (isJsonObject(value)) return 'JSONObject'
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Boolean'
  const number = Number(value)
  if (!Number.isInteger(number) || Math.abs(number) >= 2 ** 63) return 'Double'
  return number === (number | 0) ? 'Integer' : 'Long'
}

/** A value in the middle of a message: strings without quotes, everything else as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? javaNumberText(value) : JSON.stringify(value)
}

/** The classes by which messages name the types of JSON Schema. */
const EXPECTED_CLASS: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  integer: 'Integer',
  boolean: 'Boolean',
  object: 'JSONObject',
  array: 'JSONArray',
}

/** Undefined when the value has the type, otherwise the broker's message. */
export function typeViolation(type: string, value: unknown): string | undefined {
  if (hasType(type, value)) return undefined
  const found = javaClassName(value)
  if (type === 'null') return `expected: null, found: ${found}`
  const isNumber = typeof value === 'number'
  return `expected type: ${type === 'integer' && !isNumber ? 'Number' : EXPECTED_CLASS[type]}, found: ${found}`
}

/** True when a value has one of the types of JSON Schema. `1.0` is an integer, as in drafts after the fourth. */
export function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isJsonObject(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string'
    default:
      return typeof value === 'boolean'
  }
}
