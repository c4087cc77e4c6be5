/** Where the integers end that the broker reads: those of 64 bits. */
const TOO_LARGE = 2 ** 63

/**
 * Writes a JSON value as text that the broker can read. An integer of more than 64 bits, which is what the largest one
 * of 64 bits has become by having been a double, gets an exponent, with which the broker takes it.
 *
 * @param text - what the platform writes
 */
export function jsonText(value: unknown, text: string = JSON.stringify(value)): string {
  return MANY_DIGITS.test(text) ? exactText(value) : text
}

/** Fewer digits than the smallest of those integers has, or an exponent, is written by the platform as the broker reads it. */
const MANY_DIGITS = /\d{19}/

function exactText(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) >= TOO_LARGE) return value.toExponential()
  if (Array.isArray(value)) return `[${value.map(exactText).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${exactText(member)}`)
    .join()}}`
}
