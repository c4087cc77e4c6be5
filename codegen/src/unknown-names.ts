import { nearestWord } from './config/nearest-word.ts'
import type { Diagnostic } from './diagnostic.ts'

/**
 * Finds names that were chosen for event types that there are not: most likely a slip, after which the type would quietly be
 * called something else.
 *
 * @param known - the event types that there are
 */
export function unknownNames(
  chosen: { readonly [eventType: string]: string },
  known: readonly string[],
): readonly Diagnostic[] {
  const names = new Set(known)
  return Object.entries(chosen)
    .filter(([eventType]) => !names.has(eventType))
    .map(([eventType, name]) => {
      const near = nearestWord(eventType, known)
      return {
        severity: 'error',
        message: `${name} is to be the name of ${eventType}, and there is no such event type`,
        remedy:
          near === undefined ? 'Correct the event type, or leave the name out.' : `Did you mean ${near}?`,
      }
    })
}
