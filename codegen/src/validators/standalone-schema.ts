// A loaded schema in the form in which ajv compiles it to small functions: one per definition, none of them large, and
// patterns as the platform reads them.

import type { LoadedDocument, LoadedSchema, SchemaNode } from '@rioni/event-types'
import { nativePattern } from './native-pattern.ts'

/**
 * Objects with more properties than this are split: ajv's code nests as deeply as there are properties, and gives up at
 * about a thousand.
 */
const MAX_PROPERTIES = 50

/** A JSON Schema of draft 7 whose root refers to the first of its definitions. */
export interface StandaloneSchema {
  readonly $ref: string
  readonly definitions: { readonly [name: string]: unknown }
}

/** Rewrites a document. */
export function standaloneSchema(document: LoadedDocument): StandaloneSchema {
  const definitions = [...document.definitions]
  const define = (schema: LoadedSchema): string => `#/definitions/${definitions.push(schema) - 1}`
  const written: { [name: string]: unknown } = {}
  // Splitting adds to the definitions while they are walked.
  for (const [index, schema] of definitions.entries()) written[index] = rewrite(schema, define)
  return { $ref: '#/definitions/0', definitions: written }
}

type Define = (schema: LoadedSchema) => string

function rewrite(schema: LoadedSchema, define: Define): unknown {
  if (typeof schema === 'boolean') return schema
  const inner = (value: unknown): unknown => rewrite(value as LoadedSchema, define)
  const entries = Object.entries(splitProperties(schema, define))
  return Object.fromEntries(
    entries.map(([keyword, value]) => [keyword, rewriteKeyword(keyword, value, inner)]),
  )
}

function splitProperties(schema: SchemaNode, define: Define): SchemaNode {
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
    case '$ref':
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
