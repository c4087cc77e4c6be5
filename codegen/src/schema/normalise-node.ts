// The normaliser: rewrites one schema node into an equivalent one that a type can be read off.
//
// Each step is a function of one node and removes one way to misread it, which it names. The steps run from top to bottom;
// what a step puts below the node is normalised when the walk gets there. A step may make a schema accept more (types
// cannot say everything), never less: what the validator accepts must compile.

import { COMBINATORS, isNode, listedSchemas, listedStrings, type SchemaNode } from './json-schema.ts'
import {
  ARRAY_KEYWORDS,
  impliesObject,
  OBJECT_KEYWORDS,
  saysTypesAlone,
  withoutOutweighed,
} from './keyword-kinds.ts'
import { KNOWN_VALUES } from './known-values.ts'
import { mappedLike } from './mapped-type.ts'
import { partsInOne } from './parts-in-one.ts'
import { setMember } from './set-member.ts'

/** True for the drafts in which `$ref` combines with the keywords beside it: 2019-09 and later. */
export function combinesReferences(root: SchemaNode): boolean {
  return /\/(2019-09|2020-12|next)\//.test(String(root['$schema']))
}

/**
 * Normalises one node. The result has one of these forms, each at most with combinators (`allOf`, `anyOf`, `oneOf`)
 * beside it, and keeps its annotations (`description`, `deprecated`, `format`): a lone `$ref`, a lone `enum`, a single
 * `type` with its own keywords, or none of these.
 *
 * @param siblings - whether `$ref` combines with the keywords beside it, see `combinesReferences`
 */
export function normaliseNode(node: SchemaNode, siblings: boolean): SchemaNode {
  if (isPlain(node)) return requiredAsProperties(node)
  const reduced = siblings ? referenceBesideOthers(node) : referenceAlone(node)
  if ('$ref' in reduced) return reduced
  return STEPS.reduce((current, step) => step(current), reduced)
}

/** Most nodes are of one type and combine nothing: all steps but the last would leave them as they are. */
function isPlain(node: SchemaNode): boolean {
  const { type } = node
  if (typeof type !== 'string' || !TYPES.includes(type)) return false
  // This loop makes no list of the keywords. What comes from JSON inherits none.
  for (const keyword in node) if (COMBINING.has(keyword)) return false
  return true
}

const STEPS: readonly ((node: SchemaNode) => SchemaNode)[] = [
  nullAsAlternative,
  literalsAlone,
  tupleAsItems,
  impliedType,
  withoutIdleAlternatives,
  typeInsideAlternatives,
  typesAsAlternatives,
  partsInOne,
  requiredAsProperties,
]

const ANNOTATIONS = ['title', 'description', 'deprecated', 'format']
const COMBINING = new Set(['$ref', 'enum', 'const', 'nullable', 'prefixItems', ...COMBINATORS])
const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']

/**
 * Misreading: keywords beside a `$ref` replace those of its target, and a description alone copies the target under a
 * second name. Up to draft 7 a validator ignores whatever stands beside a `$ref`, and so do we.
 */
function referenceAlone(node: SchemaNode): SchemaNode {
  if (!('$ref' in node)) return node
  // To the broker, though, literals outweigh everything beside them.
  if ('enum' in node) return omit(node, ['$ref'])
  return { ...pick(node, ANNOTATIONS), $ref: node['$ref'] }
}

/** The same defect in later drafts, where the neighbours count: both must hold. */
function referenceBesideOthers(node: SchemaNode): SchemaNode {
  if (!('$ref' in node)) return node
  const { $ref, ...others } = node
  if (!constrains(others)) return referenceAlone(node)
  return { ...pick(node, ANNOTATIONS), allOf: [{ $ref }, omit(others, ANNOTATIONS)] }
}

/** Misreading: OpenAPI's `nullable` copies a schema that already has a name. Plain JSON Schema can say the same. */
function nullAsAlternative(node: SchemaNode): SchemaNode {
  if (node['nullable'] !== true || '$ref' in node) return node
  const inner = omit(node, ['nullable', ...ANNOTATIONS])
  return { ...pick(node, ANNOTATIONS), anyOf: [inner, { type: 'null' }] }
}

