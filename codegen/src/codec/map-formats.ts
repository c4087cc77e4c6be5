// Where formats become types of their own. A format counts where it is certain: below properties, items and maps. Inside of
// alternatives, `allOf`, patterns and tuples, a value may have come about in several ways, so there it stays what JSON has;
// and so does whatever such a place shares with others by a reference.

import type { CodecPart, CodecReference, PayloadCodec } from '@rioni/client/codegen-v1'
import { isNode, listedSchemas, namedSchemas, type SchemaNode, subschemasOf } from '../schema/json-schema.ts'
import { type MappedType, withMappedType } from '../schema/mapped-type.ts'
import { combinesReferences } from '../schema/normalise-node.ts'
import type { References } from '../schema/resolve-references.ts'

/** What the values of formats become. */
export interface FormatTypes {
  readonly 'date-time'?: 'Date' | 'Temporal.Instant'
  readonly date?: 'Temporal.PlainDate'
  readonly int64?: 'bigint'
}

/** A schema that knows what its values become, and the codec that makes it so. */
export interface MappedSchema {
  readonly root: SchemaNode
  readonly codec: PayloadCodec
}

/** Maps the formats of a schema; undefined when there is nothing to map. */
export function mapFormats(
  root: SchemaNode,
  references: References,
  formats: FormatTypes,
): MappedSchema | undefined {
  if (Object.keys(formats).length === 0) return undefined
  const mapping: Mapping = {
    references,
    formats,
    seen: new Set(),
    uncertain: new Set(),
    mapped: new Map(),
    parts: [],
    known: new Map(),
  }
  if (combinesReferences(root)) return undefined
  findUncertain(mapping, root)
  const whole = codecOf(mapping, root)
  if (mapping.mapped.size === 0 || whole === undefined) return undefined
  return { root: marked(mapping, root) as SchemaNode, codec: withFirst(mapping.parts, whole) }
}

interface Mapping {
  readonly references: References
  readonly formats: FormatTypes
  /** Schemas that were met where formats count. */
  readonly seen: Set<SchemaNode>
  /** Schemas that were met where they do not. */
  readonly uncertain: Set<SchemaNode>
  readonly mapped: Map<SchemaNode, MappedType>
  readonly parts: CodecPart[]
  readonly known: Map<SchemaNode, number>
}

/** The schema that references lead to in the end. They lead somewhere, which was checked before. */
function follow({ references }: Pick<Mapping, 'references'>, schema: unknown): SchemaNode | undefined {
  if (!isNode(schema)) return undefined
  const target = references.targets.get(String(schema['$ref']))
  return target === undefined ? schema : follow({ references }, target.schema)
}

function findUncertain(mapping: Mapping, schema: unknown): void {
  const node = follow(mapping, schema)
  if (node === undefined || mapping.seen.has(node)) return
  mapping.seen.add(node)
  if (isCombined(node)) {
    forbid(mapping, node)
    return
  }
  const certain = certainParts(node)
  for (const { schema: part } of subschemasOf(node))
    if (!certain.includes(part)) forbidBelow(mapping, node, part)
  for (const part of certain) findUncertain(mapping, part)
}

/** Definitions count only where something refers to them. */
function forbidBelow(mapping: Mapping, node: SchemaNode, part: unknown): void {
  const defined = ['definitions', '$defs'].flatMap((keyword) =>
    namedSchemas(node, keyword).map(([, schema]) => schema),
  )
  if (!defined.includes(part)) forbid(mapping, part)
}

function forbid(mapping: Mapping, schema: unknown): void {
  const node = follow(mapping, schema)
  if (node === undefined || mapping.uncertain.has(node)) return
  mapping.uncertain.add(node)
  for (const { schema: part } of subschemasOf(node)) forbid(mapping, part)
}

function isCombined(node: SchemaNode): boolean {
  return ['allOf', 'anyOf', 'oneOf', 'enum', 'const', 'nullable'].some((keyword) =>
    Object.hasOwn(node, keyword),
  )
}

/** The parts of a value that each have one schema. */
function certainParts(node: SchemaNode): readonly unknown[] {
  const others = 'patternProperties' in node ? [] : [node['additionalProperties']]
  return [...namedSchemas(node, 'properties').map(([, schema]) => schema), itemsOf(node), ...others].filter(
    isNode,
  )
}

function itemsOf(node: SchemaNode): unknown {
  return listedSchemas(node, 'prefixItems') === undefined ? node['items'] : undefined
}

