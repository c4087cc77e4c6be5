// The differences between code and registry as findings, with the place that each is to be mended at.

import { readFileSync } from 'node:fs'
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
  readonly remedies: Readonly<Record<CheckFinding['kind'], string>>
}

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

const STATUS_TEXTS = { missing: 'there is no definition any more', new: 'there is no code for it yet' }

function staleText({ status, changes }: EventTypeMove): string {
  const texts = changes.map(({ text }) => text).join('; ')
  return status === 'changed' ? `the code is older than the definition, which ${texts}` : STATUS_TEXTS[status]
}

interface Tell extends Pick<CheckFinding, 'kind' | 'severity' | 'message'> {
  readonly change?: EventTypeChange
}

function finding(
  { places }: FindingInput,
  move: EventTypeMove,
  { change, message, ...tell }: Tell,
): CheckFinding {
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

/** Adds the lines that findings stand at, with their numbers, where the files can be read. */
export async function withLines(findings: readonly CheckFinding[]): Promise<CheckFinding[]> {
  const { lineOf, parsePointer } = await import('@rioni/codegen')
  const texts = new Map<string, string | undefined>()
  return findings.map((found) => {
    const { file, pointer = '' } = found
    if (file === undefined) return found
    if (!texts.has(file)) texts.set(file, readText(file))
    const excerpt = lineOf(texts.get(file) ?? '', parsePointer(pointer) ?? [])
    const line = /^(\d+) \|/.exec(excerpt ?? '')?.[1]
    if (excerpt === undefined || line === undefined) return found
    return { ...found, excerpt, line: Number(line) }
  })
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
