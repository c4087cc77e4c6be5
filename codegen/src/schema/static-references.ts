// Plain names and dynamic references of drafts 2019-09 and 2020-12 as references to places. What a dynamic reference
// means depends on how one got there: of all schemas of its name that were entered on the way, it is the outermost. Within
// one document that is known beforehand, unless several parts with an `$id` of their own have such a schema and the whole
// has none.

import { formatLocalReference } from './json-pointer.ts'
import { listedSchemas, mapSubschemas, type SchemaNode, subschemasOf } from './json-schema.ts'

/** Rewrites the references of a schema whose depth has been checked. What leads nowhere for certain stays as it is. */
export function withStaticReferences(root: SchemaNode): SchemaNode {
  const resources = resourcesOf(root)
  const rewrite = (node: SchemaNode, around: Resource): SchemaNode => {
    const own = resources.byNode.get(node) ?? around
    const { $ref, $dynamicRef, $recursiveRef, ...others } = mapSubschemas(node, (child) =>
      rewrite(child, own),
    )
    const dynamic = dynamicPlace(resources, own, $dynamicRef)
    const recursive = recursivePlace(resources, own, $recursiveRef)
    const left = {
      $ref: own.names.get(String($ref)) ?? $ref,
      $dynamicRef: dynamic === undefined ? $dynamicRef : undefined,
      $recursiveRef: recursive === undefined ? $recursiveRef : undefined,
    }
    const kept = Object.entries(left).filter(([, reference]) => reference !== undefined)
    const places = [dynamic, recursive].filter((place) => place !== undefined)
    return withReferences({ ...others, ...Object.fromEntries(kept) }, places)
  }
  return rewrite(root, resources.whole)
}

/** A node that refers to places beside what it says itself. */
function withReferences(node: SchemaNode, places: readonly string[]): SchemaNode {
  const [place] = places
  if (place === undefined) return node
  if (places.length === 1 && !('$ref' in node)) return { ...node, $ref: place }
  return { ...node, allOf: [...places.map(($ref) => ({ $ref })), ...(listedSchemas(node, 'allOf') ?? [])] }
}

/** A part of a document with an `$id` of its own, or the whole of it. */
interface Resource {
  /** A reference to it. */
  readonly place: string
  /** References to places by references to plain names. */
  readonly names: Map<string, string>
  /** Those names of which the outermost schema counts. */
  readonly dynamicNames: Set<string>
  /** Whether a recursive reference means the outermost resource of which this is true. */
  readonly isRecursive: boolean
}

interface Resources {
  readonly whole: Resource
  /** By the node that is all of it. */
  readonly byNode: ReadonlyMap<SchemaNode, Resource>
}

function resourcesOf(root: SchemaNode): Resources {
  const whole = resourceOf(root, [])
  const byNode = new Map([[root, whole]])
  const open = [{ node: root, path: [] as readonly string[], around: whole }]
  for (const { node, path, around } of open) {
    const hasId = typeof node['$id'] === 'string' && !node['$id'].startsWith('#')
    const own = node !== root && hasId ? resourceOf(node, path) : around
    if (own !== around) byNode.set(node, own)
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = node[keyword]
      if (typeof name !== 'string') continue
      own.names.set(`#${name}`, formatLocalReference(path))
      if (keyword === '$dynamicAnchor') own.dynamicNames.add(`#${name}`)
    }
    for (const { path: step, schema } of subschemasOf(node)) {
      open.push({ node: schema, path: [...path, ...step], around: own })
    }
  }
  return { whole, byNode }
}

function resourceOf(node: SchemaNode, path: readonly string[]): Resource {
  return {
    place: formatLocalReference(path),
    names: new Map(),
    dynamicNames: new Set(),
    isRecursive: node['$recursiveAnchor'] === true,
  }
}

/** JSON Schema 2020-12, section 8.2.3.2. */
function dynamicPlace(resources: Resources, own: Resource, reference: unknown): string | undefined {
  if (typeof reference !== 'string') return undefined
  if (/^#(\/|$)/.test(reference)) return reference
  if (!own.dynamicNames.has(reference)) return own.names.get(reference)
  const outermost = outermostOf(resources, ({ dynamicNames }) => dynamicNames.has(reference))
  return outermost?.names.get(reference)
}

/** JSON Schema 2019-09, section 8.2.4.2. */
function recursivePlace(resources: Resources, own: Resource, reference: unknown): string | undefined {
  if (reference !== '#') return undefined
  const meant = own.isRecursive ? outermostOf(resources, ({ isRecursive }) => isRecursive) : own
  return meant?.place
}

/** The resource that is entered first whatever the way; undefined when that depends on it. */
function outermostOf(
  { whole, byNode }: Resources,
  isMeant: (resource: Resource) => boolean,
): Resource | undefined {
  if (isMeant(whole)) return whole
  const [only, ...others] = [...byNode.values()].filter(isMeant)
  return others.length === 0 ? only : undefined
}
