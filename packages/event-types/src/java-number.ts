/**
 * Prints a number as Java's `Double.toString` does: always with a fraction, and with an exponent below
 * 0.001 and from ten million on (`1.0E7`, `1.0E-4`). The digits are the shortest that read back as the
 * same number; Java before version 19 printed a digit more for some numbers.
 */
export function javaDoubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value < 0 ? '-Infinity' : 'Infinity'
  if (Object.is(value, -0)) return '-0.0'
  if (value === 0) return '0.0'
  const magnitude = Math.abs(value)
  const text = magnitude >= 1e-3 && magnitude < 1e7 ? String(magnitude) : scientific(magnitude)
  return (value < 0 ? '-' : '') + (text.includes('.') ? text : `${text}.0`)
}

/**
 * Prints a JSON number as Java's JSON parser would have kept it: a whole number that fits 64 bits as
 * digits, anything else as a double.
 */
export function javaNumberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63
    ? BigInt(value).toString()
    : javaDoubleText(value)
}

function scientific(magnitude: number): string {
  const [digits = '', exponent = ''] = magnitude.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
}
