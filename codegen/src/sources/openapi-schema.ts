// A node of an OpenAPI schema as JSON Schema. What OpenAPI adds is either said in the words of JSON Schema (`nullable`,
// `discriminator`, `example`) or left out because it says nothing about a value.

import { formatPointer, parseLocalReference } from '../schema/json-pointer.ts'
import { isNode, listedSchemas, listedStrings, type SchemaNode } from '../schema/json-schema.ts'
import { discriminatingValues, familiesOf } from './openapi-families.ts'
import type { DocumentKind, SourceDocument } from './source-document.ts'

/** True for the dialects of OpenAPI. */
export function isOpenApi(dialect: DocumentKind): boolean {
  return dialect === 'openapi-3.0' || dialect === 'openapi-3.1'
}

/** Where a node is, and what dialect is spoken there. */
export interface OpenApiPlace {
  readonly document: SourceDocument | undefined
  readonly path: readonly string[]
  readonly dialect: DocumentKind
}

/** Rewrites one node; those below it come later. */
export function plainSchema(node: SchemaNode, { document, path, dialect }: OpenApiPlace): SchemaNode {
  const tag = document === undefined ? undefined : tagsOf(document).get(formatPointer(path))
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

const known = new WeakMap<SourceDocument, ReadonlyMap<string, Tag>>()

/** The tags of all members of discriminated unions of a document, by pointer. */
function tagsOf(document: SourceDocument): ReadonlyMap<string, Tag> {
  const before = known.get(document)
  if (before !== undefined) return before
  const tags = new Map<string, Tag>()
  collectTags(tags, document.value, 0)
  for (const { property, heirs } of familiesOf(document).values()) {
    for (const [pointer, { values, hasHeirs }] of heirs) {
      if (!hasHeirs && !tags.has(pointer)) tags.set(pointer, { property, values })
    }
  }
  known.set(document, tags)
  return tags
}

/** Levels of a document that are looked at; schemas below are refused anyway. */
const MAX_LEVELS = 256

function collectTags(tags: Map<string, Tag>, value: unknown, level: number): void {
  if (typeof value !== 'object' || value === null || level > MAX_LEVELS) return
  if (isNode(value)) {
    for (const [pointer, tag] of tagsOfUnion(value)) {
      const before = tags.get(pointer)
      // Told apart by different properties, a schema keeps the first; the other unions are told apart all the same.
      if (before === undefined) tags.set(pointer, tag)
      else if (before.property === tag.property) {
        tags.set(pointer, { ...before, values: [...new Set([...before.values, ...tag.values])].sort() })
      }
    }
  }
  for (const member of Object.values(value)) collectTags(tags, member, level + 1)
}

/** The members of one union with what they are told apart by (OpenAPI, "Discriminator Object"). */
function tagsOfUnion(node: SchemaNode): [pointer: string, tag: Tag][] {
  const discriminator = node['discriminator']
  const members = listedSchemas(node, 'oneOf') ?? listedSchemas(node, 'anyOf')
  if (!isNode(discriminator) || members === undefined) return []
  const property = discriminator['propertyName']
  if (typeof property !== 'string') return []
  return members.filter(isNode).flatMap((member): [string, Tag][] => {
    const reference = member['$ref']
    const path = typeof reference === 'string' ? parseLocalReference(reference) : undefined
    const name = path?.at(-1)
    if (typeof reference !== 'string' || path === undefined || name === undefined) return []
    return [[formatPointer(path), { property, values: discriminatingValues(discriminator, reference, name) }]]
  })
}