/**
 * Misreadings: an `enum` beside a list of types becomes an intersection that nothing fits; `null` among the values gets
 * lost. The values say more than any type, so they stand alone, without those that the type rules out.
 */
function literalsAlone(node: SchemaNode): SchemaNode {
  const values = listedSchemas(node, 'enum') ?? ('const' in node ? [node['const']] : undefined)
  if (values === undefined) return node
  const types = typesOf(node)
  const allowed =
    types.length === 0 ? values : values.filter((value) => types.some((type) => fits(value, type)))
  return { ...pick(node, ANNOTATIONS), enum: allowed }
}

/** Misreading: `prefixItems` is ignored, and `items: false` beside it means an array of `never`. */
function tupleAsItems(node: SchemaNode): SchemaNode {
  const prefix = listedSchemas(node, 'prefixItems')
  if (prefix === undefined) return node
  const { prefixItems: _, items, ...rest } = node
  return { ...rest, items: prefix, ...(items === undefined ? {} : { additionalItems: items }) }
}

/** Misreading: without a `type` everything is an object, even what only lists items. We read the type off the keywords. */
function impliedType(node: SchemaNode): SchemaNode {
  if (typesOf(node).length > 0) return node
  const isObject = impliesObject(node)
  if ('enum' in node || (!isObject && !('items' in node))) return omit(node, ['type'])
  const read = withoutOutweighed(node)
  if (isObject && read !== node) return { ...read, type: ['object', 'array'] }
  return { ...node, type: [isObject ? 'object' : 'array'] }
}

/**
 * Misreading: an alternative that only bounds a value (`minLength`, `required`, `not`) becomes an open object, and
 * intersects the type with it. Such an alternative allows every type, so the whole choice says nothing about types.
 */
function withoutIdleAlternatives(node: SchemaNode): SchemaNode {
  if (!hasOwnKeyword(node, COMBINATORS)) return node
  const idle = ['anyOf', 'oneOf'].filter((keyword) =>
    listedSchemas(node, keyword)?.some((alternative) => !constrains(alternative)),
  )
  const allOf = listedSchemas(node, 'allOf')?.filter((part) => constrains(part) || requiresNames(part))
  if (idle.length === 0 && allOf === undefined) return node
  return {
    ...omit(node, allOf?.length === 0 ? [...idle, 'allOf'] : idle),
    ...(allOf && allOf.length > 0 ? { allOf } : {}),
  }
}

/**
 * Misreading: a type beside alternatives gives `string & ("a" | 0)`, correct but unreadable, and for a list of types
 * wrong. A type that says nothing else moves into the alternatives, which then rule out what does not fit it.
 */
function typeInsideAlternatives(node: SchemaNode): SchemaNode {
  const keyword = ['anyOf', 'oneOf'].find((name) => name in node)
  const types = typesOf(node)
  if (keyword === undefined || types.length === 0 || !saysTypesAlone(node, types)) return node
  const alternatives = (listedSchemas(node, keyword) ?? [])
    .map((alternative) => narrow(alternative, types))
    .filter((alternative) => alternative !== undefined)
  return { ...omit(node, ['type']), [keyword]: alternatives }
}

/** An alternative of a type that also has one of `types`; undefined when it can have none of them. */
function narrow(alternative: unknown, types: readonly string[]): unknown {
  if (!isNode(alternative) || '$ref' in alternative) return alternative
  const own = typesOf(alternative)
  if (own.length === 0) return { ...withoutOutweighed(alternative), type: types }
  const common = own.filter(
    (type) => types.includes(type) || (type === 'integer' && types.includes('number')),
  )
  return common.length === 0 ? undefined : { ...alternative, type: common }
}

