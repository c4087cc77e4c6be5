import { once } from 'node:events'
import type { AccessOptions, Broker, BrokerLimits, FeatureName, Storage } from '@rioni/broker'
import type { ServerLimits } from '@rioni/broker/node'
import { Command, InvalidArgumentError } from 'commander'
import type { Logger } from 'pino'
import { accessOptions } from '../broker-access.ts'
import { createBrokerLog, observeInto } from '../broker-log.ts'
import { type BrokerSettings, brokerSettings } from '../broker-settings.ts'
import type { CommandContext } from '../command-context.ts'
import { createEventTypes } from '../create-event-types.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { openStorage } from '../open-storage.ts'
import { addFlags, readSettings } from '../setting-table.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Every flag has a variable too: RIONI_MAX_HEADERS does what --max-headers does. Flags win.

Without --data nothing is kept after it stops: event types, events and positions are gone. With it,
what was acknowledged is on the disk. --fsync group waits for that, many requests together; always
waits for each alone; never leaves it to the operating system, and may lose the last seconds.

The first line on standard output is 'listening on http://HOST:PORT', with the actual port; the
log is on standard error. The first SIGINT or SIGTERM ends it in good order: health checks fail from
then on, streams say goodbye and wait for last commits. A second one ends it at once.

Examples:
  rioni broker                              listen on http://127.0.0.1:8080
  rioni broker --data rioni-data            keep everything in the folder rioni-data
  rioni broker --port 0                     listen on any free port
  RIONI_PORT=9000 rioni broker              the same as --port 9000
  rioni broker --event-types event-types    know the event types that are defined there
  rioni broker --host 0.0.0.0 --json-logs   serve other machines, log for a collector of logs`

const LOOPBACK = /^(127\..*|::1|localhost)$/

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
      const access = await accessOptions(settings).catch((error) => refuse(command, error))
      finish(await runBroker(environment, settings, { ...access, features }))
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

/** Settings that contradict each other are wrong usage; anything else, such as a missing file, is a failure. */
function refuse(command: Command, error: unknown): never {
  if (error instanceof InvalidArgumentError) return command.error(`error: ${error.message}`)
  throw error
}

async function runBroker(
  environment: Environment,
  settings: BrokerSettings,
  access: AccessOptions,
): Promise<ExitCode> {
  const log = await createBrokerLog(environment, settings)
  log.debug({ settings }, 'settings')
  // Loaded here and not above, as in the other commands: `rioni --help` shall not wait for a server it does not run.
  const { createBroker } = await import('@rioni/broker')
  const storage = await openStorage(settings, log)
  const broker = createBroker({
    limits: brokerLimits(settings),
    deletableSubscriptions: settings.deletableSubscriptions,
    dataLakeSubjects: settings.dataLakeSubjects,
    ...access,
    storage,
    observer: observeInto(log),
    processMetrics: true,
  })
  try {
    if (!(await defineEventTypes(environment, storage, settings))) return exitCodes.failed
    await serveUntilStopped(environment, { broker, log, settings })
    return exitCodes.done
  } finally {
    await broker.close()
  }
}

/**
 * Creates the event types of the folder, through a broker that asks nobody for a token: the command line is in the
 * hands of whoever runs the broker.
 */
async function defineEventTypes(
  environment: Environment,
  storage: Storage,
  { eventTypes: folder }: BrokerSettings,
): Promise<boolean> {
  if (folder === undefined) return true
  const { createBroker } = await import('@rioni/broker')
  // The storage outlives this broker.
  const broker = createBroker({ storage: { ...storage, close: async () => {} } })
  try {
    return await createEventTypes(environment, { broker, folder })
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
    warn(log, settings)
    log.info({ url: server.url }, 'listening')
    await writeText(stdout, `listening on ${server.url}\n`)
    if (!signal.aborted) await once(signal, 'abort')
    log.info({ graceSeconds }, 'stopping')
  } finally {
    // The broker first: its streams end with their last line, and only when clients have it are connections closed.
    await broker.close({ graceMs: graceSeconds * 1000 })
    await server.finish()
    await server.close()
    log.info('stopped')
  }
}

/** Says what may surprise whoever has set nothing. */
function warn(log: Logger, settings: BrokerSettings): void {
  const { data, host, tokens, tokeninfoUrl, introspectionUrl, jwksUrl } = settings
  if (data === undefined) log.warn('nothing is kept after the end: --data FOLDER keeps it')
  const isOpen = [tokens, tokeninfoUrl, introspectionUrl, jwksUrl].every((source) => source === undefined)
  if (isOpen && !LOOPBACK.test(host)) {
    log.warn({ host }, 'everybody who reaches this address may do everything: --tokens FILE asks for tokens')
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
    // One number for both kinds of streams: whoever sets it thinks of the memory of the process.
    maxEventStreamBufferBytes: maxStreamBufferBytes,
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
