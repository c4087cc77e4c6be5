// The command line as a function, for those who embed or test it.

export type { Environment } from './environment.ts'
export { type ExitCode, exitCodes } from './exit-code.ts'
export { run } from './run.ts'