/** The codec of a place; undefined when nothing below it is mapped. */
function codecOf(mapping: Mapping, schema: unknown): CodecReference | undefined {
  const node = follow(mapping, schema)
  if (node === undefined || mapping.uncertain.has(node)) return undefined
  const known = mapping.known.get(node)
  if (known !== undefined) return known
  const leaf = leafOf(mapping, node)
  if (leaf !== undefined) return leaf
  // Reserved before what is below: it may lead back to here.
  const index = mapping.parts.push({}) - 1
  mapping.known.set(node, index)
  mapping.parts[index] = structureOf(mapping, node)
  return index
}

function leafOf({ formats, mapped }: Mapping, node: SchemaNode): CodecPart | undefined {
  const { type, format } = node
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  const text = format === 'date-time' || format === 'date' ? formats[format] : undefined
  if (text !== undefined && types.includes('string')) {
    mapped.set(node, text)
    return { text }
  }
  const integer = format === 'int64' ? formats.int64 : undefined
  if (integer === undefined || !types.includes('integer') || types.includes('number')) return undefined
  mapped.set(node, integer)
  return { integer }
}

function structureOf(mapping: Mapping, node: SchemaNode): CodecPart {
  const members = namedSchemas(node, 'properties').flatMap(([name, schema]) => {
    const codec = codecOf(mapping, schema)
    return codec === undefined ? [] : [[name, codec] as const]
  })
  const items = codecOf(mapping, itemsOf(node))
  const others = 'patternProperties' in node ? undefined : codecOf(mapping, node['additionalProperties'])
  const stays =
    others === undefined ? [] : namedSchemas(node, 'properties').map(([name]) => [name, {}] as const)
  return {
    ...(members.length + stays.length === 0 ? {} : { members: Object.fromEntries([...stays, ...members]) }),
    ...(items === undefined ? {} : { items }),
    ...(others === undefined ? {} : { others }),
  }
}

/** The parts that are needed, those for one place in that place, with the whole as the first. */
function withFirst(parts: readonly CodecPart[], whole: CodecReference): PayloadCodec {
  const idle = new Set<number>(idleParts(parts))
  const order: number[] = []
  const shared = sharedParts(parts, whole)
  const write = (reference: CodecReference): CodecReference | undefined => {
    if (typeof reference !== 'number') return reference
    if (idle.has(reference)) return undefined
    if (!shared.has(reference)) return writePart(parts[reference] ?? {}, write)
    if (!order.includes(reference)) order.push(reference)
    return order.indexOf(reference)
  }
  if (typeof whole !== 'number') return [whole]
  order.push(whole)
  const written: CodecPart[] = []
  // Writing one part finds others, which join the end of the list.
  for (const index of order) written.push(writePart(parts[index] ?? {}, write))
  return written
}

function writePart(
  { members = {}, items, others, ...rest }: CodecPart,
  write: (reference: CodecReference) => CodecReference | undefined,
): CodecPart {
  const entries = Object.entries(members).flatMap(([name, member]) => {
    // What has a name is none of the others, even if nothing of it is mapped.
    const written = write(member) ?? (others === undefined ? undefined : {})
    return written === undefined ? [] : [[name, written] as const]
  })
  const item = items === undefined ? undefined : write(items)
  const other = others === undefined ? undefined : write(others)
  return {
    ...rest,
    ...(entries.length === 0 ? {} : { members: Object.fromEntries(entries) }),
    ...(item === undefined ? {} : { items: item }),
    ...(other === undefined ? {} : { others: other }),
  }
}

function referencesOf({ members = {}, items, others }: CodecPart): CodecReference[] {
  return [...Object.values(members), items, others].filter((reference) => reference !== undefined)
}

/** Parts below which nothing is mapped. */
function idleParts(parts: readonly CodecPart[]): readonly number[] {
  const busy = new Set<number>()
  const isBusy = (reference: CodecReference): boolean =>
    typeof reference === 'number' ? busy.has(reference) : Object.keys(reference).length > 0
  for (let before = -1; before !== busy.size; ) {
    before = busy.size
    for (const [index, part] of parts.entries()) if (referencesOf(part).some(isBusy)) busy.add(index)
  }
  return [...parts.keys()].filter((index) => !busy.has(index))
}

/** Parts that are referred to more than once, and the whole. */
function sharedParts(parts: readonly CodecPart[], whole: CodecReference): ReadonlySet<number> {
  const counts = new Map<CodecReference, number>([[whole, 2]])
  for (const part of parts)
    for (const reference of referencesOf(part)) counts.set(reference, (counts.get(reference) ?? 0) + 1)
  return new Set(
    [...counts].flatMap(([reference, count]) =>
      typeof reference === 'number' && count > 1 ? [reference] : [],
    ),
  )
}

/** A copy of a schema in which the nodes that are mapped know it. */
function marked(mapping: Mapping, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => marked(mapping, item))
  if (!isNode(value)) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, marked(mapping, member)]),
  )
  const type = mapping.mapped.get(value)
  return type === undefined ? copy : withMappedType(copy, type)
}
