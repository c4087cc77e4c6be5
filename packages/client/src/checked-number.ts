import { invalidArgument } from './error.ts'

/** The values that an option may have. */
export interface NumberRange {
  readonly least: number
  readonly most?: number
  /** What `least` stands for, and what would go wrong below it. */
  readonly because?: string
  /** Whether it must have no fraction; no limit at all, `Infinity`, is fine unless `most` says otherwise. @default false */
  readonly whole?: boolean
}

/** The broker reads numbers of 32 bits. Nobody reaches the bound by intent, so no message names it. */
export const mostOfBroker = 2 ** 31 - 1

/**
 * Returns the value of an option if it is in range.
 *
 * @throws NakadiError with code `invalid-argument`, naming the option and what it may be.
 */
export function checkedNumber(option: string, value: number, allowed: NumberRange): number {
  const { least, most = Number.POSITIVE_INFINITY, because, whole = false } = allowed
  // Whoever writes JavaScript may have taken it from a variable of the environment, and every text is "at least" something.
  const isNumber = typeof value === 'number'
  const hasFraction = isNumber && value % 1 !== 0 && Number.isFinite(value)
  if (isNumber && value >= least && value <= most && !(whole && hasFraction)) return value
  const kind = !isNumber ? 'a number, ' : whole && hasFraction ? 'a whole number, ' : ''
  const range = most >= mostOfBroker ? `at least ${least}` : `${least} .. ${most}`
  const given = typeof value === 'string' ? JSON.stringify(value) : String(value)
  const why = because === undefined ? '' : ` (${because})`
  throw invalidArgument(`${option} must be ${kind}${range}, not ${given}${why}`)
}
