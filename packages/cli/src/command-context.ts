import type { Environment } from './environment.ts'
import type { ExitCode } from './exit-code.ts'

/** What every command is created with. */
export interface CommandContext {
  readonly environment: Environment
  /** Takes the exit code of the command that ran. A command that throws instead has failed. */
  readonly finish: (code: ExitCode) => void
}
