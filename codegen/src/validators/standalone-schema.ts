// A loaded schema in the form in which ajv compiles it to small functions: one per definition, none of them large and
// each by itself, and patterns as the platform reads them.

import type { LoadedDocument, LoadedSchema, SchemaNode } from '@rioni/event-types'
import { nativePattern } from './native-pattern.ts'

/**
 * Objects with more properties than this are split: ajv's code nests as deeply as there are properties, and gives up at
 * about a thousand.
 */
const MAX_PROPERTIES = 50

/** The keyword, not known to JSON Schema, that stands for a reference. Its value is an index. */
export const REFERENCE = 'followsPart'

/** A definition of its own: a JSON Schema of draft 7, but for references. */
export interface StandalonePart {
  /** References in it are numbered in the order in which they occur, so that the same text means the same code. */
  readonly schema: unknown
  /** The parts that its references lead to, by that number. */
  readonly references: readonly number[]
}

/** Rewrites a document as the parts that its root needs, the root first. */
export function standaloneParts(document: LoadedDocument): readonly StandalonePart[] {
  const definitions = [...document.definitions]
  const order: LoadedSchema[] = []
  const indexes = new Map<LoadedSchema, number>()
  const indexOf = (definition: LoadedSchema): number => {
    const known = indexes.get(definition)
    if (known !== undefined) return known
    const index = order.push(definition) - 1
    // `true` and `false` are the same wherever they stand.
    indexes.set(definition, index)
    return index
  }
  const parts: StandalonePart[] = []
  indexOf(definitions[0] ?? true)
  // Rewriting a definition finds others, which join the end of the list.
  for (const definition of order) {
    const references: number[] = []
    const schema = rewrite(definition, {
      refer(ref) {
        const target = indexOf(definitions[Number(ref.slice('#/definitions/'.length))] ?? true)
        const known = references.indexOf(target)
        return known < 0 ? references.push(target) - 1 : known
      },
      define: (part) => `#/definitions/${definitions.push(part) - 1}`,
    })
    parts.push({ schema, references })
  }
  return parts
}

interface Rewriting {
  /** The number of a reference. */
  refer(ref: string): number
  /** Adds a definition, and refers to it. */
  define(schema: LoadedSchema): string
}

function rewrite(schema: LoadedSchema, rewriting: Rewriting): unknown {
  if (typeof schema === 'boolean') return schema
  if (schema.$ref !== undefined) return { [REFERENCE]: rewriting.refer(schema.$ref) }
  const inner = (value: unknown): unknown => rewrite(value as LoadedSchema, rewriting)
  const entries = Object.entries(splitProperties(schema, rewriting))
  return Object.fromEntries(
    entries.map(([keyword, value]) => [keyword, rewriteKeyword(keyword, value, inner)]),
  )
}

function splitProperties(schema: SchemaNode, { define }: Rewriting): SchemaNode {
  const members = Object.entries(schema.properties ?? {})
  if (members.length <= MAX_PROPERTIES) return schema
  const parts: SchemaNode[] = []
  for (let start = 0; start < members.length; start += MAX_PROPERTIES) {
    parts.push({
      $ref: define({ properties: Object.fromEntries(members.slice(start, start + MAX_PROPERTIES)) }),
    })
  }
  return {
    ...schema,
    // The names stay, for `additionalProperties` to know them.
    properties: Object.fromEntries(members.map(([name]) => [name, true])),
    allOf: [...(schema.allOf ?? []), ...parts],
  }
}

function rewriteKeyword(keyword: string, value: unknown, inner: (schema: unknown) => unknown): unknown {
  switch (keyword) {
    case 'enum':
    case 'const':
    case 'type':
    case 'required':
      return value
    case 'pattern':
      return nativePattern(String(value)) ?? ANYTHING
    case 'patternProperties':
      return Object.fromEntries(patternEntries(value, inner))
    case 'properties':
      return mapEntries(value, (name, schema) => [name, inner(schema)])
    case 'dependencies':
      return mapEntries(value, (name, schema) => [name, Array.isArray(schema) ? schema : inner(schema)])
    default:
      if (Array.isArray(value)) return value.map(inner)
      return isObject(value) ? inner(value) : value
  }
}

/** The pattern that every text matches: where a pattern cannot be expressed, nothing is checked. */
const ANYTHING = ''

/** Patterns that differ in RE2 may be written alike. Then both schemas hold. */
function patternEntries(value: unknown, inner: (schema: unknown) => unknown): [string, unknown][] {
  const merged = new Map<string, unknown>()
  for (const [name, schema] of Object.entries(isObject(value) ? value : {})) {
    const pattern = nativePattern(name)
    const written = pattern === undefined ? true : inner(schema)
    const existing = merged.get(pattern ?? ANYTHING)
    merged.set(pattern ?? ANYTHING, existing === undefined ? written : { allOf: [existing, written] })
  }
  return [...merged]
}

function mapEntries(value: unknown, write: (name: string, schema: unknown) => [string, unknown]): unknown {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, schema]) => write(name, schema)),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
