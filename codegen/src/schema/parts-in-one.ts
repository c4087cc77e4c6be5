// Objects that are described in parts.

import { isNode, listedSchemas, listedStrings, namedSchemas, type SchemaNode } from './json-schema.ts'
import { impliesObject } from './keyword-kinds.ts'

/**
 * Misreading: an object that is described in parts becomes an intersection of objects, and what only one part requires
 * reads as if it were optional. Parts that are nothing but open objects with different properties are one object.
 */
export function partsInOne(node: SchemaNode): SchemaNode {
  const members = listedSchemas(node, 'allOf')
  if (members === undefined || (node['type'] !== undefined && node['type'] !== 'object')) return node
  const { allOf: _, ...own } = node
  const only = members.length === 1 ? members[0] : undefined
  if (isNode(only) && addsNames(node, only)) {
    const { additionalProperties: _, ...rest } = own
    const required = [...new Set([...listedStrings(only, 'required'), ...listedStrings(node, 'required')])]
    return { ...rest, type: 'object', ...pickObject(only), ...(required.length === 0 ? {} : { required }) }
  }
  const object: OpenObject = {
    isOpen: isOpen(node),
    properties: new Map(namedSchemas(node, 'properties')),
    required: new Set(listedStrings(node, 'required')),
  }
  const others = members.filter((member) => !isNode(member) || !takeIn(object, member))
  if (others.length === members.length) return node
  return {
    ...own,
    ...(others.length === 0 ? {} : { allOf: others }),
    type: 'object',
    properties: Object.fromEntries(object.properties),
    ...(object.required.size === 0 ? {} : { required: [...object.required] }),
  }
}

/** Whether a node says nothing but which of the properties of its only part are required. A closed one says no more. */
function addsNames(node: SchemaNode, part: SchemaNode): boolean {
  const names = new Set(namedSchemas(part, 'properties').map(([name]) => name))
  const says = ['properties', 'patternProperties', 'anyOf', 'oneOf'].some((keyword) => keyword in node)
  if (says || isNode(node['additionalProperties']) || names.size === 0 || !isObjectAlone(part)) return false
  return listedStrings(node, 'required').every((name) => names.has(name))
}

/** What an object says of its properties. */
function pickObject(part: SchemaNode): SchemaNode {
  const keywords = ['properties', 'patternProperties', 'additionalProperties']
  return Object.fromEntries(Object.entries(part).filter(([keyword]) => keywords.includes(keyword)))
}

interface OpenObject {
  readonly isOpen: boolean
  readonly properties: Map<string, unknown>
  readonly required: Set<string>
}

/** Adds a part to an object, if the two together say what both say apart. */
function takeIn({ isOpen, properties, required }: OpenObject, part: SchemaNode): boolean {
  if (!isPlainPart(part)) return false
  const added = namedSchemas(part, 'properties')
  const wanted = listedStrings(part, 'required')
  // What a closed object, or one with values of a kind, says of other properties must go on holding.
  if (!isOpen && (added.length > 0 || wanted.some((name) => !properties.has(name)))) return false
  if (added.some(([name]) => properties.has(name))) return false
  for (const [name, schema] of added) properties.set(name, schema)
  for (const name of wanted) required.add(name)
  return true
}

/** Keywords with which a part says more, about types, than which properties it has. */
const FURTHER = ['$ref', 'enum', 'const', 'allOf', 'anyOf', 'oneOf', 'nullable', 'items']

/** True for an open object that says nothing else. */
function isPlainPart(part: SchemaNode): boolean {
  return isObjectAlone(part) && isOpen(part)
}

function isObjectAlone(part: SchemaNode): boolean {
  const isObject = part['type'] === undefined ? impliesObject(part) : part['type'] === 'object'
  return isObject && !FURTHER.some((keyword) => keyword in part)
}

function isOpen(node: SchemaNode): boolean {
  return (node['additionalProperties'] ?? true) === true && !('patternProperties' in node)
}
