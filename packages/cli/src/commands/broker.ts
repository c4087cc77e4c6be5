import { once } from 'node:events'
import type { Broker, BrokerLimits, FeatureName } from '@rioni/broker'
import type { ServerLimits } from '@rioni/broker/node'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { createBrokerLog, observeInto } from '../broker-log.ts'
import { type BrokerSettings, brokerSettings } from '../broker-settings.ts'
import type { CommandContext } from '../command-context.ts'
import { createEventTypes } from '../create-event-types.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { addFlags, readSettings } from '../setting-table.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Every flag has a variable too: RIONI_MAX_HEADERS does what --max-headers does. Flags win.

Nothing is kept after it stops: event types, events and positions are gone.

The first line on standard output is 'listening on http://HOST:PORT', with the actual port; the log
is on standard error. The first SIGINT or SIGTERM ends it in good order: health checks fail from then
on, streams say goodbye and wait for commits of what they have sent. A second one ends it at once.

Examples:
  rioni broker                              listen on http://127.0.0.1:8080
  rioni broker --port 0                     listen on any free port
  RIONI_PORT=9000 rioni broker              the same as --port 9000
  rioni broker --event-types event-types    know the event types that are defined there
  rioni broker --host 0.0.0.0 --json-logs   serve other machines, log for a collector of logs`

/** Headers are little: there is no reason to wait for them as long as for a body. */
const MAX_HEADERS_TIMEOUT_MS = 10_000

/** `rioni broker`: the reference broker, until a signal stops it. */
export function createBrokerCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('broker')
    .summary('run the reference broker')
    .description('Runs the reference broker.')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const settings = readSettings(command, environment, brokerSettings)
      const features = await knownFeatures(command, settings)
      finish(await runBroker(environment, settings, features))
    })
  addFlags(command, brokerSettings)
  return command
}

/** The broker knows its features; the command line is wrong when it names another one. */
async function knownFeatures(
  command: Command,
  { features }: BrokerSettings,
): Promise<readonly FeatureName[]> {
  if (features.length === 0) return []
  const { FEATURE_NAMES } = await import('@rioni/broker')
  const known = FEATURE_NAMES.filter((name) => features.includes(name))
  if (known.length === new Set(features).size) return known
  return command.error(
    `error: --features or RIONI_FEATURES names a feature that does not exist. There are ${FEATURE_NAMES.join(', ')}.`,
  )
}

async function runBroker(
  environment: Environment,
  settings: BrokerSettings,
  features: readonly FeatureName[],
): Promise<ExitCode> {
  const log = await createBrokerLog(environment, settings)
  log.debug({ settings }, 'settings')
  // Loaded here and not above, as in the other commands: `rioni --help` shall not wait for a server it does not run.
  const { createBroker } = await import('@rioni/broker')
  const broker = createBroker({
    limits: brokerLimits(settings),
    features,
    observer: observeInto(log),
    processMetrics: true,
  })
  try {
    const { eventTypes } = settings
    if (eventTypes !== undefined && !(await createEventTypes(environment, { broker, folder: eventTypes }))) {
      return exitCodes.failed
    }
    await serveUntilStopped(environment, { broker, log, settings })
    return exitCodes.done
  } finally {
    await broker.close()
  }
}

/** A broker with all that is known of how to run it. */
interface Run {
  readonly broker: Broker
  readonly log: Logger
  readonly settings: BrokerSettings
}

async function serveUntilStopped(
  { signal, stdout }: Environment,
  { broker, log, settings }: Run,
): Promise<void> {
  const { serve } = await import('@rioni/broker/node')
  const { host, port, graceSeconds } = settings
  const server = await serve(broker, {
    host,
    port,
    limits: serverLimits(settings),
    onSlowClient: (client) => log.warn(client, 'client does not read: connection closed'),
  })
  try {
    log.warn('nothing is kept after the end')
    log.info({ url: server.url }, 'listening')
    await writeText(stdout, `listening on ${server.url}\n`)
    if (!signal.aborted) await once(signal, 'abort')
    log.info({ graceSeconds }, 'stopping')
  } finally {
    // The broker first: its streams end with their last line, and only then are their connections closed.
    await broker.close({ graceMs: graceSeconds * 1000 })
    await server.close()
    log.info('stopped')
  }
}

function brokerLimits(settings: BrokerSettings): Partial<BrokerLimits> {
  const { maxBodyBytes, maxEventBytes, maxOpenStreams, maxStreamBufferBytes } = settings
  const { maxSubscriptionPartitions, maxCommitTimeoutSeconds } = settings
  return {
    maxBodyBytes,
    maxEventBytes,
    maxOpenStreams,
    maxStreamBufferBytes,
    maxSubscriptionPartitions,
    maxCommitTimeoutSeconds,
  }
}

function serverLimits(settings: BrokerSettings): Partial<ServerLimits> {
  const { maxHeaderBytes, maxHeaders, maxConnections, requestTimeoutSeconds, slowClientSeconds } = settings
  return {
    maxHeaderBytes,
    maxHeaders,
    maxConnections,
    requestTimeoutMs: requestTimeoutSeconds * 1000,
    headersTimeoutMs: Math.min(requestTimeoutSeconds * 1000, MAX_HEADERS_TIMEOUT_MS),
    drainTimeoutMs: slowClientSeconds * 1000,
  }
}
