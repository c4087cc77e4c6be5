import type { Client } from '@rioni/client'
import { Command, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import { type ConsumeFlags, consumerSettings } from '../consumer-settings.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { wholeNumber } from '../flag-values.ts'
import { report, reportError } from '../report.ts'
import { untilIdle } from '../until-idle.ts'
import { watchConnection } from '../watch-connection.ts'
import { type WritableBatch, type Written, writeBatches } from '../write-batches.ts'

const EXAMPLES = `
The subscription is identified by owning application, consumer group and event types, and is made if
it does not exist. Its position stays with the broker: the next run goes on where the last stopped.
A batch is committed after standard output has accepted it, so a crash repeats events and never
loses one. What a pipe has accepted counts as consumed even if nobody reads it: for the first few
events use --limit rather than '| head'.

Examples:
  rioni consume order.order-placed --owning-application billing --read-from begin
  rioni consume order.order-placed --owning-application billing | jq -c .metadata.eid
  rioni consume order.order-placed --owning-application debugging --no-commit --read-from begin`

/** `rioni consume`: the events of a subscription, one JSON line each. */
export function createConsumeCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('consume')
    .summary('print the events of a subscription')
    .description('Prints the events of one subscription, one per line, as the broker sent them.')
    .argument('<event-types...>', 'names of the event types')
    .requiredOption('--owning-application <name>', 'owner of the subscription')
    .option('--consumer-group <name>', 'consumers of the same group share the events (default: default)')
    .addOption(
      new Option('--read-from <place>', 'where a new subscription starts (default: end)').choices([
        'begin',
        'end',
      ]),
    )
    .option('--limit <number>', 'stop after so many events', wholeNumber(1))
    .option('--stop-when-idle <seconds>', 'stop when no event has come for so long', wholeNumber(1))
    .option('--batch-limit <number>', 'most events that are committed together', wholeNumber(1), 100)
    .option(
      '--commit-timeout <seconds>',
      'time for writing a batch, 1 to 60 (default: 60)',
      wholeNumber(1, 60),
    )
    .option(
      '--no-commit',
      'leave the position as it is; stops after 1000 events or 5 idle seconds unless told otherwise',
    )
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (eventTypes: readonly string[], flags: ConsumeFlags & ConnectionFlags) => {
      const client = await connect(command, environment, flags)
      finish(await runConsume(environment, { client, eventTypes, flags }))
    })
}

/** What to consume from where. */
interface Consumption {
  readonly client: Client
  readonly eventTypes: readonly string[]
  readonly flags: ConsumeFlags
}

async function runConsume(environment: Environment, consumption: Consumption): Promise<ExitCode> {
  const { client, eventTypes, flags } = consumption
  const { signal, stdout } = environment
  const { clock } = client
  const { options, limit, idleSeconds, commit } = consumerSettings(flags)
  const { createConsumer } = await import('@rioni/client')
  // The signal closes the consumer: the batch in hand is written and committed, and then the loop ends.
  const consumer = createConsumer(client, eventTypes, { ...options, signal })
  signal.addEventListener('abort', () => report(environment, 'stopping'), { once: true })
  const endWatch = watchConnection({
    connection: () => consumer.connection,
    clock,
    onChange: (sentence) => report(environment, sentence),
  })
  const onIdle = () => void consumer.close()
  const batches = untilIdle(consumer, { clock, idleMs: idleSeconds * 1000, onIdle })
  const onUncommitted = ({ cursor }: WritableBatch) => reportUncommitted(environment, cursor)
  const written = await writeBatches(batches, { stdout, limit, commit, onUncommitted })
  endWatch()
  if (written.failure !== undefined) reportError(environment, written.failure)
  // A failure that came before the first event has left nothing to count.
  if (written.failure === undefined || written.events > 0) reportWritten(environment, written)
  return written.failure === undefined ? exitCodes.done : exitCodes.failed
}

function reportUncommitted(
  environment: Environment,
  { event_type, partition }: WritableBatch['cursor'],
): void {
  report(
    environment,
    `a batch of ${event_type}, partition ${partition}, was written too late to be committed; it comes again. ` +
      'If the output is read slowly, lower --batch-limit.',
  )
}

function reportWritten(environment: Environment, { events, uncommitted }: Written): void {
  const note = uncommitted === 0 ? '' : `, ${uncommitted} of them not committed: they come again`
  report(environment, `consumed ${events}${note}`)
}
