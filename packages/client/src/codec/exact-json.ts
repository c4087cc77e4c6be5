// JSON whose integers keep all their digits. `JSON.parse` makes the nearest double of 9007199254740993, which is another
// number; only Node 22 and later would show the digits to a reviver.

/**
 * Parses a JSON text. An integer beyond ±(2^53 - 1) becomes a bigint, unless it is far too large to be meant as one.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseExactJson(text: string): unknown {
  if (!MAY_BE_INEXACT.test(text)) return JSON.parse(text)
  // Marking tokens is only safe in a text that is JSON.
  JSON.parse(text)
  return JSON.parse(text.replace(TOKENS, markToken), unmark)
}

/** Sixteen digits in a row, or an exponent. It may be found in strings too, which costs time and nothing else. */
const MAY_BE_INEXACT = /[\d.]{16}|\d[eE][+-]?\d+\s*[,\]}]/

/** Strings, with the colon after a name, and numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g

/** No string of a JSON text holds this character unescaped, and hardly any holds it at all. */
const MARK = '\u0000'
const ESCAPED_MARK = '\\u0000'

/** Large integers become marked strings; strings that begin like one get a second mark. */
function markToken(token: string, colon: string | undefined): string {
  if (!token.startsWith('"')) return isInexact(token) ? `"${ESCAPED_MARK}${token}"` : token
  const isMarked = colon === undefined && token.startsWith(`"${ESCAPED_MARK}`)
  return isMarked ? `"${ESCAPED_MARK}${token.slice(1)}` : token
}

function unmark(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value
  const rest = value.slice(1)
  return rest.startsWith(MARK) ? rest : integerOf(rest)
}

function isInexact(token: string): boolean {
  const value = Number(token)
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && integerOf(token) !== undefined
}

/** Largest exponent of an integer that is read digit by digit: `1e999999999` would take all memory. */
const MAX_EXPONENT = 100

/** The integer that a number is written as, maybe with a fraction or an exponent; undefined when it is none. */
function integerOf(token: string): bigint | undefined {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? []
  if (whole === undefined || Math.abs(Number(exponent)) > MAX_EXPONENT) return undefined
  const shift = Number(exponent) - fraction.length
  const digits = `${whole}${fraction}${'0'.repeat(Math.max(0, shift))}`
  const cut = digits.length + Math.min(0, shift)
  if (/[1-9]/.test(digits.slice(Math.max(0, cut)))) return undefined
  const integer = BigInt(digits.slice(0, Math.max(0, cut)))
  return sign === '-' ? -integer : integer
}
