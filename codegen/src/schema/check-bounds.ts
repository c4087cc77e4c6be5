// Bounds that keep a hostile schema from exhausting the stack or the memory of the generator.

import { formatPointer } from './json-pointer.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** Nested objects and arrays that a schema may have. Each level of an event takes two of them. */
export const MAX_DEPTH = 128

/** Levels of the way to what is too deep that a message tells. */
const TOLD_LEVELS = 8

/** Objects, arrays and scalars that a schema may have in all, enum values included. */
export const MAX_VALUES = 100_000

/**
 * Looks for a schema that is too deep or too large, or has names that cannot be written. The check itself cannot overflow,
 * since it ends where a schema is too deep.
 */
export function checkBounds(schema: unknown): SchemaProblem | undefined {
  const path: string[] = []
  let values = 1
  const check = (value: Structure): SchemaProblem | undefined => {
    if (path.length >= MAX_DEPTH) return tooDeep(path)
    const keys = Object.keys(value)
    values += keys.length
    if (values > MAX_VALUES) return TOO_LARGE
    for (const key of keys) {
      if (HALF.test(key)) return brokenName(path)
      const member = value[key]
      if (!isStructure(member)) continue
      path.push(key)
      const problem = check(member)
      if (problem !== undefined) return problem
      path.pop()
    }
    return undefined
  }
  return isStructure(schema) ? check(schema) : undefined
}

/** An object or an array, whose numbers count as names. */
type Structure = Readonly<Record<string, unknown>>

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null
}

/** Half of a pair of code units: JSON can escape it, and no encoding can hold it. */
const HALF = /\p{Cs}/u

function brokenName(path: readonly string[]): SchemaProblem {
  return {
    pointer: formatPointer(path),
    message: 'a name holds half a character',
    remedy: 'Write both halves of the surrogate pair, or neither.',
  }
}

const TOO_LARGE: SchemaProblem = {
  pointer: '',
  message: `the schema has more than ${MAX_VALUES} values`,
  remedy: 'Describe fewer things in one event type, or replace long enums by a pattern.',
}

function tooDeep(path: readonly string[]): SchemaProblem {
  return {
    // The way to the innermost place is as long as the schema is deep, and tells no more than its beginning.
    pointer: formatPointer(path.slice(0, TOLD_LEVELS)),
    message: `the schema is nested more than ${MAX_DEPTH} levels deep`,
    remedy: 'Move inner parts to "definitions" and refer to them with "$ref".',
  }
}
