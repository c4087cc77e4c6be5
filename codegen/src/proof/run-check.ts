// Runs a generated validator. It is made from a schema of strangers, so it runs where it has no globals but those of the
// language, no way to make code of strings, and no more than a second. Watching the clock takes a thread, which is spared
// where nothing can take long.
//
// Event types share functions, so each is compiled once. Here it is called by other names than in the module.

import { type Context, createContext, Script } from 'node:vm'
import { ALL_HELPERS, ROUTINE_NAMES } from '../validators/helpers.ts'
import { fillGaps, type PartCode } from '../validators/part-code.ts'
import type { CheckFunction, StandaloneCheck } from '../validators/standalone-check.ts'

/** Milliseconds for all documents of one event type. Only a pattern that was made for it takes as long. */
const MAX_MS = 1_000

/**
 * Says of each document whether a check accepts it.
 *
 * @returns undefined when that takes too long, or more stack than there is
 */
export function runCheck(
  { functions }: StandaloneCheck,
  documents: readonly unknown[],
): readonly boolean[] | undefined {
  const { context, globals, compile } = sandbox()
  try {
    globals.check = linked(functions, compile)
    globals.documents = JSON.stringify(documents)
    const verdicts: unknown = RUN.runInContext(context, isQuick(functions) ? {} : { timeout: MAX_MS })
    return JSON.parse(String(verdicts)) as readonly boolean[]
  } catch (error) {
    if (isExhausted(error)) return undefined
    throw error
  } finally {
    globals.check = undefined
    globals.documents = undefined
  }
}

/** More functions than this may call each other more often than anybody wants to wait. */
const MAX_QUICK_FUNCTIONS = 500

/** Whether a check ends soon, whatever it is given: then no pattern in it can backtrack for long. */
function isQuick(functions: readonly CheckFunction[]): boolean {
  return (
    functions.length <= MAX_QUICK_FUNCTIONS &&
    functions.every(({ code }) => code.constants.every((constant) => !isSlowPattern(constant)))
  )
}

/** Repetitions of groups, and several that have no fixed length, may try every way to share a text between them. */
function isSlowPattern(constant: string): boolean {
  if (!constant.includes('RegExp')) return false
  const repetitions = constant.match(/[*+?]|\{\d*,\d*\}/g) ?? []
  return /\)[*+?{]/.test(constant) || repetitions.length > 2
}

const RUN = new Script('JSON.stringify(JSON.parse(documents).map((document) => check(document)))')

/** A function of the sandbox, and how it comes to know those that it calls. */
interface Linkable {
  readonly check: unknown
  link(references: readonly unknown[]): void
}

/** Makes functions that know each other, and returns the first. */
function linked(functions: readonly CheckFunction[], compile: Compile): unknown {
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

/** Gives the values of expressions. */
type Compile = (expressions: readonly string[]) => readonly unknown[]

interface Sandbox {
  readonly context: Context
  readonly globals: { check?: unknown; documents?: string | undefined }
  readonly compile: Compile
}

let sandboxOfAll: Sandbox | undefined

function sandbox(): Sandbox {
  sandboxOfAll ??= createSandbox()
  return sandboxOfAll
}

/** What checks name: as variables, because each look at a global of a sandbox asks the program around it. */
const NAMES = ['Array', 'BigInt', 'JSON', 'Math', 'Number', 'Object', 'Set', 'String', ...ROUTINE_NAMES].join(
  ', ',
)

function createSandbox(): Sandbox {
  const globals = Object.create(null) as Sandbox['globals']
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } })
  const scope: unknown = new Script(`(() => {
const { Array, BigInt, JSON, Math, Number, Object, Set, String } = globalThis
${ALL_HELPERS.join('\n')}
return { ${NAMES} }
})()`).runInContext(context)
  const compile: Compile = (expressions) => {
    const inScope: unknown = new Script(`(function ({ ${NAMES} }) { return [
${expressions.join(',\n')}
] })`).runInContext(context)
    return (inScope as (names: unknown) => readonly unknown[])(scope)
  }
  return { context, globals, compile }
}

/** Out of time, or out of stack: the error may be of either realm, so it is known by its fields. */
function isExhausted(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const isTimeout = 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  return isTimeout || ('name' in error && error.name === 'RangeError')
}
