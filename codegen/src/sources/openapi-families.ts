// Inheritance in OpenAPI: a schema with a discriminator and without alternatives of its own stands for all component
// schemas, and files of schemas, that build on it with `allOf` (OpenAPI 3.1, "Models with Polymorphism Support"). Where
// others refer to it they mean any of those, where its heirs do they mean what they have in common.

import { posix } from 'node:path'
import { formatLocalReference, valueAt } from '../schema/json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaLibrary } from './schema-library.ts'
import { placeKey, type SchemaPlace } from './schema-place.ts'
import { fileStem } from './source-document.ts'

/** The keyword that tells the members of a union apart, and the last segment of the place of a family's union. */
export const DISCRIMINATOR = 'discriminator'

/** A schema and those that inherit from it. */
export interface Family {
  /** What its members are told apart by. */
  readonly property: string
  /** All that inherit, their heirs included, by place: the values of the property, and whether others inherit from them. */
  readonly heirs: ReadonlyMap<string, Heir>
  /** The alternatives in the words of JSON Schema. Its references mean the schemas themselves and never families. */
  readonly union: SchemaNode
}

/** A schema that inherits from another. */
export interface Heir {
  readonly values: readonly string[]
  readonly hasHeirs: boolean
}

const known = new WeakMap<SchemaLibrary, ReadonlyMap<string, Family>>()

/** The families of all files of a source by the place of the schema that is inherited from, see `placeKey`. */
export function familiesOf(library: SchemaLibrary): ReadonlyMap<string, Family> {
  const before = known.get(library)
  if (before !== undefined) return before
  const families = findFamilies(library)
  known.set(library, families)
  return families
}

/** The family that a reference at a place means, when it leads to the schema that a family inherits from. */
export function familyMeant(
  library: SchemaLibrary,
  target: SchemaPlace,
  from: SchemaPlace | undefined,
): Family | undefined {
  const family = familiesOf(library).get(placeKey(target))
  if (family === undefined || from === undefined) return family
  const { file, path } = from
  if (path.includes(DISCRIMINATOR)) return undefined
  const isInherited = path.at(-2) === 'allOf' && family.heirs.has(placeKey({ file, path: path.slice(0, -2) }))
  return isInherited ? undefined : family
}

/** What a reference means: what it leads to or, when that is but a reference to another file, what that means. */
export function schemaMeant(
  library: SchemaLibrary,
  reference: string,
  from: SchemaPlace,
): { readonly place: SchemaPlace; readonly value: unknown } | undefined {
  let found = library.lookup(reference, from)
  for (let length = 0; length < MAX_ALIASES && found.ok; length += 1) {
    const { place, value } = found
    const next = isNode(value) && Object.keys(value).length === 1 ? value['$ref'] : undefined
    const further = typeof next === 'string' ? library.lookup(next, place) : undefined
    if (further?.ok !== true || further.place.file === place.file) break
    found = further
  }
  return found.ok ? found : undefined
}

/** Files that a reference may be handed on through. */
const MAX_ALIASES = 16

/**
 * The values that tell a schema apart: those that a mapping gives it, else its name (OpenAPI, "Discriminator Object").
 *
 * @param from - the place of the discriminator
 */
export function discriminatingValues(
  library: SchemaLibrary,
  { discriminator, from }: { readonly discriminator: SchemaNode; readonly from: SchemaPlace },
  schema: SchemaPlace,
): readonly string[] {
  const mapping = isNode(discriminator['mapping']) ? Object.entries(discriminator['mapping']) : []
  const name = nameOf(schema)
  const isMeant = (target: unknown): boolean => {
    if (typeof target !== 'string' || target === name) return target === name
    const meant = schemaMeant(library, target, from)
    return meant !== undefined && placeKey(meant.place) === placeKey(schema)
  }
  const values = mapping.filter(([, target]) => isMeant(target)).map(([value]) => value)
  return values.length > 0 ? values.sort() : [name]
}

/** The name of a component or, of a file that is a schema, of that. */
function nameOf({ file, path }: SchemaPlace): string {
  return path.at(-1) ?? posix.basename(fileStem(file))
}

/** A schema that may inherit, or be inherited from. */
interface Candidate {
  readonly place: SchemaPlace
  readonly schema: SchemaNode
}

