// Reads one schema as the Nakadi broker's validator does:
//
// - `enum` outweighs every keyword beside it, `const` all others (from draft-06 on), `$ref` the rest, but
//   for allOf, anyOf and oneOf, of which a schema may have one.
// - The keywords of the declared types count. Without `type` those of one kind count: of arrays, if there
//   is any, otherwise of objects, of numbers, of strings.
// - Unknown keywords and formats are only remarks.

import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import { definitionRef, type LoadedSchema, type SchemaNode } from './loaded-schema.ts'
import { mapValues } from './map-values.ts'
import type { Draft } from './schema-draft.ts'
import { invalidSchema } from './schema-error.ts'
import {
  COMBINATORS,
  CONDITIONS,
  KEYWORDS,
  type Keyword,
  kindOfKeywords,
  type ValueKind,
} from './schema-keywords.ts'
import { limitList, type SchemaLimits } from './schema-limits.ts'
import { readPlainKeyword } from './schema-values.ts'

/** A schema on its way: its JSON, where it stands, and how many schemas it stands in. */
export interface Place {
  readonly json: unknown
  readonly pointer: string
  readonly depth: number
}

/** What loading one schema needs of the document. */
export interface Loading {
  readonly draft: Draft
  readonly limits: SchemaLimits
  /** Loads a schema inside the one at hand. */
  inner(child: Place): LoadedSchema
  /** The index of the definition that a reference leads to. */
  reference(ref: string, pointer: string): number
  /** Compiles a pattern of the schema, unless the document has it already. */
  usePattern(pattern: string): void
}

/**
 * Loads one schema with those inside it.
 *
 * @throws SchemaError when the broker would refuse it, or when it exceeds a limit.
 */
export function loadNode(place: Place, loading: Loading): LoadedSchema {
  const { json, pointer } = place
  if (typeof json === 'boolean') return json
  if (!isJsonObject(json)) {
    throw invalidSchema(
      pointer,
      `expected type is one of Boolean or JsonObject, found: ${json === null ? 'null' : typeof json}`,
    )
  }
  if (Object.hasOwn(json, 'enum')) return { enum: enumValues(json['enum'], pointer, loading.limits) }
  if (Object.hasOwn(json, 'const') && loading.draft >= 6) return { const: json['const'] }
  const combinators = COMBINATORS.filter(({ name }) => Object.hasOwn(json, name))
  if (combinators.length > 1) {
    throw invalidSchema(
      pointer,
      `expected at most 1 of 'allOf', 'anyOf', 'oneOf', ${combinators.length} found`,
    )
  }
  if (combinators.length === 0 && Object.hasOwn(json, '$ref')) return loadReference(json, pointer, loading)
  const { kinds, type } = valueKinds(json, pointer, loading.draft)
  const loaded: [string, unknown][] = type === undefined ? [] : [['type', type]]
  for (const keywords of [...kinds.map((kind) => KEYWORDS[kind]), combinators, CONDITIONS]) {
    for (const keyword of keywords) {
      if (keyword.since > loading.draft || !Object.hasOwn(json, keyword.name)) continue
      loaded.push(...loadKeyword({ ...place, json: json[keyword.name] }, keyword, loading))
    }
  }
  const schema = withDeclaredProto(withNumericLimits(Object.fromEntries(loaded), loading.draft)) as SchemaNode
  if (schema.pattern !== undefined) loading.usePattern(schema.pattern)
  for (const pattern of Object.keys(schema.patternProperties ?? {})) loading.usePattern(pattern)
  return schema
}

function loadReference(json: JsonObject, pointer: string, loading: Loading): LoadedSchema {
  const ref = json['$ref']
  if (typeof ref !== 'string') throw invalidSchema(`${pointer}/$ref`, 'expected type: String')
  return { $ref: definitionRef(loading.reference(ref, pointer)) }
}

function enumValues(values: unknown, pointer: string, { enumLength }: SchemaLimits): readonly unknown[] {
  if (!Array.isArray(values)) throw invalidSchema(`${pointer}/enum`, 'expected type: JsonArray')
  if (values.length > enumLength) {
    throw invalidSchema(`${pointer}/enum`, `more than ${enumLength} values`)
  }
  return values
}

const KIND_OF_TYPE: ReadonlyMap<unknown, ValueKind | undefined> = new Map([
  ['array', 'array'],
  ['object', 'object'],
  ['number', 'number'],
  ['integer', 'number'],
  ['string', 'string'],
  ['boolean', undefined],
  ['null', undefined],
])

