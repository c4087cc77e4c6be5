import type { Explaining } from './explaining.ts'
import { FORMATS } from './formats.ts'
import { javaNumberText } from './java-number.ts'
import type { SchemaNode } from './loaded-schema.ts'
import { isMultipleOf } from './multiple-of.ts'
import { type SchemaViolation, violation } from './violation.ts'

/** What is wrong with a number by the keywords for numbers. */
export function explainNumber(schema: SchemaNode, value: number): SchemaViolation[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  const fails = (failed: boolean, relation: string, limit: number): SchemaViolation[] =>
    failed ? [violation(`${javaNumberText(value)} is not ${relation} ${javaNumberText(limit)}`)] : []
  return [
    ...(minimum === undefined ? [] : fails(value < minimum, 'greater or equal to', minimum)),
    ...(maximum === undefined ? [] : fails(value > maximum, 'less or equal to', maximum)),
    ...(exclusiveMinimum === undefined
      ? []
      : fails(value <= exclusiveMinimum, 'greater than', exclusiveMinimum)),
    ...(exclusiveMaximum === undefined
      ? []
      : fails(value >= exclusiveMaximum, 'less than', exclusiveMaximum)),
    ...(multipleOf === undefined ? [] : fails(!isMultipleOf(value, multipleOf), 'a multiple of', multipleOf)),
  ]
}

/** What is wrong with a string by the keywords for strings. Lengths count code points. */
export function explainString(schema: SchemaNode, value: string, explaining: Explaining): SchemaViolation[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema
  const length = codePointCount(value)
  const formatProblem = format === undefined ? undefined : FORMATS.get(format)?.(value)
  return [
    ...(length < minLength ? [violation(`expected minLength: ${minLength}, actual: ${length}`)] : []),
    ...(length > maxLength ? [violation(`expected maxLength: ${maxLength}, actual: ${length}`)] : []),
    ...(pattern === undefined || explaining.matches(pattern, value)
      ? []
      : [violation(`string [${value}] does not match pattern ${pattern}`)]),
    ...(formatProblem === undefined ? [] : [violation(formatProblem)]),
  ]
}

/** The length of a text in code points, by which JSON Schema measures it. */
export function codePointCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
