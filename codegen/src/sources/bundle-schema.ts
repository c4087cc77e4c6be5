// One schema without references to elsewhere: what they lead to is copied into its `definitions`. Nothing is inlined, so
// circles between files stay circles, and the result is never larger than the files together.

import { formatLocalReference, formatPointer, parseLocalReference } from '../schema/json-pointer.ts'
import { isNode, MAP_KEYWORDS } from '../schema/json-schema.ts'
import { withDefinitions } from '../schema/with-definitions.ts'
import { createNamePool } from '../words.ts'
import { DISCRIMINATOR, familiesOf, familyMeant, schemaMeant } from './openapi-families.ts'
import { isOpenApi, plainSchema } from './openapi-schema.ts'
import type { SchemaLibrary } from './schema-library.ts'
import { placeKey, type SchemaPlace } from './schema-place.ts'
import { type DocumentKind, fileStem } from './source-document.ts'

/** A part of a bundled schema, and the place it was copied from. */
export interface BundledPart extends SchemaPlace {
  /** JSON pointer from the root of the bundled schema. */
  readonly pointer: string
}

/** A reference that leads nowhere. */
export interface ReferenceProblem extends SchemaPlace {
  readonly message: string
  readonly remedy: string
}

/** A schema that needs no other. */
export interface BundledSchema {
  /** The schema itself, untouched, when it needed none from the start. */
  readonly schema: unknown
  readonly parts: readonly BundledPart[]
  readonly problems: readonly ReferenceProblem[]
}

interface Bundle {
  readonly library: SchemaLibrary
  readonly root: SchemaPlace
  /** What kind of schema the root is. */
  readonly dialect: DocumentKind
  /** Names of definitions by the places they come from. */
  readonly names: Map<string, string>
  readonly pool: { take(name: string): string }
  /** The names that the pool gives to nobody else. */
  readonly taken: Set<string>
  readonly pending: { readonly name: string; readonly place: SchemaPlace; readonly value: unknown }[]
  readonly problems: ReferenceProblem[]
  /** References that are written differently in the bundled schema. */
  readonly rewritten: Set<string>
}

/** Levels of a schema that are followed. Deeper ones are refused by whoever reads the result. */
const MAX_LEVELS = 128

/**
 * Bundles the schema at a place.
 *
 * @param dialect - what kind of schema it is, where that is not what its file says
 */
export function bundleSchema(
  library: SchemaLibrary,
  schema: SchemaPlace & { readonly value: unknown },
  dialect: DocumentKind = library.document(schema.file)?.kind ?? 'definitions',
): BundledSchema {
  const family = isOpenApi(dialect) ? familyMeant(library, schema, undefined) : undefined
  const value = family === undefined ? schema.value : family.union
  const root = family === undefined ? { file: schema.file, path: schema.path } : placeOfUnion(schema)
  if (!isNode(value)) return { schema: value, parts: [], problems: [] }
  const existing = isNode(value['definitions']) ? Object.keys(value['definitions']) : []
  const bundle: Bundle = {
    library,
    root,
    dialect,
    names: new Map(),
    pool: createNamePool(existing),
    taken: new Set(existing),
    pending: [],
    problems: [],
    rewritten: new Set(),
  }
  const copied = copySchema(bundle, value, { place: root, dialect, isRoot: true })
  const definitions: [string, unknown][] = []
  const parts: BundledPart[] = []
  // Copying one definition finds others, which join the end of the list.
  for (const { name, place, value: target } of bundle.pending) {
    const ownDialect = dialectAt(bundle, place)
    definitions.push([name, copySchema(bundle, target, { place, dialect: ownDialect, isRoot: false })])
    parts.push({ ...place, pointer: formatPointer(['definitions', name]) })
  }
  if (bundle.rewritten.size === 0 && !isOpenApi(dialect))
    return { schema: value, parts, problems: bundle.problems }
  const self = isNode(copied) ? withDefinitions(copied, definitions) : copied
  return { schema: self, parts, problems: bundle.problems }
}

/** What kind of schema there is at a place. A file of schemas speaks as the API document that refers to it. */
function dialectAt({ library, root, dialect }: Bundle, { file }: SchemaPlace): DocumentKind {
  const kind = library.document(file)?.kind ?? dialect
  const isPlain = kind === 'schemas' || kind === 'definitions'
  return file === root.file || (isPlain && isOpenApi(dialect)) ? dialect : kind
}

interface Copying {
  readonly place: SchemaPlace
  readonly dialect: DocumentKind
  /** Whether this is the root schema itself, which may say what draft it is of. */
  readonly isRoot: boolean
}

const DATA_KEYWORDS = ['const', 'default', 'enum', 'example', 'examples']

/** Words that would give a copied part another base, or another draft, than what is around it. */
const IDENTITY_KEYWORDS = ['$id', '$schema', '$anchor', '$dynamicAnchor', '$recursiveAnchor']

/** References of drafts 2019-09 and 2020-12 to the outermost schema of a name. */
const DYNAMIC_KEYWORDS = ['$dynamicRef', '$recursiveRef']

