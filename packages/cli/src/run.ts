import { CommanderError } from 'commander'
import type { Environment } from './environment.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { createProgram } from './program.ts'
import { reportError } from './report.ts'

/**
 * Runs one command line, `argv` being what follows the name of the program. Resolves with the exit code when all of
 * its output has been written. Never rejects: what goes wrong is told on standard error.
 */
export async function run(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done
  const finish = (code: ExitCode) => {
    exitCode = code
  }
  try {
    await createProgram({ environment, finish }).parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has printed the help, the version or the mistake already, and says with 0 that it was no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    reportError(environment, error)
    return exitCodes.failed
  }
}
