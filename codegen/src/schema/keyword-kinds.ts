// Which kind of value keywords are about. Without a `type` beside them they are what tells it.

import { isNode, type SchemaNode } from './json-schema.ts'

const OBJECT_SHAPES = ['properties', 'patternProperties', 'required']
const LIST_SHAPES = ['items', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems', 'contains']

/** The keywords that describe objects, as far as types can say it. */
export const OBJECT_KEYWORDS: readonly string[] = [...OBJECT_SHAPES, 'additionalProperties']

/** The keywords that describe arrays, as far as types can say it. */
export const ARRAY_KEYWORDS: readonly string[] = ['items', 'additionalItems', 'minItems', 'maxItems']

/** Whether the keywords of a schema without a type tell that it means objects. */
export function impliesObject(node: SchemaNode): boolean {
  // Closedness alone implies nothing: the effective schema of a compatible event type puts it everywhere.
  return hasAny(node, OBJECT_SHAPES) || isNode(node['additionalProperties'])
}

/** Whether a schema says nothing but its types about what a type could say, so that they can move into its alternatives. */
export function saysTypesAlone(node: SchemaNode, types: readonly string[]): boolean {
  return !(
    (types.includes('object') && hasAny(node, OBJECT_KEYWORDS)) ||
    (types.includes('array') && hasAny(node, ARRAY_KEYWORDS))
  )
}

/**
 * A schema without a type, as the broker reads it: of keywords of both kinds it reads those of arrays alone, and objects
 * may be any. The same schema comes back where there is one kind.
 */
export function withoutOutweighed(node: SchemaNode): SchemaNode {
  if (!hasAny(node, OBJECT_KEYWORDS) || !hasAny(node, LIST_SHAPES)) return node
  return Object.fromEntries(Object.entries(node).filter(([keyword]) => !OBJECT_KEYWORDS.includes(keyword)))
}

function hasAny(node: SchemaNode, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => Object.hasOwn(node, keyword))
}
