/**
 * True when a number is a whole multiple of another in decimal notation, as people read them: 19.99 is a
 * multiple of 0.01, which binary division denies.
 *
 * @param divisor Greater than 0.
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0
  const left = decimal(value)
  const right = decimal(divisor)
  const exponent = Math.min(left.exponent, right.exponent)
  return scaled(left, exponent) % scaled(right, exponent) === 0n
}

/** `digits * 10 ** exponent` */
interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

function scaled({ digits, exponent }: Decimal, toExponent: number): bigint {
  return digits * 10n ** BigInt(exponent - toExponent)
}
