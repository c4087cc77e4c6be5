// Why a value does not follow a schema, in the words and the order of the library that the Nakadi broker
// validates with (everit json-schema). This walks schema and value side by side, which is slower than the
// compiled validator; it runs only for values that the compiled one has refused, and agrees with it.

import type { CheckBudget } from './check-budget.ts'
import { compileValues } from './compile-scalar.ts'
import type { CompiledSchema } from './compile-schema.ts'
import type { SchemaCheck } from './compiling.ts'
import { explainArray } from './explain-array.ts'
import { explainObject } from './explain-object.ts'
import { explainNumber, explainString } from './explain-scalar.ts'
import type { Explaining } from './explaining.ts'
import { typeViolation, valueText } from './java-value.ts'
import { isJsonObject } from './json-value.ts'
import { definitionOf, type LoadedDocument, type SchemaNode } from './loaded-schema.ts'
import { KEYWORDS } from './schema-keywords.ts'
import { joinViolations, type SchemaViolation, violation } from './violation.ts'

/** What explaining may cost, and what makes it cost less. */
export interface ExplainOptions {
  readonly budget: CheckBudget
  /** The checks of the document: what follows its schema needs no explanation. */
  readonly parts: CompiledSchema['parts']
}

/**
 * Below as many schemas nothing is checked before it is explained: it would be checked again for each of them. Nor is the
 * whole, of which whoever asks knows that it is wrong.
 */
const CHECKED_DEPTH = 4

/**
 * Why the value does not follow the document's root schema; undefined when it does.
 *
 * @throws CheckBudgetError when that takes too many steps.
 */
export function explain(
  document: LoadedDocument,
  value: unknown,
  { budget, parts }: ExplainOptions,
): SchemaViolation | undefined {
  let depth = 0
  const valueChecks = new Map<readonly unknown[], SchemaCheck>()
  const explaining: Explaining = {
    budget,
    permits(values, subject) {
      const check = valueChecks.get(values) ?? compileValues(values, explaining)
      valueChecks.set(values, check)
      return check(subject)
    },
    explain(schema, subject) {
      // Explaining one node takes about as long as checking ten.
      budget.spend(10)
      if (schema === true) return undefined
      if (schema === false) return violation('false schema always fails')
      if (schema.$ref !== undefined) return this.explain(definitionOf(document, schema.$ref), subject)
      const isWorthChecking = depth > 0 && depth < CHECKED_DEPTH
      if (isWorthChecking && parts.get(schema)?.(subject) === true) return undefined
      depth += 1
      const found = explainNode({ schema, value: subject, explaining })
      depth -= 1
      return found
    },
    matches: (pattern, text) => document.patterns.get(pattern)?.matches(text, budget) ?? false,
  }
  return explaining.explain(document.definitions[0] ?? true, value)
}

/** A value and the schema that it is held against. */
interface Subject {
  readonly schema: SchemaNode
  readonly value: unknown
  readonly explaining: Explaining
}

function explainNode(subject: Subject): SchemaViolation | undefined {
  const { schema, value, explaining } = subject
  if (schema.enum !== undefined) {
    if (explaining.permits(schema.enum, value)) return undefined
    return violation(`${valueText(value)} is not a valid enum value`)
  }
  if ('const' in schema) {
    return compileValues([schema.const], explaining)(value) ? undefined : violation('')
  }
  const parts = explainedParts(subject)
  if (parts.length === 1) return parts[0]?.()
  return combination(
    'allOf',
    parts.map((part) => part()),
  )
}

/** The independent parts of a schema. If there are several, they count as members of an `allOf`. */
function explainedParts(subject: Subject): (() => SchemaViolation | undefined)[] {
  const { schema } = subject
  const combinator = (['allOf', 'anyOf', 'oneOf'] as const).find((name) => schema[name] !== undefined)
  return [
    ...(hasTypedKeywords(schema) ? [() => explainTyped(subject)] : []),
    ...(combinator ? [() => explainCombinator(combinator, subject)] : []),
    ...(schema.not === undefined ? [] : [() => explainNot(subject)]),
    ...(schema.if === undefined ? [] : [() => explainCondition(subject)]),
  ]
}

function hasTypedKeywords(schema: SchemaNode): boolean {
  return (
    schema.type !== undefined ||
    Object.values(KEYWORDS).some((keywords) => keywords.some(({ name }) => Object.hasOwn(schema, name)))
  )
}

function explainTyped(subject: Subject): SchemaViolation | undefined {
  const { type } = subject.schema
  if (typeof type === 'object')
    return combination(
      'anyOf',
      type.map((each) => explainType(each, subject)),
    )
  if (type !== undefined) return explainType(type, subject)
  const { value } = subject
  if (Array.isArray(value)) return explainType('array', subject)
  if (isJsonObject(value)) return explainType('object', subject)
  if (typeof value === 'number') return explainType('number', subject)
  return typeof value === 'string' ? explainType('string', subject) : undefined
}

function explainType(type: string, { schema, value, explaining }: Subject): SchemaViolation | undefined {
  const mismatch = typeViolation(type, value)
  if (mismatch !== undefined) return violation(mismatch)
  if (Array.isArray(value)) return joinViolations(explainArray(schema, value, explaining))
  if (isJsonObject(value)) return joinViolations(explainObject(schema, value, explaining))
  if (typeof value === 'number') return joinViolations(explainNumber(schema, value))
  return typeof value === 'string' ? joinViolations(explainString(schema, value, explaining)) : undefined
}

function explainCombinator(
  name: 'allOf' | 'anyOf' | 'oneOf',
  { schema, value, explaining }: Subject,
): SchemaViolation | undefined {
  return combination(
    name,
    (schema[name] ?? []).map((member) => explaining.explain(member, value)),
  )
}

function combination(
  name: 'allOf' | 'anyOf' | 'oneOf',
  outcomes: readonly (SchemaViolation | undefined)[],
): SchemaViolation | undefined {
  const causes = outcomes.filter((outcome) => outcome !== undefined)
  const total = outcomes.length
  const matching = total - causes.length
  if (name === 'allOf' && matching < total) {
    return violation(`#: only ${matching} subschema matches out of ${total}`, causes)
  }
  if (name === 'anyOf' && matching === 0) {
    return violation(`#: no subschema matched out of the total ${total} subschemas`, causes)
  }
  if (name === 'oneOf' && matching !== 1) {
    return violation(`#: ${matching} subschemas matched instead of one`, causes)
  }
  return undefined
}

function explainNot({ schema, value, explaining }: Subject): SchemaViolation | undefined {
  if (explaining.explain(schema.not ?? false, value) !== undefined) return undefined
  return violation(`subject must not be valid against schema ${JSON.stringify(schema.not)}`)
}

function explainCondition({ schema, value, explaining }: Subject): SchemaViolation | undefined {
  const branch = explaining.explain(schema.if ?? true, value) === undefined ? 'then' : 'else'
  const cause = explaining.explain(schema[branch] ?? true, value)
  return cause && violation(`input is invalid against the "${branch}" schema`, [cause])
}
