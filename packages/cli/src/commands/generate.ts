import { relative, resolve } from 'node:path'
import type { ProjectResult, ProjectSettings } from '@rioni/codegen'
import { Command, type Command as CommandType, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { counted } from '../counted.ts'
import { describeChanges, describeStale, staleFiles, toJson } from '../describe-generation.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { append, oneOf } from '../flag-values.ts'
import { type GenerateFlags, type GenerateSettings, readGenerateSettings } from '../generate-settings.ts'
import { isWatched, progressOn } from '../progress.ts'
import { report, reportError } from '../report.ts'
import { placesOf } from '../source-settings.ts'
import { changesIn } from '../watch-paths.ts'
import { writeText } from '../write-text.ts'

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

/** What to watch, and what to do after a change of it. */
interface Turn {
  readonly settings: GenerateSettings
  readonly generate: () => Promise<unknown>
}

/** How long a folder must have been quiet before it is read again. */
const QUIET_MS = 100

/** Generates after every change. What goes wrong is told and waits to be corrected; only a signal is the end. */
async function watchAndGenerate(
  environment: Environment,
  settings: GenerateSettings,
  nextTurn: () => Promise<Turn>,
): Promise<ExitCode> {
  const { signal } = environment
  const { systemClock: clock } = await import('@rioni/broker')
  let paths = watchedPaths(settings)
  for await (const _ of changesIn(() => paths, { clock, quietMs: QUIET_MS, signal })) {
    try {
      const turn = await nextTurn()
      paths = watchedPaths(turn.settings)
      await turn.generate()
    } catch (error) {
      reportError(environment, error)
    }
    report(environment, `watching ${paths.join(', ')}`)
  }
  return exitCodes.done
}

function watchedPaths({ project, configFile }: GenerateSettings): readonly string[] {
  const config = configFile === undefined ? [] : [relative('', configFile)]
  return [...project.sources.map(({ path }) => path), ...config]
}

async function generateOnce(
  environment: Environment,
  { project }: GenerateSettings,
  flags: GenerateFlags,
): Promise<ExitCode> {
  const { cacheFileOf, formatDiagnostic, formatProof, generateProject } = await import('@rioni/codegen')
  const check = flags.check === true
  const result = await generateProject(project, {
    check,
    ...(flags.cache ? { cacheFile: cacheFileOf(resolve(project.out), process.cwd()) } : {}),
    ...(flags.verbose === true || isWatched(environment)
      ? { onProgress: progressOn(environment, (done, total) => `generated ${done} of ${total} event types`) }
      : {}),
  })
  const { diagnostics, generated } = result
  for (const diagnostic of diagnostics) environment.stderr.write(`${formatDiagnostic(diagnostic)}\n`)
  for (const lost of result.lost) report(environment, `note: ${lost}`)
  const isProved = generated > 0 && !check && result.proof.documents > 0
  if (isProved) report(environment, `proof: ${formatProof(result.proof)}`)
  const { stdout } = environment
  if (flags.json === true) await writeText(stdout, toJson(result, { out: project.out, check }))
  if (generated === 0) {
    tellNothing(environment, result, project)
    return exitCodes.failed
  }
  if (flags.json !== true) {
    await writeText(stdout, check ? describeStale(result, project.out) : describeChanges(result, project.out))
  }
  const stale = check ? staleFiles(result, project.out).length : 0
  if (stale > 0) {
    report(
      environment,
      `${counted(stale, 'file')} ${stale === 1 ? 'is' : 'are'} stale: run the same command without --check, and commit`,
    )
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return exitCodes.failed
  return stale > 0 ? exitCodes.stale : exitCodes.done
}

function tellNothing(
  environment: Environment,
  { diagnostics }: ProjectResult,
  project: ProjectSettings,
): void {
  if (diagnostics.every(({ severity }) => severity !== 'error'))
    report(environment, `error: there is no event type definition in ${placesOf(project)}`)
  report(environment, `nothing was generated; ${project.out} is as it was`)
}
