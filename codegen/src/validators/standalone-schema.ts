// A loaded schema in the form in which ajv compiles it to small functions: one per schema that stands in it, each by itself,
// and patterns as the platform reads them. Equal schemas are one function, and most of those of one event type are known
// from another one.

import { definitionIndexOf, type LoadedDocument, type LoadedSchema } from '@rioni/event-types'
import { isNode } from '../schema/json-schema.ts'
import { setMember } from '../schema/set-member.ts'
import { nativePattern } from './native-pattern.ts'

/** The keyword, not known to JSON Schema, that stands for a schema of its own. Its value is an index. */
export const REFERENCE = 'followsPart'

/** A schema by itself: a JSON Schema of draft 7 whose inner schemas are references. */
export interface StandalonePart {
  readonly schema: unknown
  /** The schema as text. References in it are numbered as they occur, so that the same text means the same code. */
  readonly text: string
  /** The parts that its references lead to, by that number. */
  readonly references: readonly number[]
}

/** Rewrites a document as the parts that its root needs, the root first. */
export function standaloneParts(document: LoadedDocument): readonly StandalonePart[] {
  const parts: StandalonePart[] = []
  const indexes = new Map<string, number>()
  const order: { readonly definition: LoadedSchema; readonly index: number }[] = []
  const definitions = new Map<number, number>()
  /** Definitions may lead to themselves, so each has its number before it is looked at. */
  const indexOfDefinition = (number: number): number => {
    const known = definitions.get(number)
    if (known !== undefined) return known
    const index = parts.push(UNREAD) - 1
    definitions.set(number, index)
    order.push({ definition: document.definitions[number] ?? true, index })
    return index
  }
  const partOf = (schema: LoadedSchema): StandalonePart => {
    const references: number[] = []
    const refer = (index: number): number => {
      const known = references.indexOf(index)
      return known < 0 ? references.push(index) - 1 : known
    }
    const rewritten = rewrite(schema, (inner) => refer(indexOf(inner)))
    return { schema: rewritten, text: JSON.stringify(rewritten), references }
  }
  const indexOf = (schema: LoadedSchema): number => {
    if (typeof schema === 'object' && schema.$ref !== undefined) {
      return indexOfDefinition(definitionIndexOf(schema.$ref))
    }
    const part = partOf(schema)
    const key = part.references.length === 0 ? part.text : `${part.references.join()} ${part.text}`
    const index = indexes.get(key) ?? parts.push(part) - 1
    indexes.set(key, index)
    return index
  }
  indexOfDefinition(0)
  // Rewriting a definition finds others, which join the end of the list.
  for (const { definition, index } of order) parts[index] = partOf(definition)
  return parts
}

const UNREAD: StandalonePart = { schema: true, text: 'true', references: [] }

/** The number of a schema that stands in another one. */
type Refer = (schema: LoadedSchema) => number

function rewrite(schema: LoadedSchema, refer: Refer): unknown {
  if (typeof schema === 'boolean') return schema
  if (schema.$ref !== undefined) return referenceTo(schema, refer)
  // Most schemas are those of scalars, in which nothing changes.
  if (isNode(schema) && Object.keys(schema).every((keyword) => staysAsItIs(keyword, schema[keyword])))
    return schema
  return mapMembers(schema, (value, keyword) => rewriteKeyword(keyword, value, refer))
}

function staysAsItIs(keyword: string, value: unknown): boolean {
  return PLAIN_KEYWORDS.has(keyword) || (typeof value !== 'object' && keyword !== 'pattern')
}

/** The keywords whose values are structured and hold no schemas. */
const PLAIN_KEYWORDS: ReadonlySet<string> = new Set(['enum', 'const', 'type', 'required'])

function referenceTo(schema: LoadedSchema, refer: Refer): unknown {
  return { [REFERENCE]: refer(schema) }
}

/** What stands for a schema inside of another. ajv knows by itself what to do where all is permitted, or nothing. */
function inner(value: unknown, refer: Refer): unknown {
  const schema = value as LoadedSchema
  if (typeof schema === 'boolean') return schema
  return Object.keys(schema).length === 0 ? true : referenceTo(schema, refer)
}

function rewriteKeyword(keyword: string, value: unknown, refer: Refer): unknown {
  if (PLAIN_KEYWORDS.has(keyword)) return value
  switch (keyword) {
    case 'pattern':
      return knownPattern(String(value)) ?? ANYTHING
    case 'patternProperties':
      return Object.fromEntries(patternEntries(value, refer))
    case 'properties':
      return mapMembers(value, (schema) =>
        schema === false ? referenceTo(schema, refer) : inner(schema, refer),
      )
    case 'dependencies':
      return mapMembers(value, (schema) => (Array.isArray(schema) ? schema : inner(schema, refer)))
    default:
      if (Array.isArray(value)) return value.map((schema) => inner(schema, refer))
      return isNode(value) ? inner(value, refer) : value
  }
}

/** The pattern that every text matches: where a pattern cannot be expressed, nothing is checked. */
const ANYTHING = ''

/** The pattern `__proto__`, which ajv overlooks, in other words. */
const OVERLOOKED = '(?:__proto__)'

/** Patterns that are kept at most. */
const MAX_KEPT = 2_000

const kept = new Map<string, string | undefined>()

/** The same patterns stand in many event types, above all those of the metadata. */
function knownPattern(text: string): string | undefined {
  if (!kept.has(text)) {
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(text, nativePattern(text))
  }
  return kept.get(text)
}

/** Patterns that differ in RE2 may be written alike. Then both schemas hold. */
function patternEntries(value: unknown, refer: Refer): [string, unknown][] {
  const merged = new Map<string, unknown>()
  for (const [name, schema] of Object.entries(isNode(value) ? value : {})) {
    const pattern = knownPattern(name)
    const key = pattern === '__proto__' ? OVERLOOKED : (pattern ?? ANYTHING)
    const written = pattern === undefined ? true : inner(schema, refer)
    const existing = merged.get(key)
    merged.set(key, existing === undefined ? written : { allOf: [existing, written] })
  }
  return [...merged]
}

function mapMembers(value: unknown, write: (member: unknown, name: string) => unknown): unknown {
  const copy: Record<string, unknown> = {}
  if (!isNode(value)) return copy
  for (const name of Object.keys(value)) setMember(copy, name, write(value[name], name))
  return copy
}
