import type { EventTypeChange, PlanStep } from '@rioni/codegen'
import { changeLine } from './describe-moves.ts'
import { printable } from './printable.ts'

/** How many steps of a plan there are of each kind. */
export interface PlanCounts {
  readonly create: number
  readonly update: number
  readonly none: number
  readonly refuse: number
}

/** Counts the steps of a plan by what is to be done. */
export function countSteps(steps: readonly PlanStep[]): PlanCounts {
  const count = (action: keyof PlanCounts) =>
    steps.filter(({ decision }) => decision.action === action).length
  return { create: count('create'), update: count('update'), none: count('none'), refuse: count('refuse') }
}

/** Describes a plan for a terminal, one line per step and change, and then the numbers. */
export function describePlan(
  steps: readonly PlanStep[],
  verdictText: (change: EventTypeChange) => string,
): string {
  const lines = steps.flatMap((step) => describeStep(step, verdictText))
  const { create, update, none, refuse } = countSteps(steps)
  const counts = `${create} to create, ${update} to change, ${none} unchanged, ${refuse} refused`
  return [...lines.map(printable), counts].map((line) => `${line}\n`).join('')
}

function describeStep(
  { decision, ...step }: PlanStep,
  verdictText: (change: EventTypeChange) => string,
): string[] {
  const what = `${subjectOf(step)}${placeOf(step)}`
  switch (decision.action) {
    case 'none':
      return []
    case 'create':
      return [`+ create ${what}`]
    case 'update':
      return [`~ change ${what}`, ...changeLines(decision.changes, verdictText)]
    case 'refuse':
      return [
        `! the broker refuses ${what}: ${decision.reason}`,
        ...changeLines(decision.changes, verdictText),
      ]
  }
}

/** What a step is about: "event type order.placed". */
export function subjectOf({ subject, name }: Pick<PlanStep, 'subject' | 'name'>): string {
  return subject === 'event-type' ? `event type ${name}` : `subscription of ${name}`
}

function placeOf({ file }: Pick<PlanStep, 'file'>): string {
  return file === undefined ? '' : ` (${file})`
}

function changeLines(
  changes: readonly EventTypeChange[],
  verdictText: (change: EventTypeChange) => string,
): string[] {
  return changes.map((change) => `    ${changeLine(change, verdictText)}`)
}