/** Misreading: in a list of types, each type gets the keywords of all. Each alternative keeps those that concern it. */
function typesAsAlternatives(node: SchemaNode): SchemaNode {
  const types = typesOf(node)
  if (types.length === 0) return node
  if (types.length === 1) return node['type'] === types[0] ? node : { ...node, type: types[0] }
  const rest = omit(node, ['type', ...OBJECT_KEYWORDS, ...ARRAY_KEYWORDS])
  const alternatives = types.map((type) =>
    type === 'string' || type === 'integer'
      ? mappedLike(node, { type, ...(type === 'string' ? pick(node, [KNOWN_VALUES]) : {}) })
      : {
          type,
          ...(type === 'object' ? pick(node, OBJECT_KEYWORDS) : {}),
          ...(type === 'array' ? pick(node, ARRAY_KEYWORDS) : {}),
        },
  )
  if (!hasOwnKeyword(rest, ['anyOf', 'oneOf'])) return { ...rest, anyOf: alternatives }
  const choices = ['anyOf', 'oneOf'].filter((keyword) => keyword in rest)
  const others = choices.map((keyword) => ({ anyOf: listedSchemas(rest, keyword) ?? [] }))
  const allOf = [...(listedSchemas(rest, 'allOf') ?? []), { anyOf: alternatives }, ...others]
  return { ...omit(rest, choices), allOf }
}

/** Misreading: a required name that is not among the properties is dropped. It is a property of unknown type. */
function requiredAsProperties(node: SchemaNode): SchemaNode {
  if (node['type'] !== 'object') return node
  const properties = isNode(node['properties']) ? node['properties'] : {}
  const missing = listedStrings(node, 'required').filter((name) => !Object.hasOwn(properties, name))
  if (missing.length === 0) return node
  const entries = [...Object.entries(properties), ...missing.map((name) => [name, true] as const)]
  return { ...node, properties: Object.fromEntries(entries) }
}

/** True when a schema says which properties an object has to have. */
function requiresNames(schema: unknown): boolean {
  return isNode(schema) && listedStrings(schema, 'required').length > 0
}

/** True when a schema narrows the type of what it describes, and not only its value. */
function constrains(schema: unknown): boolean {
  if (!isNode(schema)) return schema === false
  if (
    hasOwnKeyword(schema, [
      '$ref',
      'enum',
      'const',
      'properties',
      'patternProperties',
      'items',
      'prefixItems',
    ])
  )
    return true
  if (typesOf(schema).length > 0) return true
  return (
    listedSchemas(schema, 'allOf')?.some(constrains) === true ||
    ['anyOf', 'oneOf'].some((keyword) => listedSchemas(schema, keyword)?.every(constrains) === true)
  )
}

function typesOf(node: SchemaNode): string[] {
  const { type } = node
  if (type === undefined) return []
  const types = typeof type === 'string' ? [type] : listedStrings(node, 'type')
  // A name that JSON Schema does not know promises nothing, so neither does the type.
  return types.every((name) => TYPES.includes(name)) ? [...new Set(types)] : []
}

function fits(value: unknown, type: string): boolean {
  if (value === null) return type === 'null'
  if (Array.isArray(value)) return type === 'array'
  if (type === 'integer') return Number.isInteger(value)
  return type === typeof value
}

function hasOwnKeyword(node: SchemaNode, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => Object.hasOwn(node, keyword))
}

function pick(node: SchemaNode, keywords: readonly string[]): SchemaNode {
  return copyOf(node, (keyword) => keywords.includes(keyword))
}

function omit(node: SchemaNode, keywords: readonly string[]): SchemaNode {
  if (!hasOwnKeyword(node, keywords)) return node
  return mappedLike(
    node,
    copyOf(node, (keyword) => !keywords.includes(keyword)),
  )
}

function copyOf(node: SchemaNode, isWanted: (keyword: string) => boolean): SchemaNode {
  const copy: Record<string, unknown> = {}
  for (const keyword of Object.keys(node)) if (isWanted(keyword)) setMember(copy, keyword, node[keyword])
  return copy
}
