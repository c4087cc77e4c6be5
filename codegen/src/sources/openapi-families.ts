// Inheritance in OpenAPI: a schema with a discriminator and without alternatives of its own stands for all component
// schemas that build on it with `allOf` (OpenAPI 3.1, "Models with Polymorphism Support"). Where others refer to it they
// mean any of those, where its heirs do they mean what they have in common.

import { formatPointer, parseLocalReference, valueAt } from '../schema/json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import type { SourceDocument } from './source-document.ts'

/** The keyword that tells the members of a union apart, and the last segment of the place of a family's union. */
export const DISCRIMINATOR = 'discriminator'

/** A schema and those that inherit from it. */
export interface Family {
  /** What its members are told apart by. */
  readonly property: string
  /** All that inherit, their heirs included, by pointer: the values of the property, and whether others inherit from them. */
  readonly heirs: ReadonlyMap<string, Heir>
  /** The alternatives in the words of JSON Schema. Its references mean the schemas themselves and never families. */
  readonly union: SchemaNode
}

/** A schema that inherits from another. */
export interface Heir {
  readonly values: readonly string[]
  readonly hasHeirs: boolean
}

const known = new WeakMap<SourceDocument, ReadonlyMap<string, Family>>()

/** The families of a document by the pointer to the schema that is inherited from. */
export function familiesOf(document: SourceDocument): ReadonlyMap<string, Family> {
  const before = known.get(document)
  if (before !== undefined) return before
  const families = findFamilies(document.value)
  known.set(document, families)
  return families
}

/** The family that a reference at a place means, when it leads to the schema that a family inherits from. */
export function familyMeant(
  document: SourceDocument,
  target: readonly string[],
  from: readonly string[],
): Family | undefined {
  const family = familiesOf(document).get(formatPointer(target))
  if (family === undefined || from.includes(DISCRIMINATOR)) return undefined
  const isInherited = from.at(-2) === 'allOf' && family.heirs.has(formatPointer(from.slice(0, -2)))
  return isInherited ? undefined : family
}

/** The values that tell a schema apart: those that a mapping gives it, else its name (OpenAPI, "Discriminator Object"). */
export function discriminatingValues(
  discriminator: SchemaNode,
  reference: string,
  name: string,
): readonly string[] {
  const mapping = isNode(discriminator['mapping']) ? Object.entries(discriminator['mapping']) : []
  const values = mapping
    .filter(([, target]) => target === reference || target === name)
    .map(([value]) => value)
  return values.length > 0 ? values.sort() : [name]
}

function findFamilies(document: unknown): ReadonlyMap<string, Family> {
  const schemas = valueAt(document, ['components', 'schemas'])
  const heads = Object.entries(isNode(schemas) ? schemas : {}).filter(
    (entry): entry is [string, SchemaNode] => isNode(entry[1]) && isHead(entry[1]),
  )
  if (!isNode(schemas) || heads.length === 0) return new Map()
  const children = childrenOf(schemas)
  const families = heads.flatMap(([name, head]): [string, Family][] => {
    const names = descendants(children, name)
    return names.length === 0 ? [] : [[pointerTo(name), familyOf({ name, head, names, children })]]
  })
  return new Map(families)
}

function isHead(node: SchemaNode): boolean {
  const discriminator = node[DISCRIMINATOR]
  const hasAlternatives = Object.hasOwn(node, 'oneOf') || Object.hasOwn(node, 'anyOf')
  return isNode(discriminator) && typeof discriminator['propertyName'] === 'string' && !hasAlternatives
}

/** Names of component schemas by the name of the one that they inherit from. */
function childrenOf(schemas: SchemaNode): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const [name, schema] of Object.entries(schemas)) {
    for (const parent of isNode(schema) ? (listedSchemas(schema, 'allOf') ?? []) : []) {
      const reference = isNode(parent) ? parent['$ref'] : undefined
      const path = typeof reference === 'string' ? parseLocalReference(reference) : undefined
      const of = path?.at(-1)
      if (of === undefined || formatPointer(path ?? []) !== pointerTo(of)) continue
      children.set(of, [...(children.get(of) ?? []), name])
    }
  }
  return children
}

/** All that inherit from a schema, sorted by name. One that inherits from itself is no heir. */
function descendants(children: ReadonlyMap<string, readonly string[]>, head: string): readonly string[] {
  const found = new Set<string>()
  const open = [head]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const fresh = (children.get(next) ?? []).filter((child) => child !== head && !found.has(child))
    for (const child of fresh) found.add(child)
    open.push(...fresh)
  }
  return [...found].sort()
}

interface Relatives {
  readonly name: string
  readonly head: SchemaNode
  readonly names: readonly string[]
  readonly children: ReadonlyMap<string, readonly string[]>
}

function familyOf({ name, head, names, children }: Relatives): Family {
  const discriminator = isNode(head[DISCRIMINATOR]) ? head[DISCRIMINATOR] : {}
  const property = String(discriminator['propertyName'])
  const heirOf = (of: string): Heir => ({
    values: discriminatingValues(discriminator, referenceTo(of), of),
    hasHeirs: children.has(of),
  })
  const heirs = new Map(names.map((of) => [of, heirOf(of)] as const))
  const members = [...heirs].map(([of, { values, hasHeirs }]) =>
    // What others inherit from cannot itself say which value it has.
    hasHeirs ? told(referenceTo(of), property, values) : { $ref: referenceTo(of) },
  )
  const mapped = discriminatingValues(discriminator, referenceTo(name), name)
  // The head is one of the alternatives only when the mapping says so: without that it is what they have in common.
  const isMapped = mapped.length > 1 || mapped[0] !== name
  const alternatives = isMapped ? [told(referenceTo(name), property, mapped), ...members] : members
  const { description, nullable } = head
  return {
    property,
    heirs: new Map([...heirs].map(([of, heir]) => [pointerTo(of), heir])),
    union: {
      ...(description === undefined ? {} : { description }),
      ...(nullable === undefined ? {} : { nullable }),
      oneOf: alternatives,
    },
  }
}

/** A schema that has one of the values of the property. */
function told(reference: string, property: string, values: readonly string[]): SchemaNode {
  const tag = {
    type: 'object',
    required: [property],
    properties: { [property]: { type: 'string', enum: values } },
  }
  return { allOf: [{ $ref: reference }, tag] }
}

function pointerTo(name: string): string {
  return formatPointer(['components', 'schemas', name])
}

function referenceTo(name: string): string {
  return `#${pointerTo(name)}`
}
