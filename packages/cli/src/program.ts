import { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { createApplyCommand } from './commands/apply.ts'
import { createBrokerCommand } from './commands/broker.ts'
import { createCheckCommand } from './commands/check.ts'
import { createConsumeCommand } from './commands/consume.ts'
import { createDiffCommand } from './commands/diff.ts'
import { createGenerateCommand } from './commands/generate.ts'
import { createLintCommand } from './commands/lint.ts'
import { createPublishCommand } from './commands/publish.ts'
import { createPullCommand } from './commands/pull.ts'
import { readVersion } from './version.ts'

/** Columns at which help text wraps: the same on every terminal, so that it reads the same in every log. */
const HELP_WIDTH = 100

const EPILOGUE = `
Exit codes: 0 done, 1 failed or rejected, 2 wrong usage, 3 stale,
4 registry moved, 5 breaking, 6 partly applied, 130 interrupted.
RIONI_DEBUG=1 adds stack traces to errors.`

/** The command line: its name, its commands, and how it talks. One program parses one command line. */
export function createProgram(context: CommandContext): Command {
  const { stdout, stderr } = context.environment
  const program = new Command('rioni')
    .description('Event-based integration over the API of the Nakadi event broker.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("Run 'rioni --help' for the commands.")
    .addHelpText('after', EPILOGUE)

  const commands = [
    createBrokerCommand,
    createPullCommand,
    createLintCommand,
    createGenerateCommand,
    createDiffCommand,
    createCheckCommand,
    createApplyCommand,
    createPublishCommand,
    createConsumeCommand,
  ]
  for (const createCommand of commands) {
    const command = createCommand(context)
    program.addCommand(command.copyInheritedSettings(program))
    command.showHelpAfterError(`Run 'rioni ${command.name()} --help' for the arguments, flags and examples.`)
  }
  return program
}
