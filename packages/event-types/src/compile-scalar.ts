import type { Compiling, SchemaCheck } from './compiling.ts'
import { codePointCount } from './explain-scalar.ts'
import { FORMATS } from './formats.ts'
import { canonicalText } from './json-value.ts'
import type { SchemaNode } from './loaded-schema.ts'
import { isMultipleOf } from './multiple-of.ts'

/** Compiles `enum` and `const`: the value must be one of these. */
export function compileValues(
  permitted: readonly unknown[],
  { budget }: Pick<Compiling, 'budget'>,
): SchemaCheck {
  const scalars = new Set(permitted.filter((value) => !isStructured(value)))
  const structured = new Set(permitted.filter(isStructured).map(canonicalText))
  return (value) => {
    if (!isStructured(value)) return scalars.has(value)
    if (structured.size === 0) return false
    const text = canonicalText(value)
    budget.spend(text.length)
    return structured.has(text)
  }
}

function isStructured(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Compiles the keywords for strings. */
export function compileString(schema: SchemaNode, { pattern, budget }: Compiling): SchemaCheck<string>[] {
  const { minLength, maxLength, format } = schema
  const checks: SchemaCheck<string>[] = []
  if (minLength !== undefined || maxLength !== undefined) {
    checks.push(lengthCheck(minLength ?? 0, maxLength ?? Number.POSITIVE_INFINITY))
  }
  if (schema.pattern !== undefined) {
    const compiled = pattern(schema.pattern)
    checks.push((text) => compiled?.matches(text, budget) ?? false)
  }
  const violation = format === undefined ? undefined : FORMATS.get(format)
  if (violation !== undefined) checks.push((text) => violation(text) === undefined)
  return checks
}

/** A text has at most as many code points as code units, and at least half as many. Few need to be counted. */
function lengthCheck(least: number, most: number): SchemaCheck<string> {
  return (text) => {
    const units = text.length
    if (units <= most && units >= 2 * least) return true
    const points = codePointCount(text)
    return points >= least && points <= most
  }
}

/** Compiles the keywords for numbers. */
export function compileNumber(schema: SchemaNode): SchemaCheck<number>[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  return [
    ...(minimum === undefined ? [] : [(value: number) => value >= minimum]),
    ...(maximum === undefined ? [] : [(value: number) => value <= maximum]),
    ...(exclusiveMinimum === undefined ? [] : [(value: number) => value > exclusiveMinimum]),
    ...(exclusiveMaximum === undefined ? [] : [(value: number) => value < exclusiveMaximum]),
    ...(multipleOf === undefined ? [] : [(value: number) => isMultipleOf(value, multipleOf)]),
  ]
}
