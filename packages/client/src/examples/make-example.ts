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
  return {
    below(n) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
    },
  }
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
  // What most values are made of is looked for first.
  if ('text' in recipe) return makeText(LETTERS, between(recipe.text[0], recipe.text[1], dice), dice)
  if ('format' in recipe) return makeFormatted(recipe.format, dice)
  if ('pick' in recipe) return copyOf(recipe.pick[dice.below(recipe.pick.length)])
  if ('number' in recipe) return makeNumber(recipe.number, dice)
  const isDeep = depth > DEPTH_OF_CHOICE || size.values > MOST_VALUES
  if ('object' in recipe) return makeObject(recipe, kitchen, isDeep)
  if ('any' in recipe) {
    const chosen = recipe.any[isDeep ? 0 : dice.below(recipe.any.length)]
    return chosen === undefined ? null : make(chosen, kitchen)
  }
  if ('part' in recipe) {
    const part = parts[recipe.part]
    return part === undefined ? null : make(part, { ...kitchen, depth: depth + 1 })
  }
  if ('tuple' in recipe) return recipe.tuple.map((item) => make(item, kitchen))
  const length = isDeep ? recipe.length[0] : between(recipe.length[0], recipe.length[1], dice)
  const list: unknown[] = []
  while (list.length < length) list.push(make(recipe.list, kitchen))
  return list
}

type ObjectRecipe = Extract<ExampleRecipe, { readonly object: unknown }>

function makeObject(recipe: ObjectRecipe, kitchen: Kitchen, isDeep: boolean): unknown {
  const { object } = recipe
  const made: Record<string, unknown> = {}
  // Which ones there are is known before any of them is made.
  for (const name of presentNames(recipe, isDeep, kitchen.dice)) {
    const member = object[name]
    if (member === undefined) continue
    const value = make(member, kitchen)
    // Assigned, it would become the prototype.
    if (name === '__proto__') Object.defineProperty(made, name, { ...AS_ASSIGNED, value })
    else made[name] = value
  }
  return made
}

/** What a property has that was assigned. */
const AS_ASSIGNED = { configurable: true, enumerable: true, writable: true }

/** Of the properties that may be absent two of three, so that most examples show most of what there is. */
function presentNames({ object, optional }: ObjectRecipe, isDeep: boolean, dice: Dice): readonly string[] {
  const names = Object.keys(object)
  if (optional.length === 0) return names
  const mayBeAbsent = new Set(optional)
  return names.filter((name) => !mayBeAbsent.has(name) || (!isDeep && dice.below(3) > 0))
}

/** Cloning a scalar would take longer than everything else. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

function makeText(letters: string, length: number, dice: Dice): string {
  let text = ''
  for (let count = 0; count < length; count++) text += letters[dice.below(letters.length)]
  return text
}

function between(min: number, max: number, dice: Dice): number {
  return min + dice.below(max - min + 1)
}

/** Decimal steps are counted in whole ones of their last digit, where 0.1 + 0.2 is 0.3. */
function makeNumber([min, max, step]: readonly [number, number, number], dice: Dice): number {
  const count = dice.below(Math.floor((max - min) / step) + 1)
  const number = min + count * step
  const digits = Math.max(fractionDigits(min), fractionDigits(step))
  return digits === 0 ? number : Number(number.toFixed(digits))
}

function fractionDigits(value: number): number {
  if (Number.isInteger(value)) return 0
  return (String(value).split('.')[1] ?? '').length
}

const HEX = '0123456789abcdef'

function makeFormatted(format: ExampleFormat, dice: Dice): string {
  switch (format) {
    case 'date':
      return makeDate(dice)
    case 'date-time':
      return `${makeDate(dice)}T${twoDigits(0, 23, dice)}:${twoDigits(0, 59, dice)}:${twoDigits(0, 59, dice)}.000Z`
    case 'email':
      return `${makeText(LETTERS, 8, dice)}@example.org`
    case 'hostname':
      return `${makeText(LETTERS, 8, dice)}.example.org`
    case 'ipv4':
      return `192.0.2.${dice.below(256)}`
    case 'ipv6':
      return `2001:db8::${makeText(HEX, 4, dice)}`
    case 'uri':
      return `https://example.org/${makeText(LETTERS, 8, dice)}`
    case 'uuid':
      return makeUuid(dice)
  }
}

function makeDate(dice: Dice): string {
  return `2026-${twoDigits(1, 12, dice)}-${twoDigits(1, 28, dice)}`
}

function twoDigits(min: number, max: number, dice: Dice): string {
  return String(between(min, max, dice)).padStart(2, '0')
}

function makeUuid(dice: Dice): string {
  const hex = (length: number): string => makeText(HEX, length, dice)
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
}
