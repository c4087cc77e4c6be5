import { join } from 'node:path'
import type { WriteResult } from '@rioni/codegen'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { printable } from '../printable.ts'
import { report } from '../report.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
A definition is a YAML or JSON file that holds an event type in the shape of the API; its schema may
be an object. An event type with errors is left out and the others are generated. Modules that were
generated before and are no longer needed are removed, but none while there are errors; files that
were not generated stay. Without any event type nothing is changed.

Example:
  rioni generate --from event-types --out src/events`

/** `rioni generate`: typed producers and consumers from definition files. */
export function createGenerateCommand({ environment, finish }: CommandContext): Command {
  return new Command('generate')
    .summary('generate typed clients from event type definitions')
    .description('Generates one TypeScript module per event type, and an index.')
    .requiredOption('--from <folder>', 'folder with the definitions')
    .requiredOption('--out <folder>', 'folder for the generated modules')
    .addHelpText('after', EXAMPLES)
    .action(async (folders: Folders) => finish(await runGenerate(environment, folders)))
}

/** Where to read and where to write. */
interface Folders {
  readonly from: string
  readonly out: string
}

async function runGenerate(environment: Environment, { from, out }: Folders): Promise<ExitCode> {
  const { formatDiagnostic, generate, loadDefinitions, writeGenerated } = await import('@rioni/codegen')
  const loaded = await loadDefinitions(from)
  const generated = await generate(loaded.definitions)
  const diagnostics = [...loaded.diagnostics, ...generated.diagnostics]
  for (const diagnostic of diagnostics) environment.stderr.write(`${formatDiagnostic(diagnostic)}\n`)
  if (generated.files.length === 0) {
    if (diagnostics.length === 0) report(environment, `error: there is no event type definition in ${from}`)
    report(environment, `nothing was generated; ${out} is as it was`)
    return exitCodes.failed
  }
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
  const changes = await writeGenerated(generated.files, out, { keepStale: hasErrors })
  await writeText(environment.stdout, describeChanges(changes, out))
  return hasErrors ? exitCodes.failed : exitCodes.done
}

/** One line per file that changed, then the numbers. */
function describeChanges({ written, unchanged, removed }: WriteResult, out: string): string {
  const lines = [
    ...written.map((file) => `written ${printable(join(out, file))}`),
    ...removed.map((file) => `removed ${printable(join(out, file))}`),
    `${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed`,
  ]
  return `${lines.join('\n')}\n`
}
