import type { CheckBudget } from './check-budget.ts'
import type { LoadedSchema } from './loaded-schema.ts'
import type { Pattern } from './patterns.ts'

/** Says whether a value follows a schema, or a part of one. */
export type SchemaCheck<T = unknown> = (value: T) => boolean

/** What compiling the keywords of one kind needs of the whole. */
export interface Compiling {
  readonly budget: CheckBudget
  /** Compiles a schema inside the one at hand. */
  compile(schema: LoadedSchema): SchemaCheck
  /** A pattern of the document, compiled. */
  pattern(pattern: string): Pattern | undefined
}

/** The check of the schema `true`. */
export const ALWAYS: SchemaCheck = () => true

/** The check of the schema `false`. */
export const NEVER: SchemaCheck = () => false

/** Joins checks that must all hold, in their order. */
export function every<T>(checks: readonly SchemaCheck<T>[]): SchemaCheck<T> {
  const [first, second, ...others] = checks
  if (first === undefined) return () => true
  if (second === undefined) return first
  if (others.length === 0) return (value) => first(value) && second(value)
  return (value) => {
    for (const check of checks) if (!check(value)) return false
    return true
  }
}
