import { type Command, InvalidArgumentError } from 'commander'
import type { Environment } from './environment.ts'

/** A variable that stands in for a flag. */
export interface Variable<T> {
  readonly name: `RIONI_${string}`
  /** Turns its text into a value, as for the flag. */
  readonly parse: (text: string) => T
}

/**
 * The value of an environment variable, or undefined when it is unset or empty. Text that the parser refuses ends
 * the command as a usage error that names the variable.
 *
 * Commander can read variables too, but only those of the process, which a test cannot hand in.
 */
export function fromEnvironment<T>(
  command: Command,
  environment: Environment,
  { name, parse }: Variable<T>,
): T | undefined {
  const text = environment.env[name]
  if (text === undefined || text === '') return undefined
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    return command.error(`error: environment variable ${name} is invalid. ${error.message}`)
  }
}
