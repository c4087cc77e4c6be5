import { join } from 'node:path'
import type { Client } from '@rioni/client'
import type { DefinitionFormat, WrittenDefinitions } from '@rioni/codegen'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { append, oneOf } from '../flag-values.ts'
import { printable } from '../printable.ts'
import { report } from '../report.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
One file per event type, in the shape of the API, with the schema as an object and its version. The
same event types give the same bytes, and files that are right already are not touched. A file of an
earlier pull whose event type is gone is reported, and removed with --prune; what no pull has
written always stays. Event types of the broker itself, nakadi.*, are passed over unless --include
names them.

Exit codes: 0 done, 3 a file would change (--check), 1 an event type that was asked for is missing
or cannot be written; the others are written all the same.

Examples:
  rioni pull --url https://nakadi.example.org --token-file token --out event-types
  rioni pull --include 'order.*' --include billing.invoice-paid --out event-types
  rioni pull --out event-types --check                exit with 3 if a file would change`

/** What `rioni pull` was given. */
interface PullFlags extends ConnectionFlags {
  readonly out: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly format: DefinitionFormat
  readonly prune?: boolean
  readonly check?: boolean
}

/** `rioni pull`: definition files of the event types of a registry. */
export function createPullCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('pull')
    .summary('write the event types of a registry to definition files')
    .description('Writes one definition file per event type of a registry.')
    .requiredOption('--out <folder>', 'folder for the definition files')
    .option('--include <glob>', 'event types to write, such as order.*; may be repeated', append, [])
    .option('--exclude <glob>', 'event types to leave out; may be repeated', append, [])
    .option('--format <format>', 'yaml or json', oneOf(['yaml', 'json']), 'yaml')
    .option('--prune', 'remove files of earlier pulls whose event type is gone')
    .option('--check', 'write nothing; exit with 3 if a file would change')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: PullFlags) => {
      const client = await connect(command, environment, flags)
      finish(await runPull(environment, client, flags))
    })
}

async function runPull(environment: Environment, client: Client, flags: PullFlags): Promise<ExitCode> {
  const { selectEventTypes, separateReadable, writeDefinitions } = await import('@rioni/codegen')
  const { include, exclude, out, format, check: isCheck = false, prune = false } = flags
  const isSelected = selectEventTypes(include, include.length > 0 ? exclude : [...exclude, 'nakadi.*'])
  const listed = await client.eventTypes.list()
  const { readable, unreadable } = separateReadable(listed)
  for (const name of unreadable) {
    report(environment, `error: the registry describes ${name} in a way that is no event type`)
  }
  const selected = readable.filter(({ name }) => isSelected(name))
  const missing = include.filter(
    (name) => !name.includes('*') && !listed.some((found) => found.name === name),
  )
  for (const name of missing) report(environment, `error: the registry has no event type ${name}`)
  if (selected.length === 0) {
    report(environment, `there is no event type to pull; ${out} is as it was`)
    return exitCodes.failed
  }
  const isGone = (name: string) => isSelected(name) && !unreadable.includes(name)
  const result = await writeDefinitions(selected, out, { format, isGone, prune, isCheck })
  for (const file of result.vanished) {
    report(environment, `note: the registry has no event type for ${join(out, file)}; --prune removes it`)
  }
  await writeText(environment.stdout, describePull(result, { out, isCheck }))
  if (missing.length > 0 || unreadable.length > 0) return exitCodes.failed
  return isCheck && result.written.length + result.removed.length > 0 ? exitCodes.stale : exitCodes.done
}

/** One line per file that changed or would change, then the numbers. */
function describePull(
  { written, unchanged, removed }: WrittenDefinitions,
  { out, isCheck }: { readonly out: string; readonly isCheck: boolean },
): string {
  const [wrote, took] = isCheck ? ['stale', 'stale'] : ['written', 'removed']
  const counts = isCheck
    ? `${written.length} to write, ${unchanged.length} unchanged, ${removed.length} to remove`
    : `${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed`
  const lines = [
    ...written.map((file) => `${wrote} ${printable(join(out, file))}`),
    ...removed.map((file) => `${took} ${printable(join(out, file))}`),
    counts,
  ]
  return `${lines.join('\n')}\n`
}
