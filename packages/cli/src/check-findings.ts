// The differences between code and registry as findings, with the place that each is to be mended at.

import type { ContractComparison, EventTypeChange, EventTypeMove, Role } from '@rioni/codegen'
import type { CheckFinding } from './check-finding.ts'
import { versionsOf } from './describe-moves.ts'
import type { ContractPlaces } from './load-contract.ts'

/** What the findings are made from. */
export interface FindingInput {
  readonly comparison: ContractComparison
  readonly roles: readonly Role[]
  readonly places: ContractPlaces
  /** The command line that mends each kind. */
  readonly remedies: Readonly<Record<MendedKind, string>>
}

/** Kinds that a command mends. */
export type MendedKind = Exclude<CheckFinding['kind'], 'untold'>

/**
 * Lists what is to be mended, one finding per breaking change and one per event type for the rest. An event type whose
 * code is stale only because the registry has moved is told once.
 */
export async function checkFindings(input: FindingInput): Promise<CheckFinding[]> {
  const { comparison, remedies } = input
  const { verdict, registry, files } = comparison
  const { verdictText } = await import('@rioni/codegen')
  const ofRegistry = registry.flatMap((move) => {
    const breaking = move.changes.filter(({ breaks }) => breaks.some((role) => input.roles.includes(role)))
    if (breaking.length === 0 && verdict === 'stale') return []
    if (breaking.length === 0) {
      const texts = move.changes.map(({ text }) => text).join('; ')
      return [finding(input, move, { kind: 'moved', severity: 'warning', message: texts })]
    }
    return breaking.map((change) =>
      finding(input, move, {
        kind: 'breaking',
        severity: 'error',
        message: `${change.text}: ${verdictText(change)}`,
        change,
      }),
    )
  })
  const told = new Set(ofRegistry.map(({ eventType }) => eventType))
  const ofFiles = files
    .filter(({ eventType }) => !told.has(eventType))
    .map((move) => finding(input, move, { kind: 'stale', severity: 'error', message: staleText(move) }))
  return [...ofRegistry, ...ofFiles].map((found) => ({ ...found, remedy: remedies[found.kind] }))
}

/** The event types that could not be checked, for reports that nobody reads the log with. */
export function untoldFindings(untold: ReadonlyMap<string, string>): CheckFinding[] {
  return [...untold]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([eventType, why]) => ({
      eventType,
      kind: 'untold',
      severity: 'error',
      message: `${eventType} cannot be compared: ${why}`,
    }))
}

const STATUS_TEXTS = { missing: 'there is no definition any more', new: 'there is no code for it yet' }

function staleText({ status, changes }: EventTypeMove): string {
  const texts = changes.map(({ text }) => text).join('; ')
  return status === 'changed' ? `the code is older than the definition, which ${texts}` : STATUS_TEXTS[status]
}

interface Tell extends Pick<CheckFinding, 'severity' | 'message'> {
  readonly kind: MendedKind
  readonly change?: EventTypeChange
}

function finding(
  { places }: FindingInput,
  move: EventTypeMove,
  { change, message, ...tell }: Tell,
): CheckFinding & { readonly kind: MendedKind } {
  const { eventType } = move
  const { lockFile, definitions } = places
  const definition = definitions.get(eventType)
  const place =
    lockFile !== undefined
      ? { file: lockFile, pointer: `/eventTypes/${eventType}` }
      : { file: definition?.origin?.file, pointer: change?.pointer ?? '' }
  return {
    ...tell,
    eventType,
    message: `${eventType}${versionsOf(move)}: ${message}`,
    ...(place.file === undefined ? {} : { file: place.file, pointer: place.pointer }),
  }
}
