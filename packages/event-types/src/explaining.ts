import type { CheckBudget } from './check-budget.ts'
import type { LoadedSchema } from './loaded-schema.ts'
import type { SchemaViolation } from './violation.ts'

/** What explaining a value by the keywords of one kind needs of the whole. */
export interface Explaining {
  /** What explaining may cost altogether. */
  readonly budget: CheckBudget
  /** Explains a value by a schema inside the one at hand. */
  explain(schema: LoadedSchema, value: unknown): SchemaViolation | undefined
  /** True when a value is one of those of an `enum`. */
  permits(values: readonly unknown[], value: unknown): boolean
  /** True when a pattern of the document matches in the text. */
  matches(pattern: string, text: string): boolean
}
