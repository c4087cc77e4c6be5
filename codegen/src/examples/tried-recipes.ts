// Recipes that were tried: what comes of them is valid, not just likely to be.

import { createDice, type ExampleRecipe, makeExample } from '@rioni/client/codegen-v1'
import { createEventValidator, effectiveSchema, loadSchema } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { buildRecipes } from './build-recipe.ts'
import { withoutDeadEnds } from './dead-ends.ts'

/** Examples that are made to judge recipes. */
const TRIED = 40
/** Of recipes that give invalid examples too, as many valid ones are kept. */
const KEPT = 8
/** So many are made to find them. */
const SEARCHED = 400

/**
 * Recipes for the payloads of an event type, of which the first is the whole.
 *
 * @returns undefined when no valid payload could be made; the schema may allow none
 * @throws SchemaError when the broker would refuse the schema
 */
export function triedRecipes(eventType: EventType): readonly ExampleRecipe[] | undefined {
  const payload = { ...eventType, category: 'undefined' } as const
  const recipes = withoutDeadEnds(buildRecipes(loadSchema(effectiveSchema(payload))))
  if (recipes === undefined) return undefined
  const violation = createEventValidator(payload)
  const isValid = (example: unknown): boolean =>
    typeof example === 'object' && example !== null && violation(example) === undefined
  const example = (seed: number): unknown => makeExample(recipes, createDice(seed))
  if (Array.from({ length: TRIED }, (_, seed) => seed).every((seed) => isValid(example(seed)))) return recipes
  const pick: unknown[] = []
  for (let seed = 0; seed < SEARCHED && pick.length < KEPT; seed++) {
    const candidate = example(seed)
    if (isValid(candidate)) pick.push(candidate)
  }
  return pick.length === 0 ? undefined : [{ pick }]
}
