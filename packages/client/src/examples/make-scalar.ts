// Texts and numbers of examples. How often dice are thrown, and in which order, is part of what an example is.

import type { Dice } from './dice.ts'
import type { ExampleFormat } from './recipe.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** A text of so many small letters. */
export function makeWord(length: number, dice: Dice): string {
  return makeText(LETTERS, length, dice)
}

function makeText(letters: string, length: number, dice: Dice): string {
  let text = ''
  for (let count = 0; count < length; count++) text += letters[dice.below(letters.length)]
  return text
}

/** An integer in [min, max]. */
export function between(min: number, max: number, dice: Dice): number {
  return min + dice.below(max - min + 1)
}

/**
 * Makes numbers: `min`, `min + step` and so on, up to `max`. Decimal steps are counted in whole ones of their last digit,
 * where 0.1 + 0.2 is 0.3.
 */
export function numberMaker([min, max, step]: readonly [number, number, number]): (dice: Dice) => number {
  const count = Math.floor((max - min) / step) + 1
  const digits = Math.max(fractionDigits(min), fractionDigits(step))
  if (digits === 0) return (dice) => min + dice.below(count) * step
  return (dice) => Number((min + dice.below(count) * step).toFixed(digits))
}

/** Small numbers are written with an exponent: 1.5e-7 has eight digits. */
function fractionDigits(value: number): number {
  if (Number.isInteger(value)) return 0
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.min(MOST_DIGITS, (digits.split('.')[1] ?? '').length - Number(exponent))
}

/** What `toFixed` takes. */
const MOST_DIGITS = 100

const HEX = '0123456789abcdef'

/** A text of a format. */
export function makeFormatted(format: ExampleFormat, dice: Dice): string {
  switch (format) {
    case 'date':
      return makeDate(dice)
    case 'date-time':
      return `${makeDate(dice)}T${twoDigits(0, 23, dice)}:${twoDigits(0, 59, dice)}:${twoDigits(0, 59, dice)}.000Z`
    case 'email':
      return `${makeWord(8, dice)}@example.org`
    case 'hostname':
      return `${makeWord(8, dice)}.example.org`
    case 'ipv4':
      return `192.0.2.${dice.below(256)}`
    case 'ipv6':
      return `2001:db8::${makeText(HEX, 4, dice)}`
    case 'uri':
      return `https://example.org/${makeWord(8, dice)}`
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
