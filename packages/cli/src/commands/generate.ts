import { Command, type Command as CommandType, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import type { Environment } from '../environment.ts'
import type { ExitCode } from '../exit-code.ts'
import { append, oneOf } from '../flag-values.ts'
import { generateOnce } from '../generate-once.ts'
import { type GenerateFlags, readGenerateSettings } from '../generate-settings.ts'
import { watchAndGenerate } from '../watch-and-generate.ts'

const EXAMPLES = `
A source is a folder of definitions (YAML or JSON, an event type or a list of them per file, in the
shape of the API; the schema may be an object and may refer to other files of the folder), or a
document in OpenAPI 3.0, OpenAPI 3.1 or AsyncAPI 3. Without --from or --out, rioni.config.ts (or
.mts, .mjs, .js, .json) says what they do not; flags win over it.

An event type with errors is left out and the others are generated. Modules that were generated
before and are no longer needed are removed, but none while there are errors; files that were not
generated stay. Without any event type nothing is changed. The lock file, rioni.lock.json, remembers
every name, so that none changes because another event type came; commit it with the code.

With --json, standard output is one document: generated (how many event types), written, removed and
unchanged (files; with --check those that would be), lock (file, change), lost (names that are
gone), proof (counts) and diagnostics. Standard error and exit codes stay the same.

Exit codes: 0 done, 1 something is wrong with an event type, 3 something is stale (--check).

Examples:
  rioni generate --from event-types --out src/events
  rioni generate --from event-types --out src/events --check
  rioni generate --from api.yaml --out src/events --include 'order.*' --name order.placed=Order`

/** `rioni generate`: typed producers and consumers from definitions and API documents. */
export function createGenerateCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('generate')
    .summary('generate typed clients from event type definitions')
    .description('Generates one TypeScript module per event type, and an index.')
    .option('--from <path>', 'folder or document with event types; may be repeated', append, [])
    .option('--out <folder>', 'folder for the generated modules')
    .option('--config <file>', 'config file (default: rioni.config.ts, if needed)')
    .option('--lock <file>', 'lock file (default: rioni.lock.json in the output folder)')
    .option('--include <glob>', 'event types to generate, such as order.*; may be repeated', append, [])
    .option('--exclude <glob>', 'event types to leave out; may be repeated', append, [])
    .option('--name <event-type=Name>', 'name of the type of an event; may be repeated', appendName, [])
    .option('--import-extension <ext>', 'what relative imports end in: .js, .ts', oneOf(['.js', '.ts']))
    .option('--no-validators', 'generate no validators')
    .option('--no-examples', 'generate no examples for tests')
    .option('--no-proof', 'do not try the generated code on examples, samples and mutants')
    .option('--docs', 'generate a page in Markdown for each')
    .option('--asyncapi', 'generate an AsyncAPI document of all')
    .option('--no-cache', 'generate everything anew')
    .addOption(new Option('--check', 'write nothing; exit with 3 if something is stale').conflicts('watch'))
    .addOption(new Option('--watch', 'generate again after every change, until stopped').conflicts('check'))
    .addOption(new Option('--json', 'print one JSON document').conflicts('watch'))
    .option('--verbose', 'tell the progress even if nobody watches')
    .addHelpText('after', EXAMPLES)
  return command.action(async (flags: GenerateFlags) =>
    finish(await runGenerate(environment, command, flags)),
  )
}

type ChosenName = GenerateFlags['name'][number]

function appendName(text: string, before: readonly ChosenName[]): readonly ChosenName[] {
  const [, eventType, name] = /^(.+)=([A-Za-z][A-Za-z0-9]*)$/.exec(text) ?? []
  if (eventType !== undefined && name !== undefined) return [...before, [eventType, name]]
  throw new InvalidArgumentError('Expected an event type and a name, such as order.order-placed=OrderPlaced.')
}

async function runGenerate(
  environment: Environment,
  command: CommandType,
  flags: GenerateFlags,
): Promise<ExitCode> {
  const settings = await readGenerateSettings(command, flags, process.cwd())
  if (flags.watch !== true) return generateOnce(environment, settings, flags)
  return watchAndGenerate(environment, settings, async () => {
    const changed = await readGenerateSettings(command, flags, process.cwd())
    return { settings: changed, generate: () => generateOnce(environment, changed, flags) }
  })
}
