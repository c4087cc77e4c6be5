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
      `  ${valueLiteral(recipes, '  ')}${isMisread(recipes) || isLong(recipes) ? ' as const' : ''},`,
      ')',
    ].join('\n'),
  ])
}

/**
 * Whether the compiler would take a property for one that every object has, forget the type that the recipe in it is to
 * have, and make lists of its pairs.
 */
function isMisread(recipes: readonly ExampleRecipe[]): boolean {
  const text = JSON.stringify(recipes)
  return INHERITED.some((name) => text.includes(`${JSON.stringify(name)}:`))
}

/** Objects in one list that the compiler still compares with each other; of many more it says that they are too many. */
const MAX_COMPARED = 200

/** Whether there is such a list. */
function isLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const isObject = (member: unknown): boolean => typeof member === 'object'
  if (Array.isArray(value) && value.length > MAX_COMPARED && value.some(isObject)) return true
  return Object.values(value).some(isLong)
}

const INHERITED = Object.getOwnPropertyNames(Object.prototype)
