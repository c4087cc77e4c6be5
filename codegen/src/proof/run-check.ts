// Runs a generated validator. It is made from a schema of strangers, so it runs where it has no globals but those of the
// language, no way to make code of strings, and no more than a second.

import { createContext, Script } from 'node:vm'
import type { StandaloneCheck } from '../validators/standalone-check.ts'

/** Milliseconds for all documents of one event type. Only a pattern that was made for it takes as long. */
const MAX_MS = 1_000

/**
 * Says of each document whether a check accepts it.
 *
 * @returns undefined when that takes too long, or more stack than there is
 */
export function runCheck(
  { statements, name }: StandaloneCheck,
  documents: readonly unknown[],
): readonly boolean[] | undefined {
  const source = `(() => {
'use strict'
${statements.join('\n')}
return JSON.stringify(JSON.parse(${JSON.stringify(JSON.stringify(documents))}).map((document) => ${name}(document)))
})()`
  try {
    const verdicts: unknown = new Script(source).runInContext(sandbox(), { timeout: MAX_MS })
    return JSON.parse(String(verdicts)) as readonly boolean[]
  } catch (error) {
    if (isExhausted(error)) return undefined
    throw error
  }
}

let context: ReturnType<typeof createContext> | undefined

function sandbox(): ReturnType<typeof createContext> {
  context ??= createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
  })
  return context
}

/** Out of time, or out of stack: the error may be of either realm, so it is known by its fields. */
function isExhausted(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const isTimeout = 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  return isTimeout || ('name' in error && error.name === 'RangeError')
}
