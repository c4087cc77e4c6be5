// The schemas of a source by their places and by their `$id`. A reference is looked up here and nowhere else, so that none
// can open a file outside the source or an address.

import { posix } from 'node:path'
import { formatPointer, parseLocalReference, valueAt } from '../schema/json-pointer.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import { fileAt } from './file-at.ts'
import { metaSchemaAt } from './meta-schemas.ts'
import type { SchemaPlace } from './schema-place.ts'
import { type SourceDocument, schemaPathOf } from './source-document.ts'

/** Where a reference leads, or why it leads nowhere and what to do about it. */
export type ReferenceLookup =
  | { readonly ok: true; readonly place: SchemaPlace; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly remedy: string }

/** Looks references up. */
export interface SchemaLibrary {
  /** The files of the source. */
  documents(): Iterable<SourceDocument>
  document(file: string): SourceDocument | undefined
  /** Resolves a reference that stands at a place. */
  lookup(reference: string, from: SchemaPlace): ReferenceLookup
}

/** A schema that references may be relative to: a document, an event type's schema, or whatever has an `$id`. */
interface Resource extends SchemaPlace {
  /** Its `$id`, resolved; undefined when neither it nor anything around it has one. */
  readonly uri: string | undefined
  /** Its `$id` as it is written. */
  readonly id: string | undefined
  /** Places by plain name (`$anchor`, `$dynamicAnchor`, and `$id` with a `#` before draft 2019-09). */
  readonly anchors: Map<string, readonly string[]>
}

/** Makes a library of parsed files. */
export function createSchemaLibrary(
  documents: ReadonlyMap<string, SourceDocument>,
  links: ReadonlySet<string>,
): SchemaLibrary {
  // Most sources have no reference that needs this.
  let index: ResourceIndex | undefined
  const indexed = (): ResourceIndex => {
    index ??= indexOf(documents)
    return index
  }
  const added = new Map<string, { readonly document: SourceDocument; readonly resources: Resources }>()
  const metaSchema = (uri: string): Resource | undefined => {
    const document = metaSchemaAt(uri)
    if (document === undefined) return undefined
    const known = added.get(document.file) ?? { document, resources: resourcesOf(document) }
    added.set(document.file, known)
    return known.resources.get('')
  }
  const documentOf = (file: string): SourceDocument | undefined =>
    documents.get(file) ?? added.get(file)?.document
  const around = ({ file, path }: SchemaPlace): Resource | undefined =>
    innermost(indexed().byFile.get(file) ?? added.get(file)?.resources ?? new Map(), path)

  const target = (address: string, from: SchemaPlace): Resource | string => {
    const base = around(from)
    if (address === '') return base ?? 'leads nowhere'
    const uri = resolveUri(address, base?.uri)
    const named = uri === undefined ? undefined : (indexed().byUri.get(uri) ?? metaSchema(uri))
    if (named !== undefined) return named
    // `file://name.json` names a host and no file; those who write it mean the file beside this one.
    const path = address.replace(/^file:\/\/(?!\/)/i, '')
    if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return 'is not the $id of a local file, and nothing is fetched'
    const file = fileAt(decode(path), from.file)
    if (file.startsWith('../') || posix.isAbsolute(file)) return 'leads out of the source'
    if (isLinked(links, file)) return 'leads to a symbolic link, and links are not followed'
    const { byFile, byId } = indexed()
    // Whoever loads schemas by their `$id` may write just that, whatever it would be relative to.
    return byFile.get(file)?.get('') ?? byId.get(address) ?? `leads to a file that is not there: ${file}`
  }

  return {
    documents: () => documents.values(),
    document: documentOf,
    lookup(reference, from) {
      const [address = '', ...rest] = reference.split('#')
      const resource = target(address, from)
      const refuse = (message: string): ReferenceLookup => ({
        ok: false,
        message: `the reference ${JSON.stringify(reference)} ${message}`,
        remedy: 'Refer to a place in this document, or to a .json or .yaml file of the same source.',
      })
      if (typeof resource === 'string') return refuse(resource)
      const path = pathOf(resource, rest.join('#'))
      const root = documentOf(resource.file)?.value
      const value = path === undefined ? undefined : valueAt(root, path)
      if (path === undefined || value === undefined) return refuse('leads to a place that is not there')
      if (!isNode(value) && typeof value !== 'boolean') return refuse('does not lead to a schema')
      return { ok: true, ...schemaOf({ file: resource.file, path }, value) }
    },
  }
}

/** The resources of a file by JSON pointers to them; that of the file itself is the first. */
type Resources = ReadonlyMap<string, Resource>

interface ResourceIndex {
  readonly byFile: ReadonlyMap<string, Resources>
  readonly byUri: ReadonlyMap<string, Resource>
  /** By `$id` as it is written. */
  readonly byId: ReadonlyMap<string, Resource>
}

function indexOf(documents: ReadonlyMap<string, SourceDocument>): ResourceIndex {
  const byFile = new Map([...documents].map(([file, document]) => [file, resourcesOf(document)] as const))
  const byUri = new Map<string, Resource>()
  const byId = new Map<string, Resource>()
  for (const resource of [...byFile.values()].flatMap((resources) => [...resources.values()])) {
    const { uri, id } = resource
    // Two files with one `$id` are a mistake of theirs; the first in the order of the paths counts.
    if (uri !== undefined && !byUri.has(uri)) byUri.set(uri, resource)
    if (id !== undefined && !byId.has(id)) byId.set(id, resource)
  }
  return { byFile, byUri, byId }
}

/** The resource that a path is in and no smaller one is. */
function innermost(resources: Resources, path: readonly string[]): Resource | undefined {
  for (let length = path.length; length >= 0; length--) {
    const resource = resources.get(formatPointer(path.slice(0, length)))
    if (resource !== undefined) return resource
  }
  return undefined
}

