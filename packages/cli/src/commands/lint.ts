import type { Client } from '@rioni/client'
import type { EventTypeDefinition, LintFinding, LintLevel, LintLevels } from '@rioni/codegen'
import { Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import { counted } from '../counted.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { githubAnnotations, isOnGitHub } from '../github-annotations.ts'
import { loadSources } from '../load-sources.ts'
import { report } from '../report.ts'
import { addSourceFlags, readSourceSettings, type SourceFlags } from '../source-settings.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Looks at event types for what the Zalando RESTful API guidelines ask for and for what is known to go
wrong: names, owners, compatibility, order, open enumerations, money, times, numbers, misspelt
keywords. --rules lists every rule. Rules get another level, or none, in rioni.config.ts (lint) or
with --rule.

Exit codes: 0 no errors, 1 errors, or something could not be read; with --strict warnings count too.

Examples:
  rioni lint --from event-types
  rioni lint --from event-types --rule audience=error --rule enum-value=off
  rioni lint --registry --url https://nakadi.example.org --include 'order.*' --json`

/** What `rioni lint` was given. */
interface LintFlags extends SourceFlags, ConnectionFlags {
  readonly registry?: boolean
  readonly rule: readonly (readonly [id: string, level: LintLevel])[]
  readonly rules?: boolean
  readonly strict?: boolean
  readonly json?: boolean
  readonly github?: boolean
}

/** `rioni lint`: event types against the guidelines. */
export function createLintCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('lint')
    .summary('check event types against the Zalando guidelines')
    .description('Checks event types of files or of a registry against the Zalando RESTful API guidelines.')
  addSourceFlags(command)
    .option('--registry', 'look at the event types of the registry in place of files')
    .option('--rule <id=level>', 'off, warning or error for a rule; may be repeated', appendLevel, [])
    .option('--rules', 'list the rules and do nothing else')
    .option('--strict', 'exit with 1 for warnings, too')
    .option('--json', 'print one JSON document')
    .option('--github', 'print annotations for GitHub Actions (default: where GITHUB_ACTIONS is true)')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: LintFlags) => {
      if (flags.rules === true) return listRules(environment)
      const settings = await readSourceSettings(flags, process.cwd(), false)
      if (flags.registry !== true && settings.sources.length === 0)
        command.error(
          "error: one of '--from <path>' and '--registry' is needed, and there is no rioni.config.ts here",
        )
      const levels = { ...settings.config?.lint, ...Object.fromEntries(flags.rule) }
      await checkRules(command, levels)
      const looked =
        flags.registry === true
          ? await fromRegistry(environment, await connect(command, environment, flags))
          : await loadSources(environment, settings.sources)
      finish(await runLint(environment, { ...looked, ...settings, levels, flags }))
    })
}

type ChosenLevel = LintFlags['rule'][number]

function appendLevel(text: string, before: readonly ChosenLevel[]): readonly ChosenLevel[] {
  const [, id, level] = /^([a-z-]+)=(off|warning|error)$/.exec(text) ?? []
  if (id !== undefined && (level === 'off' || level === 'warning' || level === 'error'))
    return [...before, [id, level]]
  throw new InvalidArgumentError('Expected a rule and off, warning or error, such as audience=error.')
}

async function checkRules(command: Command, levels: LintLevels): Promise<void> {
  const { LINT_RULES } = await import('@rioni/codegen')
  const unknown = Object.keys(levels).find((id) => LINT_RULES.every((rule) => rule.id !== id))
  if (unknown !== undefined)
    command.error(`error: there is no rule '${unknown}'; 'rioni lint --rules' lists them`)
}

async function listRules({ stdout }: Environment): Promise<void> {
  const { LINT_RULES } = await import('@rioni/codegen')
  const width = Math.max(...LINT_RULES.map(({ id }) => id.length))
  const lines = LINT_RULES.map(
    ({ id, level, summary }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${summary}\n`,
  )
  await writeText(stdout, lines.join(''))
}

/** What is looked at, and how. */
interface Lint {
  readonly eventTypes: readonly EventTypeDefinition[]
  readonly hasErrors: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly levels: LintLevels
  readonly flags: LintFlags
}

async function fromRegistry(
  environment: Environment,
  client: Client,
): Promise<Pick<Lint, 'eventTypes' | 'hasErrors'>> {
  const { separateReadable } = await import('@rioni/codegen')
  const { readable, unreadable } = separateReadable(await client.eventTypes.list())
  for (const name of unreadable) {
    report(environment, `error: the registry describes ${name} in a way that is no event type`)
  }
  const own = readable.filter(({ name }) => !name.startsWith('nakadi.'))
  return { eventTypes: own.map((eventType) => ({ eventType })), hasErrors: unreadable.length > 0 }
}

async function runLint(environment: Environment, lint: Lint): Promise<ExitCode> {
  const { lintEventTypes, selectEventTypes, withExcerpts } = await import('@rioni/codegen')
  const { flags, levels } = lint
  const isSelected = selectEventTypes(lint.include, lint.exclude)
  const eventTypes = lint.eventTypes.filter(({ eventType }) => isSelected(eventType.name))
  if (eventTypes.length === 0) {
    report(environment, 'error: there is no event type to look at')
    return exitCodes.failed
  }
  const findings = await withExcerpts(lintEventTypes(eventTypes, levels))
  await writeText(
    environment.stdout,
    await toText(environment, flags, { count: eventTypes.length, findings }),
  )
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  report(
    environment,
    `${counted(errors, 'error')} and ${counted(warnings, 'warning')} in ${counted(eventTypes.length, 'event type')}`,
  )
  const isFine = errors === 0 && !lint.hasErrors && (flags.strict !== true || warnings === 0)
  return isFine ? exitCodes.done : exitCodes.failed
}

/** What was found, in the form that is asked for. */
async function toText(
  environment: Environment,
  flags: LintFlags,
  { count, findings }: { readonly count: number; readonly findings: readonly LintFinding[] },
): Promise<string> {
  if (flags.json === true) return `${JSON.stringify({ eventTypes: count, findings }, null, 2)}\n`
  const shown = findings.map(labelled)
  if (isOnGitHub(environment, flags.github)) return githubAnnotations(shown)
  const { formatDiagnostic } = await import('@rioni/codegen')
  return shown.map((finding) => `${formatDiagnostic(finding)}\n`).join('')
}

/** The rule behind the sentence, for whoever wants to switch it off. */
function labelled(finding: LintFinding): LintFinding {
  return { ...finding, message: `${finding.message} (${finding.rule})` }
}
