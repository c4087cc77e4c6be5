import { createReadStream } from 'node:fs'
import { addAbortSignal, type Readable } from 'node:stream'
import type { Client } from '@rioni/client'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import type { Environment } from '../environment.ts'
import { readEvents } from '../event-reader.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type Places, publishItems, type Rejection, type Tally } from '../publish-items.ts'
import { report, reportError } from '../report.ts'

const EXAMPLES = `
The input is one event per line (JSON lines) or one JSON array, in UTF-8. It is published while it
is read, in order, so it may be endless. Missing metadata.eid and metadata.occurred_at are filled
in. Every rejected event is one line on standard error: its place, the step and the reason. The
others are published all the same.

Examples:
  rioni publish order.order-placed events.jsonl
  jq -c '.orders[]' export.json | rioni publish order.order-placed
  rioni publish order.order-placed events.json --url https://nakadi.example.org --token-file token`

/** `rioni publish`: events from a file or standard input into one event type. */
export function createPublishCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('publish')
    .summary('publish events from a file or standard input')
    .description('Publishes events to an event type, in batches.')
    .argument('<event-type>', 'name of the event type')
    .argument('[file]', 'file with the events; standard input when it is missing or -')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (eventType: string, file: string | undefined, flags: ConnectionFlags) => {
      const client = await connect(command, environment, flags)
      finish(await runPublish(environment, { client, eventType, file }))
    })
}

/** What to publish where. */
interface Publication {
  readonly client: Client
  readonly eventType: string
  readonly file: string | undefined
}

async function runPublish(environment: Environment, publication: Publication): Promise<ExitCode> {
  const { client, eventType, file } = publication
  const { signal } = environment
  // Asked for first: a name that does not exist shall not cost the input.
  const { name, category } = await client.eventTypes.get(eventType)
  const { createProducer } = await import('@rioni/client')
  await using producer = createProducer<object>(client, { name, category })
  const failed = new AbortController()
  const input = openInput(environment, { file, signal: AbortSignal.any([signal, failed.signal]) })
  const tally = await publishItems(readEvents(input), {
    publish: (event) => producer.publish(event),
    onRejected: (rejection) => reportRejection(environment, rejection),
    // Reading ends even while the input has nothing new, as a terminal may for long.
    onFailure: () => failed.abort(),
  })
  if (hasFailed(tally)) reportError(environment, tally.failure)
  reportTally(environment, tally)
  if (signal.aborted) {
    report(environment, 'interrupted: the rest of the input was not read')
    return exitCodes.interrupted
  }
  return isComplete(tally) ? exitCodes.done : exitCodes.failed
}

function isComplete({ rejected, unknown, failure }: Tally): boolean {
  return rejected === 0 && unknown.count === 0 && failure === undefined
}

/** Whether something went wrong; to be told to stop is no failure. */
function hasFailed({ failure }: Tally): boolean {
  return failure !== undefined && !isAbort(failure)
}

/** Whether no event was published, rejected or left without an answer. */
function isEmpty({ published, rejected, unknown }: Tally): boolean {
  return published === 0 && rejected === 0 && unknown.count === 0
}

/** Whether the input ended because reading it was told to stop. */
function isAbort(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'AbortError'
}

interface InputSource {
  readonly file: string | undefined
  /** Ends the reading. */
  readonly signal: AbortSignal
}

function openInput(environment: Environment, { file, signal }: InputSource): Readable {
  if (file !== undefined && file !== '-') return createReadStream(file, { signal })
  const { stdin } = environment
  if (stdin.isTTY) report(environment, 'reading events from the terminal, one per line; Ctrl-D ends')
  return addAbortSignal(signal, stdin)
}

function reportRejection(environment: Environment, { place, eid, step, detail }: Rejection): void {
  const who = eid === '' ? '' : ` (eid ${eid})`
  report(environment, `${place}${who}: rejected in step ${step}: ${detail}`)
}

function reportTally(environment: Environment, tally: Tally): void {
  const { published, rejected, unknown, notPublished, failure } = tally
  if (unknown.count > 0) {
    report(
      environment,
      `stored or not, nobody knows: ${describe(unknown)}; published again they may be doubled`,
    )
  }
  if (notPublished.count > 0) {
    report(environment, `not published: ${describe(notPublished)}, and all that follow`)
  }
  if (isEmpty(tally) && failure === undefined) report(environment, 'no events in the input')
  // A failure that came before everything else has left nothing to count.
  if (isEmpty(tally) && hasFailed(tally)) return
  report(environment, `published ${published}, rejected ${rejected}`)
}

function describe({ count, first, last }: Places): string {
  return count === 1 ? `the event at ${first}` : `${count} events from ${first} to ${last}`
}