function findFamilies(library: SchemaLibrary): ReadonlyMap<string, Family> {
  const candidates = [...library.documents()].flatMap(({ file, value, kind }): Candidate[] => {
    if (kind === 'schemas') return isNode(value) ? [{ place: { file, path: [] }, schema: value }] : []
    const schemas = valueAt(value, ['components', 'schemas'])
    return Object.entries(isNode(schemas) ? schemas : {}).flatMap(([name, schema]) =>
      isNode(schema) ? [{ place: { file, path: ['components', 'schemas', name] }, schema }] : [],
    )
  })
  const heads = candidates.filter(({ schema }) => isHead(schema))
  if (heads.length === 0) return new Map()
  const children = childrenOf(library, candidates)
  const families = heads.flatMap((head): [string, Family][] => {
    const heirs = descendants(children, placeKey(head.place))
    return heirs.length === 0 ? [] : [[placeKey(head.place), familyOf(library, { head, heirs, children })]]
  })
  return new Map(families)
}

function isHead(node: SchemaNode): boolean {
  const discriminator = node[DISCRIMINATOR]
  const hasAlternatives = Object.hasOwn(node, 'oneOf') || Object.hasOwn(node, 'anyOf')
  return isNode(discriminator) && typeof discriminator['propertyName'] === 'string' && !hasAlternatives
}

type Children = ReadonlyMap<string, readonly SchemaPlace[]>

/** The places of schemas by the place of the one that they inherit from. */
function childrenOf(library: SchemaLibrary, candidates: readonly Candidate[]): Children {
  const children = new Map<string, SchemaPlace[]>()
  for (const { place, schema } of candidates) {
    for (const parent of listedSchemas(schema, 'allOf') ?? []) {
      const reference = isNode(parent) ? parent['$ref'] : undefined
      const meant = typeof reference === 'string' ? schemaMeant(library, reference, place) : undefined
      if (meant === undefined) continue
      const key = placeKey(meant.place)
      children.set(key, [...(children.get(key) ?? []), place])
    }
  }
  return children
}

/** All that inherit from a schema, sorted by name. One that inherits from itself is no heir. */
function descendants(children: Children, head: string): readonly SchemaPlace[] {
  const found = new Map<string, SchemaPlace>()
  const open = [head]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      const key = placeKey(child)
      if (key === head || found.has(key)) continue
      found.set(key, child)
      open.push(key)
    }
  }
  const sorted = [...found].sort(([left], [right]) => (left < right ? -1 : 1))
  return sorted.map(([, place]) => place)
}

interface Relatives {
  readonly head: Candidate
  readonly heirs: readonly SchemaPlace[]
  readonly children: Children
}

function familyOf(library: SchemaLibrary, { head, heirs, children }: Relatives): Family {
  const { place: from, schema } = head
  const discriminator = isNode(schema[DISCRIMINATOR]) ? schema[DISCRIMINATOR] : {}
  const property = String(discriminator['propertyName'])
  const valuesOf = (place: SchemaPlace): readonly string[] =>
    discriminatingValues(library, { discriminator, from }, place)
  const members = heirs.map((place) => {
    const hasHeirs = children.has(placeKey(place))
    return { place, hasHeirs, values: valuesOf(place), reference: referenceTo(place, from) }
  })
  const mapped = valuesOf(from)
  // The head is one of the alternatives only when the mapping says so: without that it is what they have in common.
  const isMapped = mapped.length > 1 || mapped[0] !== nameOf(from)
  const alternatives = [
    ...(isMapped ? [told(referenceTo(from, from), property, mapped)] : []),
    ...members.map(({ reference, hasHeirs, values }) =>
      // What others inherit from cannot itself say which value it has.
      hasHeirs ? told(reference, property, values) : { $ref: reference },
    ),
  ]
  const { description, nullable } = schema
  return {
    property,
    heirs: new Map(members.map(({ place, values, hasHeirs }) => [placeKey(place), { values, hasHeirs }])),
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

function referenceTo({ file, path }: SchemaPlace, from: SchemaPlace): string {
  const address = file === from.file ? '' : posix.relative(posix.dirname(from.file), file)
  return `${encodeURI(address)}${formatLocalReference(path)}`
}
