// Recipes that were tried: what comes of them is valid, not just likely to be.

import { createDice, type ExampleRecipe, makeExample } from '@rioni/client/codegen-v1'
import type { PayloadJudge } from '../payload-judge.ts'
import { isNode } from '../schema/json-schema.ts'
import { buildRecipes } from './build-recipe.ts'
import { withoutDeadEnds } from './dead-ends.ts'

/** Examples that are made to judge recipes. */
const TRIED = 24
/** There are fewer of large recipes, whose examples try many things at a time, but no fewer than this. */
const LEAST_TRIED = 12
/** Characters that recipes have as JSON, times examples made of them. */
const ENOUGH = 36_000
/** Of recipes that give invalid examples too, as many valid ones are kept. */
const KEPT = 8
/** So many are made to find them. */
const SEARCHED = 400

/** Examples that are shown to whoever wants to try more with them. */
const SAMPLES = 4

/** Recipes, and what comes of them. */
export interface TriedRecipes {
  /** Recipes for the payloads of an event type, of which the first is the whole. */
  readonly recipes: readonly ExampleRecipe[]
  /** A few valid payloads. */
  readonly samples: readonly unknown[]
}

/**
 * Makes recipes for the payloads of an event type.
 *
 * @returns undefined when no valid payload could be made; the schema may allow none
 */
export function triedRecipes(judge: PayloadJudge): TriedRecipes | undefined {
  const isValid = (example: unknown): boolean => isNode(example) && judge.isValid(example)
  const illustrated = judge.illustration()
  const legible = illustrated === undefined ? undefined : withoutDeadEnds(buildRecipes(illustrated))
  const shown = legible === undefined ? undefined : tryRecipes(legible, isValid)
  if (shown !== undefined) return shown
  const recipes = withoutDeadEnds(buildRecipes(judge.document))
  return recipes === undefined ? undefined : (tryRecipes(recipes, isValid) ?? searched(recipes, isValid))
}

/** Recipes whose examples are all valid, as far as they were tried; undefined when one is not. */
function tryRecipes(
  recipes: readonly ExampleRecipe[],
  isValid: (example: unknown) => boolean,
): TriedRecipes | undefined {
  const count = triesOf(recipes)
  const samples: unknown[] = []
  for (let seed = 0; seed < count; seed++) {
    const example = makeExample(recipes, createDice(seed))
    if (!isValid(example)) return undefined
    if (seed < SAMPLES) samples.push(example)
  }
  return { recipes, samples }
}

/** How many examples are made to judge recipes. */
function triesOf(recipes: readonly ExampleRecipe[]): number {
  let length = 1
  for (const recipe of recipes) {
    length += 1 + JSON.stringify(recipe).length
    if (length * LEAST_TRIED >= ENOUGH) return LEAST_TRIED
  }
  return Math.min(TRIED, Math.floor(ENOUGH / length))
}

/** The valid ones among many examples, for recipes that give others, too. */
function searched(
  recipes: readonly ExampleRecipe[],
  isValid: (example: unknown) => boolean,
): TriedRecipes | undefined {
  const pick: unknown[] = []
  for (let seed = 0; seed < SEARCHED && pick.length < KEPT; seed++) {
    const candidate = makeExample(recipes, createDice(seed))
    if (isValid(candidate)) pick.push(candidate)
  }
  return pick.length === 0 ? undefined : { recipes: [{ pick }], samples: pick.slice(0, SAMPLES) }
}
