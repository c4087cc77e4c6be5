// A recipe and a seed to a value. The same two give the same value, today and with every later version.

import type { ExampleFormat, ExampleRecipe } from './recipe.ts'

/** A source of numbers that a seed determines. */
export interface Dice {
  /** An integer in [0, n). */
  below(n: number): number
}

/** Dice by the algorithm mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (n) => Math.floor(next() * n) }
}

/**
 * Makes an example.
 *
 * @param parts what `{ part }` refers to; the first is the recipe of the whole
 */
export function makeExample(parts: readonly ExampleRecipe[], dice: Dice): unknown {
  return make({ part: 0 }, { parts, dice, depth: 0, size: { values: 0 } })
}

interface Kitchen {
  readonly parts: readonly ExampleRecipe[]
  readonly dice: Dice
  /** How many parts there are around. */
  readonly depth: number
  /** How much of the example has been made. */
  readonly size: { values: number }
}

/** Below as many parts examples become as small as they can, so that recursion ends. */
const DEPTH_OF_CHOICE = 4

/** After so many values they do, too: where a schema leads back to itself from a dozen properties, depth alone is no bound. */
const MOST_VALUES = 1000

function make(recipe: ExampleRecipe, kitchen: Kitchen): unknown {
  const { dice, parts, depth, size } = kitchen
  size.values += 1
  const isDeep = depth > DEPTH_OF_CHOICE || size.values > MOST_VALUES
  if ('pick' in recipe) return copyOf(recipe.pick[dice.below(recipe.pick.length)])
  if ('text' in recipe) return makeText(lengthBetween(recipe.text, dice), dice)
  if ('number' in recipe) return makeNumber(recipe.number, dice)
  if ('format' in recipe) return makeFormatted(recipe.format, dice)
  if ('list' in recipe) {
    const length = isDeep ? recipe.length[0] : lengthBetween(recipe.length, dice)
    return Array.from({ length }, () => make(recipe.list, kitchen))
  }
  if ('tuple' in recipe) return recipe.tuple.map((item) => make(item, kitchen))
  if ('object' in recipe) return makeObject(recipe, kitchen, isDeep)
  if ('any' in recipe) {
    const chosen = recipe.any[isDeep ? 0 : dice.below(recipe.any.length)]
    return chosen === undefined ? null : make(chosen, kitchen)
  }
  const part = parts[recipe.part]
  return part === undefined ? null : make(part, { ...kitchen, depth: depth + 1 })
}

function makeObject(
  { object, optional }: Extract<ExampleRecipe, { readonly object: unknown }>,
  kitchen: Kitchen,
  isDeep: boolean,
): unknown {
  const mayBeAbsent = new Set(optional)
  const present = Object.entries(object).filter(
    // Two of three, so that most examples show most of what there is.
    ([name]) => !mayBeAbsent.has(name) || (!isDeep && kitchen.dice.below(3) > 0),
  )
  return Object.fromEntries(present.map(([name, recipe]) => [name, make(recipe, kitchen)]))
}

/** Cloning a scalar would take longer than everything else. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

function makeText(length: number, dice: Dice): string {
  let text = ''
  for (let letter = 0; letter < length; letter++) text += LETTERS[dice.below(LETTERS.length)]
  return text
}

function lengthBetween([min, max]: readonly [number, number], dice: Dice): number {
  return min + dice.below(max - min + 1)
}

/** Decimal steps are counted in whole ones of their last digit, where 0.1 + 0.2 is 0.3. */
function makeNumber([min, max, step]: readonly [number, number, number], dice: Dice): number {
  const count = dice.below(Math.floor((max - min) / step) + 1)
  const digits = Math.max(fractionDigits(min), fractionDigits(step))
  return Number((min + count * step).toFixed(digits))
}

function fractionDigits(value: number): number {
  if (Number.isInteger(value)) return 0
  return (String(value).split('.')[1] ?? '').length
}

const HEX = '0123456789abcdef'

function makeFormatted(format: ExampleFormat, dice: Dice): string {
  const hex = (length: number): string => Array.from({ length }, () => HEX[dice.below(HEX.length)]).join('')
  const two = (min: number, max: number): string => String(lengthBetween([min, max], dice)).padStart(2, '0')
  const date = (): string => `2026-${two(1, 12)}-${two(1, 28)}`
  switch (format) {
    case 'date':
      return date()
    case 'date-time':
      return `${date()}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}.000Z`
    case 'email':
      return `${makeText(8, dice)}@example.org`
    case 'hostname':
      return `${makeText(8, dice)}.example.org`
    case 'ipv4':
      return `192.0.2.${dice.below(256)}`
    case 'ipv6':
      return `2001:db8::${hex(4)}`
    case 'uri':
      return `https://example.org/${makeText(8, dice)}`
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
  }
}
