import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Client } from '@rioni/client'
import type { ContractVerdict, Role } from '@rioni/codegen'
import { Command } from 'commander'
import type { CheckFinding } from '../check-finding.ts'
import { checkFindings, type MendedKind, untoldFindings } from '../check-findings.ts'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import {
  addContractFlags,
  type ContractFlags,
  type ContractSettings,
  quoted,
  readContractSettings,
} from '../contract-settings.ts'
import { counted } from '../counted.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { oneOf } from '../flag-values.ts'
import { githubAnnotations, isOnGitHub } from '../github-annotations.ts'
import { junitReport } from '../junit-report.ts'
import { type Contract, loadContract } from '../load-contract.ts'
import { report } from '../report.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
For CI: fails when the registry is no longer what the code was generated from, and tells how bad
that is. --as says which side the code is on: a new required property breaks producers, a removed
property or a new value of an enum breaks consumers.

Exit codes: 0 code and registry agree, 3 the code is older than the definitions, 4 the registry has
moved and nothing breaks, 5 it has moved and this code breaks; of several the highest. 1 something
could not be checked, whatever else was found. Standard error names the command that mends it.

Examples:
  rioni check --out src/events --as consumer
  rioni check --from event-types --out src/events --junit reports/rioni.xml
  rioni check --breaking-only                         with rioni.config.ts; 4 becomes 0`

/** What `rioni check` was given. */
interface CheckFlags extends ContractFlags, ConnectionFlags {
  readonly as?: 'consumer' | 'producer' | 'both'
  readonly breakingOnly?: boolean
  readonly github?: boolean
  readonly junit?: string
}

const ROLES: Readonly<Record<NonNullable<CheckFlags['as']>, readonly Role[]>> = {
  consumer: ['consumer'],
  producer: ['producer'],
  both: ['consumer', 'producer'],
}

/** `rioni check`: whether code still fits the registry. */
export function createCheckCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('check')
    .summary('fail when the registry has moved away from generated code')
    .description('Checks that generated code fits the event types of a registry.')
  addContractFlags(command)
    .option(
      '--as <side>',
      'consumer, producer or both (default: role of the config, or both)',
      oneOf(['consumer', 'producer', 'both']),
    )
    .option('--breaking-only', 'exit with 0 when the registry has moved and nothing breaks')
    .option('--github', 'print annotations for GitHub Actions (default: where GITHUB_ACTIONS is true)')
    .option('--junit <file>', 'write a JUnit report')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CheckFlags) => {
      const settings = await readContractSettings(command, flags, process.cwd())
      const client = await connect(command, environment, flags)
      finish(await runCheck(environment, { settings, client, flags }))
    })
}

/** One check. */
interface Check {
  readonly settings: ContractSettings
  readonly client: Client
  readonly flags: CheckFlags
}

async function runCheck(environment: Environment, check: Check): Promise<ExitCode> {
  const { settings, client, flags } = check
  const { compareContract, formatDiagnostic, withExcerpts } = await import('@rioni/codegen')
  const contract = await loadContract(environment, settings, client)
  const roles = ROLES[flags.as ?? settings.config?.role ?? 'both']
  const comparison = compareContract(contract, roles)
  const remedies = remediesFor(environment, check)
  const findings = await withExcerpts(
    await checkFindings({ comparison, roles, places: contract.places, remedies }),
  )
  const reported = [...findings, ...untoldFindings(contract.untold)]
  if (flags.junit !== undefined) await writeReport(flags.junit, junitReport(namesOf(contract), reported))
  if (isOnGitHub(environment, flags.github)) {
    await writeText(environment.stdout, githubAnnotations(reported))
  }
  for (const finding of findings) environment.stderr.write(`${formatDiagnostic(finding)}\n`)
  report(environment, sentenceOf(comparison.verdict, findings, contract))
  if (contract.isIncomplete) return exitCodes.failed
  if (comparison.verdict === 'moved' && flags.breakingOnly === true) return exitCodes.done
  return EXITS[comparison.verdict]
}

const EXITS: Readonly<Record<ContractVerdict, ExitCode>> = {
  breaking: exitCodes.breaking,
  moved: exitCodes.moved,
  stale: exitCodes.stale,
  current: exitCodes.done,
}

const SENTENCES: Readonly<Record<ContractVerdict, string>> = {
  breaking: 'the registry has moved in a way that breaks this code',
  moved: 'the registry has moved; this code goes on to work',
  stale: 'the code is older than the definitions',
  current: 'code and registry agree',
}

function sentenceOf(
  verdict: ContractVerdict,
  findings: readonly CheckFinding[],
  { isIncomplete }: Contract,
): string {
  const count = new Set(findings.map(({ eventType }) => eventType)).size
  const about = count === 0 ? '' : ` (${counted(count, 'event type')})`
  const limits = isIncomplete ? 'not everything could be checked; of the rest: ' : ''
  return `${limits}${SENTENCES[verdict]}${about}`
}

/** CI systems collect reports from folders that a fresh checkout does not have. */
async function writeReport(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

function namesOf({ lock, files }: Contract): readonly string[] {
  return [...new Set([...(lock?.keys() ?? []), ...(files?.keys() ?? [])])]
}

/** Definitions that were pulled into a folder are pulled again; without such a folder there is no command for that. */
function remediesFor({ env }: Environment, { settings, flags }: Check): Readonly<Record<MendedKind, string>> {
  const { sources, generateCommand } = settings
  const [source, ...others] = sources
  const isFolder = source !== undefined && others.length === 0 && !/\.(json|ya?ml)$/.test(source.path)
  const url = flags.url ?? env['RIONI_URL']
  const address = url === undefined || url === '' ? '' : ` --url ${quoted(url)}`
  const pull = `rioni pull${address} --out ${isFolder ? quoted(source.path) : 'DEFINITIONS'}`
  const follow = `Run '${pull} && ${generateCommand}'`
  return {
    breaking: `${follow} and adapt the code, or have the change of the event type taken back.`,
    moved: `${follow} when it suits.`,
    stale: `Run '${generateCommand}' and commit what it writes.`,
  }
}
