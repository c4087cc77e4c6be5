import { invalidArgument } from './error.ts'

/** The values that an option may have. */
export interface NumberRange {
  readonly least: number
  readonly most?: number
  /** What `least` stands for, and what would go wrong below it. */
  readonly because?: string
}

/**
 * Returns the value of an option if it is in range.
 *
 * @throws NakadiError with code `invalid-argument`, naming the option and what it may be.
 */
export function checkedNumber(option: string, value: number, { least, most, because }: NumberRange): number {
  if (value >= least && value <= (most ?? Number.POSITIVE_INFINITY)) return value
  const range = most === undefined ? `at least ${least}` : `${least} .. ${most}`
  throw invalidArgument(
    `${option} must be ${range}, not ${value}${because === undefined ? '' : ` (${because})`}`,
  )
}
