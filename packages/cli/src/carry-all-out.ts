// All steps of a plan onto the registry, one after the other.

import type { Client } from '@rioni/client'
import type { PlanStep } from '@rioni/codegen'
import { carryOut } from './carry-out.ts'
import { counted } from './counted.ts'
import { subjectOf } from './describe-plan.ts'
import type { Environment } from './environment.ts'
import { isNakadiError } from './explain-error.ts'
import { isFailureOfAll } from './failure-of-all.ts'
import { printable } from './printable.ts'
import { report, reportError } from './report.ts'
import { writeText } from './write-text.ts'

/** What became of a step. One that was skipped was not tried. */
export type Outcome = 'done' | 'failed' | 'skipped'

/** Where steps go, and whether standard output is free to tell about each. */
interface CarryingOut {
  readonly client: Client
  readonly isSilent: boolean
}

/**
 * Carries steps out. A failure hides no other step; only subscriptions to an event type that failed are not tried, and
 * nothing more once the registry cannot be reached.
 */
export async function carryAllOut(
  environment: Environment,
  { client, isSilent }: CarryingOut,
  steps: readonly PlanStep[],
): Promise<ReadonlyMap<PlanStep, Outcome>> {
  const outcomes = new Map<PlanStep, Outcome>()
  const failed = new Set<string>()
  for (const step of steps) {
    const missing = eventTypesOf(step).filter((name) => failed.has(name))
    if (missing.length > 0) {
      report(environment, `${subjectOf(step)} was not tried, because ${missing.join(', ')} failed`)
      outcomes.set(step, 'skipped')
      continue
    }
    try {
      await carryOut(client, step)
      outcomes.set(step, 'done')
      if (!isSilent) await writeText(environment.stdout, `${printable(doneText(step))}\n`)
    } catch (error) {
      outcomes.set(step, 'failed')
      if (step.subject === 'event-type') failed.add(step.name)
      report(environment, `${subjectOf(step)} failed`)
      reportError(environment, error)
      if (isNakadiError(error) && isFailureOfAll(error)) break
    }
  }
  const rest = steps.filter((step) => !outcomes.has(step))
  for (const step of rest) outcomes.set(step, 'skipped')
  if (rest.length > 0) report(environment, `${counted(rest.length, 'step')} not tried; run the command again`)
  return outcomes
}

function doneText(step: PlanStep): string {
  return `${step.decision.action === 'create' ? 'created' : 'changed'} ${subjectOf(step)}`
}

function eventTypesOf({ subject, decision }: PlanStep): readonly string[] {
  return subject === 'subscription' && decision.action === 'create' ? decision.wanted.event_types : []
}
