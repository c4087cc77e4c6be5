import { RE2JS, RE2JSSyntaxException } from 're2js'
import type { CheckBudget } from './check-budget.ts'
import { SchemaError } from './schema-error.ts'

/** A pattern that can be looked for in a text. */
export interface Pattern {
  /**
   * True when the pattern matches anywhere in the text.
   *
   * @throws CheckBudgetError when the pattern and the text are so large that looking takes too long.
   */
  matches(text: string, budget: CheckBudget): boolean
}

/** Steps by which the size of a pattern and the length of a text are charged: most patterns stop early. */
const STEPS_PER_COMPARISON = 0.25

/**
 * Patterns of plain characters, simple classes and fixed repetitions, such as the one for UUIDs. They mean
 * the same to every engine and match a known number of characters, so the engine of the platform, ten
 * times as fast, is safe for them. They must start at the start: a search would try every position.
 */
const FIXED_LENGTH_PATTERN =
  /^\^(?:(?:[A-Za-z0-9 _:-]|\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9_])+\])(?:\{\d{1,3}\})?)+\$?$/

/**
 * Compiles a pattern of a schema. Patterns are RE2 syntax, as in the Nakadi broker, which excludes
 * lookaround and back references and makes matching linear in the length of the text.
 *
 * @throws SchemaError when the pattern is not valid in RE2.
 */
export function compilePattern(pattern: string): Pattern {
  try {
    const compiled = RE2JS.compile(pattern)
    const isFixed = FIXED_LENGTH_PATTERN.test(pattern)
    const engine = isFixed ? new RegExp(pattern) : compiled
    const stepsPerCharacter = isFixed ? 0 : compiled.programSize() * STEPS_PER_COMPARISON
    return {
      matches(text, budget) {
        budget.spend(text.length * stepsPerCharacter)
        return engine.test(text)
      },
    }
  } catch (error) {
    throw new SchemaError(describeFailure(pattern, error))
  }
}

function describeFailure(pattern: string, error: unknown): string {
  const [description, place] =
    error instanceof RE2JSSyntaxException
      ? [error.getDescription(), error.getPattern() ?? pattern]
      : ['cannot be compiled', pattern]
  return `invalid regex pattern in the schema: ${description} "${place}"`
}
