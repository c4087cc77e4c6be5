import { canonicalText } from '@rioni/event-types'
import type { EventTypeChange } from './event-type-change.ts'

/** A change of one field, in words; it breaks nobody. A field that is null is not there. */
export function fieldChange(field: string, before: unknown, after: unknown): EventTypeChange {
  return {
    kind: `${field.replaceAll('_', '-')}-changed`,
    pointer: `/${field}`,
    text: describe(field, before, after),
    breaks: [],
  }
}

function describe(field: string, before: unknown, after: unknown): string {
  if (before === undefined || before === null) return `adds ${field} ${short(after)}`
  if (after === undefined || after === null) return `removes ${field} ${short(before)}`
  return `changes ${field} from ${short(before)} to ${short(after)}`
}

/** Characters of a value in a sentence. */
const MOST_SHOWN = 100

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : canonicalText(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text
}
