import { join, resolve } from 'node:path'
import type { ProjectResult } from '@rioni/codegen'
import { Command, type Command as CommandType, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { append, oneOf } from '../flag-values.ts'
import { type GenerateFlags, type GenerateSettings, readGenerateSettings } from '../generate-settings.ts'
import { printable } from '../printable.ts'
import { isWatched, progressOn } from '../progress.ts'
import { report, reportError } from '../report.ts'
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
  return watchAndGenerate(environment, settings, () =>
    readGenerateSettings(command, flags, process.cwd()).then((changed) =>
      generateOnce(environment, changed, flags),
    ),
  )
}

/** How long a folder must have been quiet before it is read again. */
const QUIET_MS = 100

/** Generates after every change. What goes wrong is told and waits to be corrected; only a signal is the end. */
async function watchAndGenerate(
  environment: Environment,
  { project, configFile }: GenerateSettings,
  generate: () => Promise<unknown>,
): Promise<ExitCode> {
  const { signal } = environment
  const { systemClock: clock } = await import('@rioni/broker')
  const paths = [
    ...project.sources.map(({ path }) => path),
    ...(configFile === undefined ? [] : [configFile]),
  ]
  for await (const _ of changesIn(paths, { clock, quietMs: QUIET_MS, signal })) {
    try {
      await generate()
    } catch (error) {
      reportError(environment, error)
    }
    report(environment, `watching ${paths.join(', ')}`)
  }
  return exitCodes.done
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
  if (generated === 0) {
    const sources = project.sources.map(({ path }) => path).join(', ')
    if (diagnostics.length === 0)
      report(environment, `error: there is no event type definition in ${sources}`)
    report(environment, `nothing was generated; ${project.out} is as it was`)
    return exitCodes.failed
  }
  for (const lost of result.lost) report(environment, `note: ${lost}`)
  if (!check && result.proof.documents > 0) report(environment, `proof: ${formatProof(result.proof)}`)
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
  if (check) return tellStale(environment, result, { out: project.out, hasErrors })
  await writeText(environment.stdout, describeChanges(result, project.out))
  return hasErrors ? exitCodes.failed : exitCodes.done
}

/** The generated files by what happened to them, the lock file with them. */
function changesOf({ written, removed, unchanged, lockFile, lockChange }: ProjectResult, out: string) {
  const lock = lockChange === 'written' ? [lockFile] : []
  return {
    written: [...written.map((file) => join(out, file)), ...lock],
    removed: removed.map((file) => join(out, file)),
    unchanged: unchanged.length + 1 - lock.length,
  }
}

/** One line per file that changed, then the numbers. */
function describeChanges(result: ProjectResult, out: string): string {
  const { written, removed, unchanged } = changesOf(result, out)
  const lines = [
    ...written.map((file) => `written ${printable(file)}`),
    ...removed.map((file) => `removed ${printable(file)}`),
    `${written.length} written, ${unchanged} unchanged, ${removed.length} removed`,
  ]
  return `${lines.join('\n')}\n`
}

/** One line per file that would change, and what to do. */
async function tellStale(
  environment: Environment,
  result: ProjectResult,
  { out, hasErrors }: { readonly out: string; readonly hasErrors: boolean },
): Promise<ExitCode> {
  const { written, removed } = changesOf(result, out)
  const stale = [...written, ...removed].sort()
  if (stale.length > 0) {
    await writeText(environment.stdout, stale.map((file) => `stale ${printable(file)}\n`).join(''))
    report(environment, `${stale.length} files are stale: run the same command without --check, and commit`)
  }
  if (hasErrors) return exitCodes.failed
  return stale.length > 0 ? exitCodes.stale : exitCodes.done
}
