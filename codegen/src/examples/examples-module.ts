// The module with examples of one event type, for tests of those who publish and consume it.

import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import type { EventNames } from '../event-names.ts'
import { banner } from '../modules/banner.ts'
import { RUNTIME } from '../modules/event-module.ts'
import { joinParts, namedList, sortNames } from '../modules/source-text.ts'
import { nameInComment } from '../types/documentation.ts'
import { valueLiteral } from '../types/literals.ts'

/** Prints the examples of an event type. */
export function printExamplesModule(
  recipes: readonly ExampleRecipe[],
  names: EventNames,
  extension: '.js' | '.ts',
): string {
  const own = sortNames([names.constant, `type ${names.event}`, `type ${names.payload}`])
  return joinParts([
    banner(names.eventType),
    [
      namedList('import', ['createEventExamples', 'type EventExamples'], RUNTIME),
      namedList('import', own, `./${names.file}${extension}`),
    ].join('\n'),
    [
      `/** Examples of ${nameInComment(names.eventType)} for tests: valid, and the same for the same seed. */`,
      `export const ${names.examples}: EventExamples<${names.payload}, ${names.event}> = createEventExamples(`,
      `  ${names.constant},`,
      `  ${valueLiteral(recipes, '  ')}${isMisread(recipes) ? ' as const' : ''},`,
      ')',
    ].join('\n'),
  ])
}

/** Whether the compiler would not see that some recipes are what they are. */
function isMisread(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return isLong(value) || value.some(isMisread)
  return Object.keys(value).some((name) => INHERITED.has(name)) || Object.values(value).some(isMisread)
}

/**
 * Names of properties that every object has. The compiler would take one of an example for that, forget the type that the
 * recipe in it is to have, and make lists of its pairs.
 */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Objects in one list that the compiler still compares with each other; of many more it says that they are too many. */
const MAX_COMPARED = 200

function isLong(list: readonly unknown[]): boolean {
  return list.length > MAX_COMPARED && list.some((member) => typeof member === 'object')
}
