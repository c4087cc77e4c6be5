import { type Command, InvalidArgumentError } from 'commander'
import type { Environment } from './environment.ts'

/** Something that a flag or an environment variable sets. */
export interface Setting<T> {
  readonly flag: `--${string}`
  /** The text that came with the flag, if it was used. */
  readonly given: string | undefined
  readonly variable: `RIONI_${string}`
  /** Turns the text of either into a value. */
  readonly parse: (text: string) => T
  readonly fallback: T
}

/**
 * The value of a setting: that of the flag, else that of the variable if it is not empty, else the fallback. Text that
 * the parser refuses ends the command as a usage error. The error names the flag or the variable and never repeats
 * the text, which may hold a secret.
 *
 * Commander can read variables too, but only those of the process, which a test cannot hand in.
 */
export function readSetting<T>(command: Command, environment: Environment, setting: Setting<T>): T {
  const { flag, given, variable, parse, fallback } = setting
  const text = given ?? environment.env[variable]
  if (text === undefined || (given === undefined && text === '')) return fallback
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    const source = given === undefined ? `environment variable ${variable}` : `option '${flag}'`
    return command.error(`error: ${source} is invalid. ${error.message}`)
  }
}
