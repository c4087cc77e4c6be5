import type { Environment } from './environment.ts'
import { explainError } from './explain-error.ts'
import { printable } from './printable.ts'

/** Writes one line of progress or summary to standard error. Line breaks and control characters are made visible. */
export function report(environment: Environment, line: string): void {
  environment.stderr.write(`${printable(line)}\n`)
}

/** Writes what went wrong and what to do about it; the stack as well when `RIONI_DEBUG` is `1`. */
export function reportError(environment: Environment, error: unknown): void {
  const { message, remedy } = explainError(error)
  report(environment, `error: ${message}`)
  if (remedy !== undefined) report(environment, `  ${remedy}`)
  if (environment.env['RIONI_DEBUG'] === '1') environment.stderr.write(`${stackOf(error)}\n`)
}

/** The stack of an error and of its causes, innermost last. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const stack = error.stack ?? String(error)
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`
}
