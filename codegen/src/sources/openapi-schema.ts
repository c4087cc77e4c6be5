// A node of an OpenAPI schema as JSON Schema. What OpenAPI adds is either said in the words of JSON Schema (`nullable`,
// `discriminator`, `example`) or left out because it says nothing about a value.

import { isNode, listedSchemas, listedStrings, type SchemaNode } from '../schema/json-schema.ts'
import { discriminatingValues, familiesOf, schemaMeant } from './openapi-families.ts'
import type { SchemaLibrary } from './schema-library.ts'
import { placeKey, type SchemaPlace } from './schema-place.ts'
import type { DocumentKind } from './source-document.ts'

/** True for the dialects of OpenAPI. */
export function isOpenApi(dialect: DocumentKind): boolean {
  return dialect === 'openapi-3.0' || dialect === 'openapi-3.1'
}

/** Where a node is, and what dialect is spoken there. */
export interface OpenApiPlace {
  readonly library: SchemaLibrary
  readonly place: SchemaPlace
  readonly dialect: DocumentKind
}

/** Rewrites one node; those below it come later. */
export function plainSchema(node: SchemaNode, { library, place, dialect }: OpenApiPlace): SchemaNode {
  const tag = tagsOf(library).get(placeKey(place))
  const tagged = tag === undefined ? node : withTag(node, tag)
  const { discriminator: _, xml: __, externalDocs: ___, example, ...rest } = tagged
  const plain = example === undefined || '$ref' in node ? rest : { ...rest, examples: [example] }
  // Version 3.0 has the boolean bounds of draft 4, and so has a schema that does not say what draft it is of.
  return dialect === 'openapi-3.0' ? withoutNullable(plain) : plain
}

/** `nullable: true` (OpenAPI 3.0, "Schema Object") as JSON Schema says it. */
function withoutNullable(node: SchemaNode): SchemaNode {
  if (!Object.hasOwn(node, 'nullable')) return node
  const { nullable, ...rest } = node
  if (nullable !== true) return rest
  const { type, enum: values } = rest
  if (typeof type !== 'string') return { anyOf: [rest, { type: 'null' }] }
  const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}
  return { ...rest, ...withNull, type: [type, 'null'] }
}

/** What a schema is told apart by in the unions that it is a member of. */
interface Tag {
  readonly property: string
  readonly values: readonly string[]
}

function withTag(node: SchemaNode, { property, values }: Tag): SchemaNode {
  const required = [...new Set([...listedStrings(node, 'required'), property])]
  // An enumeration of one value rather than `const`, which event types of compatible mode may not use.
  const tag = { type: 'string', enum: values }
  const properties = node['properties']
  if (isNode(properties) && !('allOf' in node)) {
    const before = properties[property]
    const description = isNode(before) ? before['description'] : undefined
    const described = description === undefined ? tag : { ...tag, description }
    return { ...node, required, properties: { ...properties, [property]: described } }
  }
  const parts = listedSchemas(node, 'allOf') ?? []
  // What a schema has of its own is often the last of its parts; there the property reads best.
  const last = parts.at(-1)
  if (isNode(last) && isNode(last['properties']) && !('$ref' in last) && !('allOf' in last)) {
    return { ...node, allOf: [...parts.slice(0, -1), withTag(last, { property, values })] }
  }
  const own = { type: 'object', required: [property], properties: { [property]: tag } }
  return { ...node, allOf: [...parts, own] }
}

const known = new WeakMap<SchemaLibrary, ReadonlyMap<string, Tag>>()

/** The tags of all members of discriminated unions of a source, by place. */
function tagsOf(library: SchemaLibrary): ReadonlyMap<string, Tag> {
  const before = known.get(library)
  if (before !== undefined) return before
  const tags = new Map<string, Tag>()
  for (const { file, value, kind } of library.documents()) {
    if (isOpenApi(kind) || kind === 'schemas') collectTags({ tags, library }, value, { file, path: [] })
  }
  for (const { property, heirs } of familiesOf(library).values()) {
    for (const [key, { values, hasHeirs }] of heirs) {
      if (!hasHeirs && !tags.has(key)) tags.set(key, { property, values })
    }
  }
  known.set(library, tags)
  return tags
}

/** Levels of a document that are looked at; schemas below are refused anyway. */
const MAX_LEVELS = 256

interface Tagging {
  readonly tags: Map<string, Tag>
  readonly library: SchemaLibrary
}

function collectTags(tagging: Tagging, value: unknown, place: SchemaPlace): void {
  if (typeof value !== 'object' || value === null || place.path.length > MAX_LEVELS) return
  const { tags, library } = tagging
  if (isNode(value)) {
    for (const [key, tag] of tagsOfUnion(library, value, place)) {
      const before = tags.get(key)
      // Told apart by different properties, a schema keeps the first; the other unions are told apart all the same.
      if (before === undefined) tags.set(key, tag)
      else if (before.property === tag.property) {
        tags.set(key, { ...before, values: [...new Set([...before.values, ...tag.values])].sort() })
      }
    }
  }
  for (const [name, member] of Object.entries(value)) {
    collectTags(tagging, member, { ...place, path: [...place.path, name] })
  }
}

/** The members of one union with what they are told apart by (OpenAPI, "Discriminator Object"). */
function tagsOfUnion(library: SchemaLibrary, node: SchemaNode, from: SchemaPlace): [key: string, tag: Tag][] {
  const discriminator = node['discriminator']
  const members = listedSchemas(node, 'oneOf') ?? listedSchemas(node, 'anyOf')
  if (!isNode(discriminator) || members === undefined) return []
  const property = discriminator['propertyName']
  if (typeof property !== 'string') return []
  return members.filter(isNode).flatMap((member): [string, Tag][] => {
    const reference = member['$ref']
    const meant = typeof reference === 'string' ? schemaMeant(library, reference, from) : undefined
    if (meant === undefined) return []
    const values = discriminatingValues(library, { discriminator, from }, meant.place)
    return [[placeKey(meant.place), { property, values }]]
  })
}
