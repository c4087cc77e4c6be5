import { once } from 'node:events'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { createEventTypes } from '../create-event-types.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { parsePort } from '../flag-values.ts'
import { readSetting } from '../read-setting.ts'
import { report } from '../report.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Nothing is kept after it stops: event types, events and positions are gone. While it runs nothing is
removed: its memory grows with every event, so it is for development and tests, not for months.

The first line on standard output is 'listening on http://HOST:PORT', with the actual port.
The first SIGINT or SIGTERM ends all streams in good order; a second one ends the process at once.

Examples:
  rioni broker                              listen on http://127.0.0.1:8080
  rioni broker --port 0                     listen on any free port
  RIONI_PORT=9000 rioni broker              the same as --port 9000
  rioni broker --event-types event-types    know the event types that are defined there`

/** `rioni broker`: the reference broker, in memory, until a signal stops it. */
export function createBrokerCommand({ environment, finish }: CommandContext): Command {
  return new Command('broker')
    .summary('run the reference broker')
    .description('Runs the reference broker in memory.')
    .option('--port <number>', 'TCP port, 0 for any free one; or RIONI_PORT (default: 8080)')
    .option('--host <address>', 'address to listen on; or RIONI_HOST (default: 127.0.0.1)')
    .option('--event-types <folder>', 'definitions of event types to create at the start')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: BrokerFlags, command: Command) => {
      const port = readSetting(command, environment, {
        flag: '--port',
        given: flags.port,
        variable: 'RIONI_PORT',
        parse: parsePort,
        fallback: 8080,
      })
      const host = readSetting(command, environment, {
        flag: '--host',
        given: flags.host,
        variable: 'RIONI_HOST',
        parse: String,
        fallback: '127.0.0.1',
      })
      finish(await runBroker(environment, { port, host, eventTypes: flags.eventTypes }))
    })
}

interface BrokerFlags {
  readonly port?: string
  readonly host?: string
  readonly eventTypes?: string
}

/** Where to listen, and the folder of the event types to begin with. */
interface BrokerSettings {
  readonly port: number
  readonly host: string
  readonly eventTypes: string | undefined
}

async function runBroker(environment: Environment, settings: BrokerSettings): Promise<ExitCode> {
  const { port, host, eventTypes } = settings
  const { signal, stdout } = environment
  // Loaded here and not above, as in the other commands: `rioni --help` shall not wait for a server it does not run.
  const { createBroker } = await import('@rioni/broker')
  const { serve } = await import('@rioni/broker/node')

  const broker = createBroker()
  try {
    if (eventTypes !== undefined && !(await createEventTypes(environment, { broker, folder: eventTypes }))) {
      return exitCodes.failed
    }
    const server = await serve(broker, { port, host })
    try {
      await writeText(stdout, `listening on ${server.url}\n`)
      if (!signal.aborted) await once(signal, 'abort')
      report(environment, 'stopping')
    } finally {
      // The broker first: its streams end with their last line, and only then are their connections closed.
      await broker.close()
      await server.close()
    }
    return exitCodes.done
  } finally {
    await broker.close()
  }
}
