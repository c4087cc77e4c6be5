import { isJsonObject, type JsonObject } from './json-value.ts'
import { mapValues } from './map-values.ts'

const OBJECT_KEYWORDS = ['properties', 'required', 'minProperties', 'maxProperties']
const ARRAY_KEYWORDS = ['minItems', 'maxItems', 'uniqueItems', 'items']
const OTHER_KEYWORDS = ['anyOf', 'allOf', 'oneOf', '$ref', 'type']

/**
 * Closes a schema as the compatibility mode `compatible` demands: objects may have no properties but those
 * listed, tuples no further items, even where the schema says otherwise. That is what makes it safe to add
 * an optional property later.
 *
 * Schemas that say nothing are closed too. The schemas inside `additionalProperties` and
 * `patternProperties` are left as they are.
 */
export function closeContent(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema
  return {
    ...mapValues(schema, (value, key) => closeInside(key, value)),
    ...(describesObject(schema) ? { additionalProperties: false } : {}),
    ...(describesArray(schema) ? { additionalItems: false } : {}),
  }
}

function closeInside(key: string, value: unknown): unknown {
  switch (key) {
    case 'definitions':
    case 'dependencies':
    case 'properties':
      return isJsonObject(value) ? mapValues(value, closeContent) : value
    case 'items':
    case 'anyOf':
    case 'allOf':
    case 'oneOf':
      return Array.isArray(value) ? value.map(closeContent) : closeContent(value)
    default:
      return value
  }
}

function describesObject(schema: JsonObject): boolean {
  const isEmpty = ![...OBJECT_KEYWORDS, ...ARRAY_KEYWORDS, ...OTHER_KEYWORDS].some((key) =>
    Object.hasOwn(schema, key),
  )
  return isEmpty || hasType(schema, 'object') || OBJECT_KEYWORDS.some((key) => Object.hasOwn(schema, key))
}

function describesArray(schema: JsonObject): boolean {
  return hasType(schema, 'array') || ARRAY_KEYWORDS.some((key) => Object.hasOwn(schema, key))
}

function hasType(schema: JsonObject, type: string): boolean {
  const declared = schema['type']
  return declared === type || (Array.isArray(declared) && declared.includes(type))
}
