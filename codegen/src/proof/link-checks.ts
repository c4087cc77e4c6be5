// The functions of a check, each made by itself and told of those that it calls. Event types share functions, so each is
// compiled once. Here they are called by other names than in the module.

import { fillGaps, type PartCode } from '../validators/part-code.ts'
import type { CheckFunction } from '../validators/standalone-check.ts'

/** Gives the values of expressions. */
export type Compile = (expressions: readonly string[]) => readonly unknown[]

/** A function of the sandbox, and how it comes to know those that it calls. */
interface Linkable {
  readonly check: unknown
  link(references: readonly unknown[]): void
}

/** Makes functions that know each other, and returns the first. */
export function linked(functions: readonly CheckFunction[], compile: Compile): unknown {
  compileMissing(functions, compile)
  const shared = sharedChecks(functions)
  const own = functions.map(({ code }, index) => (shared[index] === undefined ? make(code) : undefined))
  const checkOf = (index: number): unknown => (shared[index] ?? own[index])?.check
  for (const [index, { references }] of functions.entries()) own[index]?.link(references.map(checkOf))
  return checkOf(0)
}

/** A function that event types share, and a number that no other has. */
interface SharedCheck {
  readonly check: unknown
  readonly number: number
}

/**
 * The functions from which no way leads back to themselves: with equal code, and calling the same functions, they are the
 * same in all event types. So they are made once, and get faster with each.
 */
function sharedChecks(functions: readonly CheckFunction[]): readonly (SharedCheck | undefined)[] {
  const found: (SharedCheck | undefined)[] = functions.map(() => undefined)
  const callers: number[][] = functions.map(() => [])
  const missing = functions.map(({ references }, index) => {
    for (const reference of references) callers[reference]?.push(index)
    return references.length
  })
  const complete = [...missing.keys()].filter((index) => missing[index] === 0)
  // A function that is found may complete its callers, which join the end of the list.
  for (const index of complete) {
    const { code, references } = functions[index] as CheckFunction
    found[index] = sharedCheck(
      code,
      references.flatMap((reference) => found[reference] ?? []),
    )
    for (const caller of callers[index] ?? []) {
      missing[caller] = (missing[caller] ?? 0) - 1
      if (missing[caller] === 0) complete.push(caller)
    }
  }
  return found
}

const known = new WeakMap<PartCode, Map<string, SharedCheck>>()
let count = 0

function sharedCheck(code: PartCode, references: readonly SharedCheck[]): SharedCheck {
  const ofCode = known.get(code) ?? new Map<string, SharedCheck>()
  known.set(code, ofCode)
  const key = references.map(({ number }) => number).join()
  const before = ofCode.get(key)
  if (before !== undefined) return before
  const { check, link } = make(code)
  link(references.map((reference) => reference.check))
  count += 1
  const made = { check, number: count }
  ofCode.set(key, made)
  return made
}

const factories = new WeakMap<PartCode, () => Linkable>()

function make(code: PartCode): Linkable {
  const factory = factories.get(code)
  if (factory === undefined) throw new Error('Code was not compiled before it was asked for.')
  return factory()
}

/** One script for all that is new: each has its price. */
function compileMissing(functions: readonly CheckFunction[], compile: Compile): void {
  const missing = [...new Set(functions.map(({ code }) => code))].filter((code) => !factories.has(code))
  if (missing.length === 0) return
  const compiled = compile(missing.map(factoryText))
  for (const [index, code] of missing.entries()) factories.set(code, compiled[index] as () => Linkable)
}

/** The parentheses around functions are a hint to compile them at once, because they will be called. */
function factoryText(code: PartCode): string {
  const most = Math.max(-1, ...code.gaps.map((gap) => (gap.kind === 'reference' ? gap.index : -1)))
  const references = Array.from({ length: most + 1 }, (_, index) => `reference${index}`).join(', ')
  const text = fillGaps(code, (gap) => (gap.kind === 'own' ? 'check' : `${gap.kind}${gap.index}`))
  return `(function () {
'use strict'
${code.constants.map((expression, index) => `const constant${index} = ${expression}`).join('\n')}
${references === '' ? '' : `let ${references}`}
return { check: (${text}), link(references) { ${references === '' ? '' : `[${references}] = references`} } }
})`
}
