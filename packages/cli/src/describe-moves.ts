import type { EventTypeChange, EventTypeMove } from '@rioni/codegen'
import { printable } from './printable.ts'

/** Describes what became of event types for a terminal: one paragraph each, one line per change. */
export function describeMoves(
  moves: readonly EventTypeMove[],
  verdictText: (change: EventTypeChange) => string,
): string {
  return moves
    .flatMap((move) => [
      printable(`${move.eventType}${versionsOf(move)}`),
      ...(move.status === 'new' ? ['  is new'] : []),
      ...move.changes.map((change) => `  ${changeLine(change, verdictText)}`),
      ...(move.refusal === undefined ? [] : [printable(`  the broker refuses this: ${move.refusal}`)]),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

/** One change for a terminal: its level, what it is, whom it breaks, and where it is. */
export function changeLine(
  change: EventTypeChange,
  verdictText: (change: EventTypeChange) => string,
): string {
  const level = change.level === undefined ? '' : `${change.level.toUpperCase()} `
  const place = change.pointer === '' ? '' : `  #${change.pointer}`
  return printable(`${level}${change.text}: ${verdictText(change)}${place}`)
}

/** ` 1.0.0 -> 1.1.0`, or nothing where versions are not known. */
export function versionsOf({ fromVersion, toVersion }: EventTypeMove): string {
  if (fromVersion === undefined && toVersion === undefined) return ''
  if (fromVersion === toVersion) return ` ${fromVersion}`
  return ` ${fromVersion ?? '?'} -> ${toVersion ?? '?'}`
}
