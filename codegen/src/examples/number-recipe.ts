import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import type { SchemaNode } from '@rioni/event-types'
import { highestOf, lowestOf } from './bounds.ts'

/** Steps between the smallest and the largest number of a recipe that nothing bounds. */
const STEPS = 100

/** A recipe for numbers within all bounds; undefined when there is no such number. */
export function numberRecipe(nodes: readonly SchemaNode[], isInteger: boolean): ExampleRecipe | undefined {
  const lower = Math.max(
    highestOf('minimum', nodes, Number.NEGATIVE_INFINITY),
    highestOf('exclusiveMinimum', nodes, Number.NEGATIVE_INFINITY),
  )
  const upper = Math.min(lowestOf('maximum', nodes), lowestOf('exclusiveMaximum', nodes))
  const step = stepOf(nodes, isInteger, upper - lower)
  const isAllowed = (value: number): boolean =>
    nodes.every(
      ({ exclusiveMinimum, exclusiveMaximum, maximum, minimum }) =>
        (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
        (exclusiveMaximum === undefined || value < exclusiveMaximum) &&
        (minimum === undefined || value >= minimum) &&
        (maximum === undefined || value <= maximum),
    )
  // Near zero, where numbers are easy to read and exact.
  const from = lower > 0 ? lower : upper >= 0 ? 0 : upper - STEPS * step
  const first = [0, 1].map((more) => multiple(Math.ceil(round(from / step)) + more, step)).find(isAllowed)
  if (first === undefined) return undefined
  const bound = Math.min(upper, first + STEPS * step)
  const last = [0, 1]
    .map((less) => multiple(Math.floor(round(bound / step)) - less, step))
    .find((value) => value >= first && isAllowed(value))
  return { number: [first, last ?? first, step] }
}

function stepOf(nodes: readonly SchemaNode[], isInteger: boolean, range: number): number {
  const divisor = highestOf('multipleOf', nodes, 0)
  if (isInteger) return Number.isInteger(divisor) && divisor > 0 ? divisor : 1
  if (divisor > 0) return divisor
  return range < 1 ? range / 10 || 1 : 0.5
}

function multiple(count: number, step: number): number {
  return round(count * step)
}

/** Spares numbers what binary fractions do to them. */
function round(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < EXACT ? value : Number(value.toPrecision(DIGITS))
}

const DIGITS = 15
/** Integers below have no more digits. */
const EXACT = 10 ** DIGITS
