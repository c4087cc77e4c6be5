// Work that a schema may have made endless, such as looking for a text of 20 letters that is no longer than 10.

import { createContext, Script } from 'node:vm'

/** Milliseconds that a piece of work may take: a thousand times what it usually does. */
const MAX_MS = 2_000

/** The result of some work; undefined when it takes too long, even if it never would have come to an end. */
export function withinTime<Result>(work: () => Result): Result | undefined {
  let result: Result | undefined
  const run = (): void => {
    result = work()
  }
  try {
    SCRIPT.runInContext(createContext({ run }), { timeout: MAX_MS })
    return result
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === TIMEOUT) return undefined
    throw error
  }
}

const SCRIPT = new Script('run()')

const TIMEOUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT'
