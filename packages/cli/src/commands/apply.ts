import type { Client } from '@rioni/client'
import type { PlanStep } from '@rioni/codegen'
import { Command } from 'commander'
import { carryAllOut, type Outcome } from '../carry-all-out.ts'
import type { CommandContext } from '../command-context.ts'
import { addConnectionFlags, type ConnectionFlags, connect } from '../connection.ts'
import { countSteps, describePlan } from '../describe-plan.ts'
import type { Environment } from '../environment.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { planRegistry, type RegistryPlan } from '../plan-registry.ts'
import { report } from '../report.ts'
import { addSourceFlags, readSourceSettings, type SourceFlags } from '../source-settings.ts'
import { writeText } from '../write-text.ts'

const EXAMPLES = `
Makes a registry have the event types and subscriptions of definition files. Without --yes it only
tells what it would do. Event types come first, nothing is ever deleted, and what a definition does
not mention stays as the registry has it. An object with event_types and without a schema is a
subscription; it may lie in the same folder.

What the broker would refuse is told beforehand, and then nothing at all is changed. What somebody
else has changed since the plan was made is left alone. It can be run again at any time: what is
there already is not sent.

Exit codes: 0 done, or nothing to do, or the plan was told; 3 there is something to do (--check);
1 something is refused or wrong, nothing was changed; 6 some of it was done and some failed.

Examples:
  rioni apply --from event-types                      tells the plan
  rioni apply --from event-types --yes --url https://nakadi.example.org --token-file token
  rioni apply --from event-types --check              exit with 3 if there is something to do`

/** What `rioni apply` was given. */
interface ApplyFlags extends SourceFlags, ConnectionFlags {
  readonly yes?: boolean
  readonly check?: boolean
  readonly json?: boolean
}

/** `rioni apply`: event types and subscriptions of files to a registry. */
export function createApplyCommand({ environment, finish }: CommandContext): Command {
  const command = new Command('apply')
    .summary('create and change event types and subscriptions as files say')
    .description('Makes a registry have the event types and subscriptions of definition files.')
  addSourceFlags(command)
    .option('--yes', 'carry the plan out')
    .option('--check', 'carry nothing out; exit with 3 if there is something to do')
    .option('--json', 'print one JSON document')
  return addConnectionFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ApplyFlags) => {
      if (flags.yes === true && flags.check === true)
        command.error("error: option '--yes' cannot be used with option '--check'")
      const settings = await readSourceSettings(flags, process.cwd())
      if (settings.sources.length === 0)
        command.error(
          "error: required option '--from <path>' not specified, and there is no rioni.config.ts here",
        )
      const client = await connect(command, environment, flags)
      const plan = await planRegistry(environment, settings, client)
      finish(await runApply(environment, { plan, client, flags }))
    })
}

/** One plan and what is to become of it. */
interface Apply {
  readonly plan: RegistryPlan
  readonly client: Client
  readonly flags: ApplyFlags
}

async function runApply(environment: Environment, { plan, client, flags }: Apply): Promise<ExitCode> {
  const { verdictText } = await import('@rioni/codegen')
  const { steps } = plan
  if (flags.json !== true) await writeText(environment.stdout, describePlan(steps, verdictText))
  const { create, update, refuse } = countSteps(steps)
  const isSound = refuse === 0 && !plan.isIncomplete
  const open = steps.filter(isOpen)
  if (flags.yes === true && isSound && open.length > 0) {
    const outcomes = await carryAllOut(environment, { client, isSilent: flags.json === true }, open)
    if (flags.json === true) await writeText(environment.stdout, toJson(steps, outcomes))
    return exitOf(outcomes)
  }
  if (flags.json === true) await writeText(environment.stdout, toJson(steps, new Map()))
  if (!isSound) {
    report(environment, 'nothing was changed: correct what is wrong first')
    return exitCodes.failed
  }
  if (create + update === 0) return exitCodes.done
  report(environment, 'nothing was changed: run the same command with --yes to carry it out')
  return flags.check === true ? exitCodes.stale : exitCodes.done
}

function isOpen({ decision }: PlanStep): boolean {
  return decision.action === 'create' || decision.action === 'update'
}

function exitOf(outcomes: ReadonlyMap<PlanStep, Outcome>): ExitCode {
  const all = [...outcomes.values()]
  if (all.every((outcome) => outcome === 'done')) return exitCodes.done
  return all.includes('done') ? exitCodes.partial : exitCodes.failed
}

function toJson(steps: readonly PlanStep[], outcomes: ReadonlyMap<PlanStep, Outcome>): string {
  const listed = steps.map((step) => {
    const { subject, name, file, decision } = step
    const outcome = outcomes.get(step)
    return {
      subject,
      name,
      ...(file === undefined ? {} : { file }),
      action: decision.action,
      ...(decision.action === 'refuse' ? { reason: decision.reason } : {}),
      ...('changes' in decision ? { changes: decision.changes } : {}),
      ...(outcome === undefined ? {} : { outcome }),
    }
  })
  return `${JSON.stringify({ steps: listed }, null, 2)}\n`
}
