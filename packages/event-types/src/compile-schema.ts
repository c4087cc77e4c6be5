// Makes a function of a loaded schema that says whether a value follows it. Every node becomes a closure over
// what its check needs. Nothing is generated or evaluated, so compiling takes microseconds per node, whatever
// the schema, and runs where evaluation is forbidden.

import type { CheckBudget } from './check-budget.ts'
import { compileArray } from './compile-array.ts'
import { compileObject } from './compile-object.ts'
import { compileNumber, compileString, compileValues } from './compile-scalar.ts'
import { ALWAYS, type Compiling, every, NEVER, type SchemaCheck } from './compiling.ts'
import { hasType } from './java-value.ts'
import { isJsonObject } from './json-value.ts'
import {
  definitionIndexOf,
  type LoadedDocument,
  type LoadedSchema,
  type SchemaNode,
} from './loaded-schema.ts'

/** Checks of a loaded schema. */
export interface CompiledSchema {
  /** Whether a value follows the root. */
  readonly check: SchemaCheck
  /** Whether it follows a schema that stands in the document. */
  readonly parts: ReadonlyMap<SchemaNode, SchemaCheck>
}

/**
 * Makes checks of a loaded schema. They stop at the first violation; `explain` tells all of them.
 *
 * @returns Checks that throw a CheckBudgetError when a value takes too many steps. Whoever calls one renews
 *   the budget.
 */
export function compileSchema(document: LoadedDocument, budget: CheckBudget): CompiledSchema {
  const definitions: SchemaCheck[] = []
  const parts = new Map<SchemaNode, SchemaCheck>()
  const compiling: Compiling = {
    budget,
    compile(schema) {
      if (typeof schema === 'boolean') return schema ? ALWAYS : NEVER
      if (schema.$ref === undefined) {
        const check = compileNode(schema, compiling)
        parts.set(schema, check)
        return check
      }
      const index = definitionIndexOf(schema.$ref)
      return (value) => definitions[index]?.(value) ?? true
    },
    pattern: (pattern) => document.patterns.get(pattern),
  }
  definitions.push(...document.definitions.map((schema) => compiling.compile(schema)))
  return { check: definitions[0] ?? ALWAYS, parts }
}

function compileNode(schema: SchemaNode, compiling: Compiling): SchemaCheck {
  const { budget } = compiling
  const check = every([
    ...(schema.enum === undefined ? [] : [compileValues(schema.enum, compiling)]),
    ...('const' in schema ? [compileValues([schema.const], compiling)] : []),
    ...compileType(schema),
    ...compileKeywords(schema, compiling),
    ...compileCombinators(schema, compiling),
    ...compileConditions(schema, compiling),
  ])
  return (value) => {
    budget.spend(1)
    return check(value)
  }
}

/** The most common types, checked without asking for their names again. */
const TYPE_CHECKS: ReadonlyMap<string, SchemaCheck> = new Map<string, SchemaCheck>([
  ['string', isString],
  ['number', isNumber],
  ['object', isJsonObject],
  ['array', isArray],
])

function compileType({ type }: SchemaNode): SchemaCheck[] {
  if (type === undefined) return []
  if (typeof type === 'string') return [TYPE_CHECKS.get(type) ?? ((value) => hasType(type, value))]
  return [(value) => type.some((each) => hasType(each, value))]
}

/** Keywords for one kind of values say nothing about values of other kinds. */
function compileKeywords(schema: SchemaNode, compiling: Compiling): SchemaCheck[] {
  const ofString = compileString(schema, compiling)
  const ofNumber = compileNumber(schema)
  const ofArray = compileArray(schema, compiling)
  const ofObject = compileObject(schema, compiling)
  return [
    ...(ofString.length > 0 ? [onlyFor(isString, every(ofString))] : []),
    ...(ofNumber.length > 0 ? [onlyFor(isNumber, every(ofNumber))] : []),
    ...(ofArray.length > 0 ? [onlyFor(isArray, every(ofArray))] : []),
    ...(ofObject.length > 0 ? [onlyFor(isJsonObject, every(ofObject))] : []),
  ]
}

function onlyFor<T>(isKind: (value: unknown) => value is T, check: SchemaCheck<T>): SchemaCheck {
  return (value) => !isKind(value) || check(value)
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function compileCombinators(schema: SchemaNode, compiling: Compiling): SchemaCheck[] {
  const members = (schemas: readonly LoadedSchema[] | undefined) => schemas?.map(compiling.compile)
  const all = members(schema.allOf)
  const any = members(schema.anyOf)
  const one = members(schema.oneOf)
  return [
    ...(all === undefined ? [] : [every(all)]),
    ...(any === undefined ? [] : [(value: unknown) => any.some((check) => check(value))]),
    ...(one === undefined ? [] : [(value: unknown) => one.filter((check) => check(value)).length === 1]),
  ]
}

function compileConditions(schema: SchemaNode, compiling: Compiling): SchemaCheck[] {
  const checks: SchemaCheck[] = []
  if (schema.not !== undefined) {
    const forbidden = compiling.compile(schema.not)
    checks.push((value) => !forbidden(value))
  }
  if (schema.if !== undefined) {
    const condition = compiling.compile(schema.if)
    const [met, unmet] = [compiling.compile(schema.then ?? true), compiling.compile(schema.else ?? true)]
    checks.push((value) => (condition(value) ? met(value) : unmet(value)))
  }
  return checks
}
