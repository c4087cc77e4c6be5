/**
 * Estimates how large a pattern becomes when it is compiled: repetitions are spelled out then, so that
 * `(a{1,100}){1,100}` has 10,000 parts. The estimate is never much too small for a pattern that RE2 accepts.
 */
export function patternSize(pattern: string): number {
  const foldsWideClasses = /\(\?[a-zA-Z]*i/.test(pattern)
  // The size of the groups that are open, what comes after the last atom not yet included.
  const open: number[] = []
  let size = 0
  let atom = 0
  for (let at = 0; at < pattern.length; ) {
    const { length, kind } = tokenAt(pattern, at)
    const token = pattern.slice(at, at + length)
    at += length
    if (kind === 'repetition') {
      atom *= repetitions(token)
      continue
    }
    size += atom
    atom = 0
    if (kind === 'open') {
      open.push(size)
      size = 0
    } else if (kind === 'close') {
      atom = size + 2
      size = open.pop() ?? 0
    } else {
      atom = foldsWideClasses && WIDE.test(token) ? WIDE_CLASS_SIZE : 1
    }
  }
  return open.reduce((sum, outer) => sum + outer, size + atom)
}

/** Ignoring case makes RE2 look at each of the characters of a class. */
const WIDE_CLASS_SIZE = 1_500
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about characters beyond ASCII.
const WIDE = /\\[pPx]|[^\x00-\x7f]/

interface Token {
  readonly length: number
  readonly kind: 'open' | 'close' | 'repetition' | 'atom'
}

function tokenAt(pattern: string, at: number): Token {
  const rest = pattern.slice(at, at + MAX_TOKEN_LENGTH)
  const repetition = /^(?:\{\d+(?:,\d*)?\}|[*+?])\??/.exec(rest)
  if (repetition) return { length: repetition[0].length, kind: 'repetition' }
  const group = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*[:)]))?/.exec(rest)
  // `(?i)` stands on its own.
  if (group) return { length: group[0].length, kind: group[0].endsWith(')') ? 'atom' : 'open' }
  if (rest.startsWith(')')) return { length: 1, kind: 'close' }
  const atom = /^(?:\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\\[pPx]\{[^}]*\}|\\.)/su.exec(rest)
  return { length: atom?.[0].length ?? 1, kind: 'atom' }
}

/** No name of a group and no class that a person writes is longer. */
const MAX_TOKEN_LENGTH = 1_000

/** An open end repeats the last part once more, and so do `*` and `+`. */
function repetitions(token: string): number {
  const [least = 1, most] = (token.match(/\d+/g) ?? []).map(Number)
  const isExact = /^\{\d+\}/.test(token)
  return Math.max(1, most ?? (isExact ? least : least + 1))
}
