// Recipes may lead in circles. Here those that never come to an end are left out, and those whose smallest example is
// enormous; of several ways the shortest comes first, which is the one that is taken where examples get deep.

import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import { setMember } from '../schema/set-member.ts'

/** Keeps what comes to an end, and of the parts those that something leads to. Undefined when the first recipe does not. */
export function withoutDeadEnds(
  recipes: readonly (ExampleRecipe | undefined)[],
): readonly ExampleRecipe[] | undefined {
  const measures = measuresOf(recipes)
  const of = (part: number): Measure => measures[part] ?? ENDLESS
  if (!isModest(of(0))) return undefined
  const numbers = new Map([[0, 0]])
  const kept: ExampleRecipe[] = []
  // Keeping a recipe numbers the parts that it leads to.
  for (const part of numbers.keys()) {
    const recipe = recipes[part]
    if (recipe !== undefined) kept.push(keep(recipe, { of, numbers }))
  }
  return kept
}

/** What is known of the smallest example of a recipe. */
interface Measure {
  /** Values and characters. */
  readonly size: number
  /** How many parts are inside each other. */
  readonly height: number
}

type MeasureOfPart = (part: number) => Measure

const SCALAR: Measure = { size: 1, height: 0 }
const ENDLESS: Measure = { size: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }

/** The most values and characters that the smallest example of a part may have. */
const MAX_SIZE = 20_000

function isModest({ size }: Measure): boolean {
  return size <= MAX_SIZE
}

/** Measures parts, and those that lead to them again, until nothing changes any more. */
function measuresOf(recipes: readonly (ExampleRecipe | undefined)[]): readonly Measure[] {
  const measures = recipes.map(() => ENDLESS)
  const leadingTo = recipes.map(() => new Set<number>())
  const waiting = new Set(recipes.keys())
  for (const part of waiting) {
    waiting.delete(part)
    const measure = measureOf(recipes[part], (other) => {
      leadingTo[other]?.add(part)
      return measures[other] ?? ENDLESS
    })
    const { height } = measure
    const size = isModest(measure) ? measure.size : Number.POSITIVE_INFINITY
    if (size === measures[part]?.size && height === measures[part]?.height) continue
    measures[part] = { size, height }
    for (const other of leadingTo[part] ?? []) waiting.add(other)
  }
  return measures
}

function measureOf(recipe: ExampleRecipe | undefined, of: MeasureOfPart): Measure {
  if (recipe === undefined) return ENDLESS
  if ('text' in recipe) return { size: 1 + recipe.text[0], height: 0 }
  if ('object' in recipe) return together(requiredMembers(recipe), of)
  if ('any' in recipe) {
    const measures = recipe.any.map((each) => measureOf(each, of))
    return {
      size: Math.min(...measures.map(({ size }) => size)),
      height: Math.min(...measures.map(({ height }) => height)),
    }
  }
  if ('part' in recipe) {
    const { size, height } = of(recipe.part)
    return { size, height: height + 1 }
  }
  if ('tuple' in recipe) return together(recipe.tuple, of)
  if (!('list' in recipe) || recipe.length[0] === 0) return SCALAR
  const { size, height } = measureOf(recipe.list, of)
  return { size: 1 + recipe.length[0] * size, height }
}

/** The measure of what has all of some members. */
function together(members: readonly ExampleRecipe[], of: MeasureOfPart): Measure {
  let [size, height] = [1, 0]
  for (const member of members) {
    const measure = measureOf(member, of)
    size += measure.size
    height = Math.max(height, measure.height)
  }
  return { size, height }
}

function requiredMembers({ object, optional }: ObjectRecipe): readonly ExampleRecipe[] {
  if (optional.length === 0) return Object.values(object)
  const mayBeAbsent = new Set(optional)
  const required: ExampleRecipe[] = []
  for (const [name, member] of Object.entries(object)) if (!mayBeAbsent.has(name)) required.push(member)
  return required
}

type ObjectRecipe = Extract<ExampleRecipe, { readonly object: unknown }>

interface Keeping {
  /** The measure of a part. */
  readonly of: MeasureOfPart
  /** The numbers that the parts get which something leads to. */
  readonly numbers: Map<number, number>
}

/** What is kept of a recipe that comes to an end, as does whatever all of its examples have. */
function keep(recipe: ExampleRecipe, keeping: Keeping): ExampleRecipe {
  const { of, numbers } = keeping
  if ('object' in recipe) return keepMembers(recipe, keeping)
  if ('any' in recipe) {
    const measured = recipe.any.map((each) => ({ each, measure: measureOf(each, of) }))
    const shortestFirst = measured
      .filter(({ measure }) => isModest(measure))
      .sort((left, right) => left.measure.height - right.measure.height)
    return { any: shortestFirst.map(({ each }) => keep(each, keeping)) }
  }
  if ('part' in recipe) {
    const number = numbers.get(recipe.part) ?? numbers.size
    numbers.set(recipe.part, number)
    return { part: number }
  }
  if ('tuple' in recipe) return { tuple: recipe.tuple.map((item) => keep(item, keeping)) }
  if (!('list' in recipe)) return recipe
  if (recipe.length[0] === 0 && !isModest(measureOf(recipe.list, of))) return { pick: [[]] }
  return { ...recipe, list: keep(recipe.list, keeping) }
}

function keepMembers({ object, optional }: ObjectRecipe, keeping: Keeping): ExampleRecipe {
  const mayBeAbsent = new Set(optional)
  const kept: Record<string, ExampleRecipe> = {}
  for (const [name, member] of Object.entries(object)) {
    if (mayBeAbsent.has(name) && !isModest(measureOf(member, keeping.of))) mayBeAbsent.delete(name)
    else setMember(kept, name, keep(member, keeping))
  }
  return { object: kept, optional: [...mayBeAbsent] }
}