interface ValueKinds {
  /** The kinds of values whose keywords count. */
  readonly kinds: readonly ValueKind[]
  /** The types that the schema demands, if it does. */
  readonly type?: string | readonly string[]
}

function valueKinds(json: JsonObject, pointer: string, draft: Draft): ValueKinds {
  const type = ownValue(json, 'type')
  if (type === undefined) return { kinds: kindOfKeywords(json, draft) }
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  if (types.length === 0) throw invalidSchema(pointer, 'no type')
  for (const name of types) {
    if (!KIND_OF_TYPE.has(name)) throw invalidSchema(pointer, `unknown type: [${name}]`)
  }
  const kinds = new Set(types.map((name) => KIND_OF_TYPE.get(name)).filter((kind) => kind !== undefined))
  return { kinds: [...kinds], type: type as string | readonly string[] }
}

/** The loaded keyword as a list of entries: none for a format that nobody checks. */
function loadKeyword(
  { json: value, pointer, depth }: Place,
  keyword: Keyword,
  loading: Loading,
): [string, unknown][] {
  const at = `${pointer}/${keyword.name}`
  const schema = (child: unknown, name?: string | number): LoadedSchema =>
    loading.inner({ json: child, pointer: name === undefined ? at : `${at}/${name}`, depth: depth + 1 })
  const list = (children: readonly unknown[]) => {
    limitList(children, at, loading.limits)
    return children.map((child, index) => schema(child, index))
  }
  switch (keyword.shape) {
    case 'schema':
      return [[keyword.name, schema(value)]]
    case 'schema list':
      if (!Array.isArray(value)) throw invalidSchema(at, 'expected type: JsonArray')
      return [[keyword.name, list(value)]]
    case 'schema or list':
      return [[keyword.name, Array.isArray(value) ? list(value) : schema(value)]]
    case 'schemas':
    case 'pattern schemas':
    case 'dependencies':
      return [[keyword.name, loadSchemaMap({ value, at, keyword, limits: loading.limits }, schema)]]
    default:
      return readPlainKeyword({ keyword, value, at, draft: loading.draft })
  }
}

interface SchemaMap {
  readonly value: unknown
  readonly at: string
  readonly keyword: Keyword
  readonly limits: SchemaLimits
}

function loadSchemaMap(
  { value, at, keyword, limits }: SchemaMap,
  schema: (child: unknown, name: string) => LoadedSchema,
): JsonObject {
  if (!isJsonObject(value)) throw invalidSchema(at, 'expected type: JsonObject')
  if (keyword.shape !== 'schemas') limitList(Object.keys(value), at, limits)
  return mapValues(value, (child, name) => {
    if (keyword.shape !== 'dependencies' || !Array.isArray(child)) return schema(child, name)
    if (child.every((each) => typeof each === 'string')) return child
    throw invalidSchema(`${at}/${name}`, 'expected a list of property names')
  })
}

const LIMITS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']

/** Draft-04 says `exclusiveMinimum: true` beside `minimum`; later drafts give the limit itself. */
function withNumericLimits(loaded: JsonObject, draft: Draft): JsonObject {
  if (draft > 4 || !LIMITS.some((name) => Object.hasOwn(loaded, name))) return loaded
  const { exclusiveMinimum, exclusiveMaximum, ...rest } = loaded
  const { minimum, maximum, ...others } = rest
  return {
    ...others,
    ...limitEntry('inimum', minimum, exclusiveMinimum),
    ...limitEntry('aximum', maximum, exclusiveMaximum),
  }
}

function limitEntry(name: 'inimum' | 'aximum', limit: unknown, exclusive: unknown): JsonObject {
  if (limit === undefined) return {}
  return exclusive === true ? { [`exclusiveM${name}`]: limit } : { [`m${name}`]: limit }
}

/**
 * A property that is named `__proto__` is checked as a pattern that only this name matches, since compiled
 * validators skip the name among the properties.
 */
function withDeclaredProto(loaded: JsonObject): JsonObject {
  const properties = loaded['properties']
  if (!isJsonObject(properties) || !Object.hasOwn(properties, '__proto__')) return loaded
  const others = Object.entries(properties).filter(([name]) => name !== '__proto__')
  const patterns = isJsonObject(loaded['patternProperties']) ? loaded['patternProperties'] : {}
  return {
    ...loaded,
    properties: Object.fromEntries(others),
    patternProperties: { ...patterns, '^__proto__$': ownValue(properties, '__proto__') },
  }
}