function copySchema(bundle: Bundle, value: unknown, at: Copying): unknown {
  const { place, dialect, isRoot } = at
  if (place.path.length > MAX_LEVELS) return value
  const below = (member: unknown, ...segments: string[]): unknown =>
    copySchema(bundle, member, {
      place: { ...place, path: [...place.path, ...segments] },
      dialect,
      isRoot: false,
    })
  if (Array.isArray(value)) return value.map((member, index) => below(member, String(index)))
  if (!isNode(value)) return value
  const isInside = isBelow(bundle.root, place)
  // What stays in its document can be made static when the whole of it is read.
  const isPlainInside = isInside && dialect === 'definitions'
  const node = isOpenApi(dialect) ? plainSchema(value, { library: bundle.library, place, dialect }) : value
  const entries = Object.entries(node)
    // In the order of the keys, so that the names of definitions do not depend on how a file was written.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .filter(([key, member]) => isRoot || isInside || !isIdentity(key, member))
    .map(([key, member]): [string, unknown] => {
      if (key === '$ref') return [key, referenceTo(bundle, member, at)]
      if (DYNAMIC_KEYWORDS.includes(key) && !('$ref' in node) && !isPlainInside) {
        return ['$ref', referenceTo(bundle, member, { ...at, place: outermost(bundle, member, place) })]
      }
      if (DATA_KEYWORDS.includes(key)) return [key, member]
      if (MAP_KEYWORDS.includes(key) && isNode(member)) {
        const named = Object.entries(member).map(([name, schema]) => [name, below(schema, key, name)])
        return [key, Object.fromEntries(named)]
      }
      return [key, below(member, key)]
    })
  return Object.fromEntries(entries)
}

function isIdentity(key: string, member: unknown): boolean {
  return IDENTITY_KEYWORDS.includes(key) || (key === 'id' && typeof member === 'string')
}

/** The reference as it is in the bundled schema. One that leads nowhere is a problem. */
function referenceTo(bundle: Bundle, reference: unknown, { place: from, dialect }: Copying): unknown {
  if (typeof reference !== 'string') return reference
  const { library } = bundle
  const found = library.lookup(reference, from)
  if (!found.ok) {
    // References within the schema are checked when types are made of it, whatever it was read from.
    if (reference.startsWith('#') && isBelow(bundle.root, from) && isOwnRoot(bundle, from)) return reference
    const { message, remedy } = found
    bundle.problems.push({ ...from, path: [...from.path, '$ref'], message, remedy })
    return reference
  }
  const meant = isOpenApi(dialect) ? (schemaMeant(library, reference, from) ?? found) : found
  const family = isOpenApi(dialect) ? familyMeant(library, meant.place, from) : undefined
  const { place, value } =
    family === undefined ? meant : { place: placeOfUnion(meant.place), value: family.union }
  const path = isBelow(bundle.root, place)
    ? place.path.slice(bundle.root.path.length)
    : ['definitions', definitionFor(bundle, place, value)]
  // What leads there already stays as it was written, so that the schema is the same as in a registry.
  const written = parseLocalReference(reference)
  if (written !== undefined && formatPointer(written) === formatPointer(path)) return reference
  bundle.rewritten.add(reference)
  return formatLocalReference(path)
}

/** The place from which a dynamic reference is resolved: the schema that is bundled, if it has what is meant. */
function outermost({ library, root }: Bundle, reference: unknown, from: SchemaPlace): SchemaPlace {
  const found = typeof reference === 'string' ? library.lookup(reference, root) : undefined
  const isMeant =
    found?.ok === true &&
    isNode(found.value) &&
    (reference === '#' ? found.value['$recursiveAnchor'] === true : '$dynamicAnchor' in found.value)
  return isMeant ? root : from
}

/** The union of a family is nowhere in its file; what tells its members apart is. */
function placeOfUnion({ file, path }: SchemaPlace): SchemaPlace {
  return { file, path: [...path, DISCRIMINATOR] }
}

/** Whether a fragment at this place is relative to the schema that is bundled. */
function isOwnRoot({ library, root }: Bundle, from: SchemaPlace): boolean {
  const top = library.lookup('#', from)
  return top.ok && top.place.file === root.file && top.place.path.length === root.path.length
}

function definitionFor(bundle: Bundle, place: SchemaPlace, value: unknown): string {
  const key = placeKey(place)
  const known = bundle.names.get(key)
  if (known !== undefined) return known
  const suffix = isHead(bundle, place) ? 'Base' : ''
  const wishes = [nameOf(place), longNameOf(place)].map((name) => `${name}${suffix}`)
  const [short = ''] = wishes
  const name = bundle.pool.take(wishes.find((wish) => !bundle.taken.has(wish)) ?? short)
  bundle.taken.add(name)
  bundle.names.set(key, name)
  bundle.pending.push({ name, place, value })
  return name
}

/** Whether others inherit from what is at a place, so that its name is that of all of them. */
function isHead(bundle: Bundle, place: SchemaPlace): boolean {
  return isOpenApi(dialectAt(bundle, place)) && familiesOf(bundle.library).has(placeKey(place))
}

/** What a definition is called: as in the file it comes from or, when it is all of that file, as the file. */
function nameOf({ file, path }: SchemaPlace): string {
  const last = path.at(-1) === DISCRIMINATOR ? path.at(-2) : path.at(-1)
  if (last !== undefined && last !== 'schema') return last
  const [name = file, folder] = fileStem(file).split('/').reverse()
  return folder !== undefined && UNSPECIFIC.test(name) ? `${folder}-${name}` : name
}

/** What a definition is called when another one has its name: as that, and what holds it. */
function longNameOf(place: SchemaPlace): string {
  const { file, path } = place
  const short = nameOf(place)
  const holder = path.length > 0 && short === path.at(-1) ? nameOf({ file, path: [] }) : folderOf(file)
  return holder === undefined || short.startsWith(`${holder}-`) ? short : `${holder}-${short}`
}

function folderOf(file: string): string | undefined {
  return file.split('/').at(-2)
}

/** What files of many folders are called. */
const UNSPECIFIC = /^(index|schema|v?\d+([._-]\d+)*)$/i

function isBelow(root: SchemaPlace, { file, path }: SchemaPlace): boolean {
  return root.file === file && root.path.every((segment, index) => segment === path[index])
}
