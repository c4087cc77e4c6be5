// What a normalised node is, as far as its type and whether that needs a name depend on it.

import {
  COMBINATORS,
  hasNamedSchemas,
  isNode,
  listedSchemas,
  type SchemaNode,
} from '../schema/json-schema.ts'
import { knownValues } from '../schema/known-values.ts'

/** Longest array of equal items that becomes a tuple, and most optional items that a tuple may have. */
export const MAX_TUPLE_LENGTH = 10

/** Most values that an enumeration may have without a name of its own. */
const MAX_INLINE_VALUES = 3

/**
 * True for what gets a declaration of its own wherever it stands: an object with properties, a long enumeration, and
 * several parts that must all hold. Beside being unreadable in place, the last is not equal to itself for TypeScript when
 * it occurs twice, as it does where an index signature repeats the types of the properties.
 */
export function needsName(node: SchemaNode): boolean {
  if (isRecord(node) || isLongEnumeration(node)) return true
  const combinators = ['anyOf', 'oneOf'].filter((keyword) => listedSchemas(node, keyword) !== undefined)
  const parts = combinators.length + (listedSchemas(node, 'allOf')?.length ?? 0)
  return parts > 1 || (parts === 1 && saysMoreThanObject(node))
}

/** True for what has a schema below it that may need a name. */
export function hasParts(node: SchemaNode): boolean {
  return ['array', 'object'].includes(String(node['type'])) || COMBINATORS.some((keyword) => keyword in node)
}

/** True for an enumeration, closed or open, that is too long to be read in place. */
export function isLongEnumeration(node: SchemaNode): boolean {
  const values =
    listedSchemas(node, 'enum') ?? (node['type'] === 'string' ? knownValues(node) : undefined) ?? []
  return values.length > MAX_INLINE_VALUES
}

/** True for a type, unless it is an object that says nothing about the values of properties that have no name. */
export function saysMoreThanObject(node: SchemaNode): boolean {
  const hasValues = isNode(node['additionalProperties']) || hasNamedSchemas(node, 'patternProperties')
  return node['type'] === 'object' ? hasValues : node['type'] !== undefined || 'enum' in node
}

/** True for an array whose items are listed, or whose length is fixed and small. */
export function isTuple(node: SchemaNode): boolean {
  if (node['type'] !== 'array') return false
  const { minItems: length, maxItems } = node
  const isFixed = typeof length === 'number' && length === maxItems && Number.isInteger(length)
  return listedSchemas(node, 'items') !== undefined || (isFixed && length >= 1 && length <= MAX_TUPLE_LENGTH)
}

/** True for an object with properties that have names. */
export function isRecord(node: SchemaNode): boolean {
  return node['type'] === 'object' && hasNamedSchemas(node, 'properties')
}
