// Recipes and a seed to a value. The same give the same value, today and with every later version.

import type { Dice } from './dice.ts'
import { between, makeFormatted, makeWord, numberMaker } from './make-scalar.ts'
import type { ExampleRecipe } from './recipe.ts'

/**
 * Makes an example.
 *
 * @param parts what `{ part }` refers to; the first is the recipe of the whole
 */
export function makeExample(parts: readonly ExampleRecipe[], dice: Dice): unknown {
  return partMaker(0, makersOf(parts))({ dice, depth: 0, values: 1 })
}

/** Makes values by a recipe. */
type Maker = (kitchen: Kitchen) => unknown

interface Kitchen {
  readonly dice: Dice
  /** How many parts there are around. */
  depth: number
  /** How much of the example has been made. */
  values: number
}

/** Many examples are made by the same recipes, which are read once. */
const known = new WeakMap<readonly ExampleRecipe[], readonly Maker[]>()

function makersOf(parts: readonly ExampleRecipe[]): readonly Maker[] {
  const before = known.get(parts)
  if (before !== undefined) return before
  const makers: Maker[] = []
  for (const part of parts) makers.push(makerOf(part, makers))
  known.set(parts, makers)
  return makers
}

/** Below as many parts examples become as small as they can, so that recursion ends. */
const DEPTH_OF_CHOICE = 4

/** After so many values they do, too: where a schema leads back to itself from a dozen properties, depth alone is no bound. */
const MOST_VALUES = 1000

function isDeep({ depth, values }: Kitchen): boolean {
  return depth > DEPTH_OF_CHOICE || values > MOST_VALUES
}

/** @param parts the makers of parts, of which some may still be missing */
function makerOf(recipe: ExampleRecipe, parts: readonly Maker[]): Maker {
  if ('text' in recipe) {
    const [min, max] = recipe.text
    return ({ dice }) => makeWord(between(min, max, dice), dice)
  }
  if ('format' in recipe) return ({ dice }) => makeFormatted(recipe.format, dice)
  if ('pick' in recipe) return ({ dice }) => copyOf(recipe.pick[dice.below(recipe.pick.length)])
  if ('number' in recipe) {
    const makeNumber = numberMaker(recipe.number)
    return ({ dice }) => makeNumber(dice)
  }
  if ('object' in recipe) return objectMaker(recipe, parts)
  if ('any' in recipe) {
    const makers = recipe.any.map((each) => makerOf(each, parts))
    return (kitchen) => make(makers[isDeep(kitchen) ? 0 : kitchen.dice.below(makers.length)], kitchen)
  }
  if ('part' in recipe) return partMaker(recipe.part, parts)
  if ('tuple' in recipe) {
    const makers = recipe.tuple.map((item) => makerOf(item, parts))
    return (kitchen) => makers.map((maker) => make(maker, kitchen))
  }
  // A kind that this version does not know.
  if (!('list' in recipe)) return () => null
  const [min, max] = recipe.length
  const maker = makerOf(recipe.list, parts)
  return (kitchen) => {
    const length = isDeep(kitchen) ? min : between(min, max, kitchen.dice)
    const list: unknown[] = []
    while (list.length < length) list.push(make(maker, kitchen))
    return list
  }
}

function make(maker: Maker | undefined, kitchen: Kitchen): unknown {
  if (maker === undefined) return null
  kitchen.values += 1
  return maker(kitchen)
}

function partMaker(part: number, parts: readonly Maker[]): Maker {
  return (kitchen) => {
    kitchen.depth += 1
    const made = make(parts[part], kitchen)
    kitchen.depth -= 1
    return made
  }
}

type ObjectRecipe = Extract<ExampleRecipe, { readonly object: unknown }>

function objectMaker({ object, optional }: ObjectRecipe, parts: readonly Maker[]): Maker {
  const mayBeAbsent = new Set(optional)
  const members = Object.entries(object).map(([name, recipe]) => ({
    name,
    maker: makerOf(recipe, parts),
    isOptional: mayBeAbsent.has(name),
    isInherited: name in Object.prototype,
  }))
  return (kitchen) => {
    const isSmall = isDeep(kitchen)
    // Two of three, so that most examples show most of what there is; which, is known before any of them is made.
    const present =
      optional.length === 0
        ? members
        : members.filter(({ isOptional }) => !isOptional || (!isSmall && kitchen.dice.below(3) > 0))
    const made: Record<string, unknown> = {}
    for (const { name, maker, isInherited } of present) {
      const value = make(maker, kitchen)
      // Assigned, `__proto__` would become the prototype, and where that is frozen other names of it throw.
      if (isInherited) Object.defineProperty(made, name, { ...AS_ASSIGNED, value })
      else made[name] = value
    }
    return made
  }
}

/** What a property has that was assigned. */
const AS_ASSIGNED = { configurable: true, enumerable: true, writable: true }

/** Cloning a scalar would take longer than everything else. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value
}
