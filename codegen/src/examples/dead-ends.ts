// Recipes may lead in circles. Here those that never come to an end are left out, and those whose smallest example is
// enormous; of several ways the shortest comes first, which is the one that is taken where examples get deep.

import type { ExampleRecipe } from '@rioni/client/codegen-v1'

/** Keeps what comes to an end. Undefined when the first recipe does not. */
export function withoutDeadEnds(
  recipes: readonly (ExampleRecipe | undefined)[],
): readonly ExampleRecipe[] | undefined {
  const measures = { heights: heightsOf(recipes), sizes: sizesOf(recipes) }
  const kept = recipes.map((recipe) => (recipe === undefined ? undefined : keep(recipe, measures)))
  return kept[0] === undefined ? undefined : renumbered(kept)
}

/** The most values and characters that the smallest example of a part may have. */
const MAX_SIZE = 20_000

/** How large the smallest example of each part is; infinite where it is too large. */
function sizesOf(recipes: readonly (ExampleRecipe | undefined)[]): readonly number[] {
  let sizes: readonly number[] = recipes.map(() => Number.POSITIVE_INFINITY)
  for (;;) {
    const next = recipes.map((recipe) => {
      const size = recipe === undefined ? Number.POSITIVE_INFINITY : sizeOf(recipe, sizes)
      return size > MAX_SIZE ? Number.POSITIVE_INFINITY : size
    })
    if (next.every((size, index) => size === sizes[index])) return sizes
    sizes = next
  }
}

/** Values and characters of the smallest example. */
function sizeOf(recipe: ExampleRecipe, sizes: readonly number[]): number {
  if ('part' in recipe) return sizes[recipe.part] ?? Number.POSITIVE_INFINITY
  if ('text' in recipe) return 1 + recipe.text[0]
  if ('list' in recipe) return recipe.length[0] === 0 ? 1 : 1 + recipe.length[0] * sizeOf(recipe.list, sizes)
  if ('tuple' in recipe) return recipe.tuple.reduce((sum, item) => sum + sizeOf(item, sizes), 1)
  if ('any' in recipe) return Math.min(...recipe.any.map((each) => sizeOf(each, sizes)))
  if (!('object' in recipe)) return 1
  const required = Object.entries(recipe.object).filter(([name]) => !recipe.optional.includes(name))
  return required.reduce((sum, [, member]) => sum + sizeOf(member, sizes), 1)
}

type Heights = readonly number[]

/** What is known of the smallest example of each part. */
interface Measures {
  readonly heights: Heights
  readonly sizes: readonly number[]
}

/** How deep the smallest example of each part is; infinite where there is none. */
function heightsOf(recipes: readonly (ExampleRecipe | undefined)[]): Heights {
  let heights: Heights = recipes.map(() => Number.POSITIVE_INFINITY)
  for (;;) {
    const next = recipes.map((recipe) =>
      recipe === undefined ? Number.POSITIVE_INFINITY : heightOf(recipe, heights),
    )
    if (next.every((height, index) => height === heights[index])) return heights
    heights = next
  }
}

function heightOf(recipe: ExampleRecipe, heights: Heights): number {
  if ('part' in recipe) return 1 + (heights[recipe.part] ?? Number.POSITIVE_INFINITY)
  if ('list' in recipe) return recipe.length[0] === 0 ? 0 : heightOf(recipe.list, heights)
  if ('tuple' in recipe) return Math.max(0, ...recipe.tuple.map((item) => heightOf(item, heights)))
  if ('any' in recipe) return Math.min(...recipe.any.map((each) => heightOf(each, heights)))
  if (!('object' in recipe)) return 0
  const required = Object.entries(recipe.object).filter(([name]) => !recipe.optional.includes(name))
  return Math.max(0, ...required.map(([, member]) => heightOf(member, heights)))
}

function keep(recipe: ExampleRecipe, measures: Measures): ExampleRecipe | undefined {
  const { heights, sizes } = measures
  const ends = (each: ExampleRecipe): boolean =>
    heightOf(each, heights) < Number.POSITIVE_INFINITY && sizeOf(each, sizes) <= MAX_SIZE
  if (!ends(recipe)) return undefined
  if ('list' in recipe) {
    const list = keep(recipe.list, measures)
    return list === undefined ? { pick: [[]] } : { ...recipe, list }
  }
  if ('tuple' in recipe) return { tuple: recipe.tuple.flatMap((item) => keep(item, measures) ?? []) }
  if ('any' in recipe) {
    const any = recipe.any
      .filter(ends)
      .sort((left, right) => heightOf(left, heights) - heightOf(right, heights))
    return { any: any.flatMap((each) => keep(each, measures) ?? []) }
  }
  if (!('object' in recipe)) return recipe
  const members = Object.entries(recipe.object).flatMap(([name, member]) => {
    const kept = keep(member, measures)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  const object = Object.fromEntries(members)
  return { object, optional: recipe.optional.filter((name) => Object.hasOwn(object, name)) }
}

/** Leaves out the parts that nothing leads to, and numbers the others anew. */
function renumbered(recipes: readonly (ExampleRecipe | undefined)[]): readonly ExampleRecipe[] {
  const order: number[] = [0]
  const visit = (recipe: ExampleRecipe): ExampleRecipe => {
    if ('part' in recipe) {
      if (!order.includes(recipe.part)) order.push(recipe.part)
      return { part: order.indexOf(recipe.part) }
    }
    if ('list' in recipe) return { ...recipe, list: visit(recipe.list) }
    if ('tuple' in recipe) return { tuple: recipe.tuple.map(visit) }
    if ('any' in recipe) return { any: recipe.any.map(visit) }
    if (!('object' in recipe)) return recipe
    return {
      ...recipe,
      object: Object.fromEntries(
        Object.entries(recipe.object).map(([name, member]) => [name, visit(member)]),
      ),
    }
  }
  const result: ExampleRecipe[] = []
  // Visiting a recipe adds the parts that it leads to.
  for (let index = 0; index < order.length; index += 1) {
    const recipe = recipes[order[index] ?? 0]
    if (recipe !== undefined) result.push(visit(recipe))
  }
  return result
}
