import type { Client } from '@rioni/client'
import type { ContractComparison, EventTypeMove } from '@rioni/codegen'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import {
  addContractFlags,
  type ContractFlags,
  type ContractSettings,
  readContractSettings,
} from '../contract-settings.ts'
import { describeMoves } from '../describe-moves.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type Contract, loadContract } from '../load-contract.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Compares the registry with the lock file or, with --from, with definitions; and definitions with the
lock file. Every change comes with its level by the broker's rules of evolution, and with whom it
breaks: consumers meet events that they could not expect, producers a broker that refuses what it
accepted.

Exit codes: 0 nothing differs, 3 definitions differ from the lock file, 4 the registry differs and
nothing breaks, 5 a consumer or a producer breaks, 1 something could not be compared.

Examples:
  rioni diff --out src/events --url https://nakadi.example.org --token-file token
  rioni diff --from event-types --json
  rioni diff --from event-types --out src/events --offline`

/** What `rioni diff` was given. */
interface DiffFlags extends ContractFlags, ConnectionFlags {
  readonly json?: boolean
  readonly offline?: boolean
}

/** `rioni diff`: what is different between code, definitions and registry. */
export function createDiffCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('diff')
    .summary('tell what differs between registry, definitions and generated code')
    .description('Tells what differs between a registry, definitions and the lock file of generated code.')
  addContractFlags(command)
    .option('--json', 'print one JSON document')
    .option('--offline', 'compare definitions with the lock file, and ask no registry')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DiffFlags) => {
      const settings = await readContractSettings(command, flags, process.cwd())
      const client = flags.offline === true ? undefined : await connect(command, environment, flags)
      finish(await runDiff(environment, { settings, client, flags }))
    })
}

/** One comparison. */
interface Diff {
  readonly settings: ContractSettings
  readonly client: Client | undefined
  readonly flags: DiffFlags
}

async function runDiff(environment: Environment, { settings, client, flags }: Diff): Promise<ExitCode> {
  const { compareContract } = await import('@rioni/codegen')
  const contract = await loadContract(environment, settings, client)
  const comparison = compareContract(contract, ['consumer', 'producer'])
  const text = flags.json === true ? toJson(comparison, contract) : await toText(comparison, contract)
  await writeText(environment.stdout, text)
  return contract.isIncomplete ? exitCodes.failed : exitOf(comparison, contract.files !== undefined)
}

/** What definitions alone have, such as retention time, is no change of code, and a difference all the same. */
function exitOf({ verdict, registryFromFiles }: ContractComparison, hasFiles: boolean): ExitCode {
  if (verdict === 'breaking') return exitCodes.breaking
  if (verdict === 'moved' || (hasFiles && registryFromFiles.length > 0)) return exitCodes.moved
  return verdict === 'stale' ? exitCodes.stale : exitCodes.done
}

function toJson(
  { verdict, registry, files, registryFromFiles }: ContractComparison,
  { untold }: Contract,
): string {
  const notCompared = [...untold].map(([eventType, reason]) => ({ eventType, reason }))
  const document = {
    verdict,
    registryFromLock: registry,
    filesFromLock: files,
    registryFromFiles,
    notCompared,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

async function toText(comparison: ContractComparison, contract: Contract): Promise<string> {
  const { registry, files, registryFromFiles } = comparison
  const sections: readonly (readonly [string, readonly EventTypeMove[]])[] =
    contract.files !== undefined
      ? [
          ['From definitions to registry', registryFromFiles],
          ['From lock file to definitions', files],
        ]
      : [['From lock file to registry', registry]]
  const { verdictText } = await import('@rioni/codegen')
  const shown = sections.filter(([, moves]) => moves.length > 0)
  if (shown.length === 0)
    return contract.isIncomplete ? 'nothing differs in what could be compared\n' : 'nothing differs\n'
  return shown.map(([title, moves]) => `${title}:\n${describeMoves(moves, verdictText)}`).join('\n')
}
