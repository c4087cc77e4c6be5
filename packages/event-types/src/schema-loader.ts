// Reads a JSON schema the way the Nakadi broker's validator does, which is not quite the way of the
// specification: `load-node.ts` says how it reads one schema. Here they become a document: what references
// lead to is loaded once, what no reference leads to is not looked at.
//
// The result is the same for every draft, so everything after this point knows one form only.

import type { JsonObject } from './json-value.ts'
import { loadNode, type Place } from './load-node.ts'
import { definitionRef, type LoadedDocument, type LoadedSchema } from './loaded-schema.ts'
import { compilePattern, type Pattern } from './patterns.ts'
import { draftOf } from './schema-draft.ts'
import { BROKER_LIMITS, createNodeBudget, limitChecksPerValue, type SchemaLimits } from './schema-limits.ts'
import { resolvePointer } from './schema-pointer.ts'

/** A schema that is larger, what stands inside it included, becomes a definition of its own. */
const MAX_INLINE_NODES = 16

/** How a schema is loaded. */
export interface LoadSchemaOptions {
  /**
   * Patterns that are compiled already, of an earlier document. It saves the time to compile them again.
   *
   * @default none
   */
  readonly compiled?: ReadonlyMap<string, Pattern>
  /** @default `BROKER_LIMITS` */
  readonly limits?: SchemaLimits
}

/**
 * Loads a schema with everything it refers to.
 *
 * @throws SchemaError when the broker would refuse the schema, or when it exceeds a limit.
 */
export function loadSchema(
  root: JsonObject,
  { compiled = new Map(), limits = BROKER_LIMITS }: LoadSchemaOptions = {},
): LoadedDocument {
  const draft = draftOf(root)
  const budget = createNodeBudget(limits)
  const definitions: LoadedSchema[] = []
  const patterns = new Map<string, Pattern>()
  const indexes = new Map<unknown, number>()
  const waiting: { readonly index: number; readonly place: Place }[] = []

  const define = (schema: LoadedSchema): number => definitions.push(schema) - 1

  /** The number of the definition that some JSON becomes. It is loaded in its turn, not here. */
  const definitionIndex = (json: unknown, pointer: string): number => {
    const known = indexes.get(json)
    if (known !== undefined) return known
    const index = define(true)
    indexes.set(json, index)
    waiting.push({ index, place: { json, pointer, depth: 0 } })
    return index
  }

  /** Loads one schema with those inside it, and says how many of them are left in it. */
  const load = (place: Place): Sized => {
    budget.spendNode(place.depth)
    let size = 1
    const schema = loadNode(place, {
      draft,
      limits,
      inner(child) {
        const inner = load(child)
        const isLarge = inner.size > MAX_INLINE_NODES
        size += isLarge ? 1 : inner.size
        return isLarge ? { $ref: definitionRef(define(inner.schema)) } : inner.schema
      },
      reference: (ref, pointer) => definitionIndex(resolvePointer(root, ref, pointer), ref),
      usePattern(pattern) {
        if (patterns.has(pattern)) return
        budget.spendPattern(pattern)
        patterns.set(pattern, compiled.get(pattern) ?? compilePattern(pattern))
      },
    })
    return { schema, size }
  }

  definitionIndex(root, '#')
  for (const { index, place } of waiting) definitions[index] = load(place).schema
  const document = { definitions, patterns }
  limitChecksPerValue(document, limits)
  return document
}

interface Sized {
  readonly schema: LoadedSchema
  readonly size: number
}
