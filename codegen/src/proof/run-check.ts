// Runs a generated validator. It is made from a schema of strangers, so it runs where it has no globals but those of the
// language, no way to make code of strings, and no more than a second. Watching the clock takes a thread, which is spared
// where nothing can take long.

import { type Context, createContext, Script } from 'node:vm'
import { ALL_HELPERS, ROUTINE_NAMES } from '../validators/helpers.ts'
import type { CheckFunction, StandaloneCheck } from '../validators/standalone-check.ts'
import { type Compile, linked } from './link-checks.ts'

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

const BUILT_IN = 'Array, BigInt, JSON, Math, Number, Object, RegExp, Set, String'

/** What checks name: as variables, because each look at a global of a sandbox asks the program around it. */
const NAMES = [BUILT_IN, ...ROUTINE_NAMES].join(', ')

function createSandbox(): Sandbox {
  const globals = Object.create(null) as Sandbox['globals']
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } })
  const scope: unknown = new Script(`(() => {
const { ${BUILT_IN} } = globalThis
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