/** The path from the top of the file that a fragment of a resource means. */
function pathOf(resource: Resource, fragment: string): readonly string[] | undefined {
  const anchor = resource.anchors.get(decode(fragment))
  if (anchor !== undefined) return anchor
  // Many forget the slash that a pointer begins with.
  const pointer = parseLocalReference(/^(\/|%2f|$)/i.test(fragment) ? `#${fragment}` : `#/${fragment}`)
  return pointer === undefined ? undefined : [...resource.path, ...pointer]
}

/** A reference to an event type definition means its schema. */
function schemaOf(
  place: SchemaPlace,
  value: unknown,
): { readonly place: SchemaPlace; readonly value: unknown } {
  const path = place.path.length === 0 && isNode(value) ? schemaPathOf(value) : undefined
  if (path === undefined || !isNode(value) || !Object.hasOwn(value, 'name')) return { place, value }
  return { place: { ...place, path }, value: valueAt(value, path) }
}

function resourcesOf({ file, value, kind, text }: SourceDocument): Resources {
  const found = new Map<string, Resource>()
  const id = isNode(value) && kind === 'schemas' ? idOf(value) : undefined
  const uri = id === undefined ? undefined : resolveUri(id, undefined)
  found.set('', { file, path: [], uri, id, anchors: new Map() })
  if (kind === 'definitions') {
    const items = Array.isArray(value)
      ? value.map((item, index) => ({ item, at: [String(index)] }))
      : [{ item: value, at: [] }]
    for (const { item, at } of items) {
      const schemaPath = isNode(item) ? schemaPathOf(item) : undefined
      const path = [...at, ...(schemaPath ?? [])]
      const nameless = { file, path, uri: undefined, id: undefined, anchors: new Map() }
      if (schemaPath !== undefined) found.set(formatPointer(path), nameless)
    }
  }
  const isPlain = kind === 'definitions' || kind === 'schemas'
  const isDraft4 = isPlain && !LATER_DRAFT.test(text)
  const isAlone = isPlain && !TOGETHER_DRAFT.test(text)
  collectIds({ found, isDraft4, isAlone }, value, [])
  return found
}

/** Values below which `$id` is nothing but a member of some example. */
const DATA_KEYWORDS = ['const', 'default', 'enum', 'example', 'examples']

/** Levels that are looked at; deeper schemas are refused anyway. */
const MAX_LEVELS = 128

/** What a file has somewhere whose schemas are of a later draft than 4, which is what is meant without a word on it. */
const LATER_DRAFT = /json-schema\.org\/draft(-0[6-9]|\/)/

/** What a file has somewhere whose schemas are of a draft in which keywords beside a reference count. */
const TOGETHER_DRAFT = /json-schema\.org\/draft\//

interface Collecting {
  readonly found: Map<string, Resource>
  readonly isDraft4: boolean
  /** Whether a reference stands alone, so that an `$id` beside it counts for nothing. */
  readonly isAlone: boolean
}

function collectIds(to: Collecting, value: unknown, path: readonly string[]): void {
  if (typeof value !== 'object' || value === null || path.length > MAX_LEVELS) return
  if (isNode(value)) addResource(to, value, path)
  for (const [key, member] of Object.entries(value)) {
    if (!DATA_KEYWORDS.includes(key)) collectIds(to, member, [...path, key])
  }
}

function addResource(to: Collecting, node: SchemaNode, path: readonly string[]): void {
  if (to.isAlone && typeof node['$ref'] === 'string') return
  const id = idOf(node) ?? (to.isDraft4 ? absoluteId(node) : undefined)
  const anchors = [node['$anchor'], node['$dynamicAnchor']].filter((anchor) => typeof anchor === 'string')
  if (id === undefined && anchors.length === 0) return
  const around = innermost(to.found, path)
  if (around === undefined) return
  const isPlainName = id === undefined || id.startsWith('#')
  const own = isPlainName || path.length === 0 ? around : resourceAt(to, around, { id, path })
  for (const anchor of anchors) own.anchors.set(anchor, path)
  if (id?.startsWith('#')) own.anchors.set(id.slice(1), path)
}

/** The resource that an `$id` makes of what is around it. */
function resourceAt(
  { found }: Collecting,
  around: Resource,
  { id, path }: { readonly id: string; readonly path: readonly string[] },
): Resource {
  const resource = { file: around.file, path, uri: resolveUri(id, around.uri), id, anchors: new Map() }
  found.set(formatPointer(path), resource)
  return resource
}

function idOf(node: SchemaNode): string | undefined {
  if (typeof node['$id'] === 'string') return node['$id']
  // Draft 4 calls it `id`, which is also what many members of examples are called. A plain name begins with a hash.
  const { id } = node
  if (typeof id !== 'string') return undefined
  return typeof node['$schema'] === 'string' || id.startsWith('#') ? id : undefined
}

/** In draft 4, a member that is called `id` and holds an address names a schema wherever it is. */
function absoluteId({ id }: SchemaNode): string | undefined {
  return typeof id === 'string' && /^(https?|urn|tag):/.test(id) ? id : undefined
}

/** What relative addresses are resolved against where nobody said otherwise. Nothing is ever opened there. */
const NOWHERE = 'local:///'

function resolveUri(address: string, base: string | undefined): string | undefined {
  if (!URL.canParse(address, base ?? NOWHERE)) return undefined
  return new URL(address, base ?? NOWHERE).href.replace(/#$/, '')
}

function isLinked(links: ReadonlySet<string>, file: string): boolean {
  return [...links].some((link) => file === link || file.startsWith(`${link}/`))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
