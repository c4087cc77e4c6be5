// Sets of characters, as ranges of code points, and their text in a regular expression of the platform with the flag `u`.

/** Ranges of code points, both ends included, in any order. */
export type CodePoints = readonly (readonly [from: number, to: number])[]

/** The characters of some ranges, and those that have one of some Unicode properties. */
export interface CharacterSet {
  readonly points: CodePoints
  /** `\p{L}`, `\P{Script=Greek}`: as the platform writes them. */
  readonly properties: readonly string[]
}

/** A set of ranges alone. */
export function setOf(points: CodePoints): CharacterSet {
  return { points, properties: [] }
}

const LAST = 0x10ffff

const DIGITS: CodePoints = [[0x30, 0x39]]
const WORD: CodePoints = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]
const SPACE: CodePoints = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
]

/** What `\d`, `\D`, `\w`, `\W`, `\s` and `\S` stand for in RE2: ASCII only. */
export function rangesOfClassEscape(letter: string): CodePoints {
  const points = { d: DIGITS, w: WORD, s: SPACE }[letter.toLowerCase()] ?? []
  return letter === letter.toLowerCase() ? points : complement(points)
}

const POSIX: Readonly<Record<string, CodePoints>> = {
  alnum: [...DIGITS, [0x41, 0x5a], [0x61, 0x7a]],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: DIGITS,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  word: WORD,
  xdigit: [...DIGITS, [0x41, 0x46], [0x61, 0x66]],
}

/** What `[:name:]` stands for. */
export function rangesOfPosixClass(name: string): CodePoints {
  return POSIX[name] ?? []
}

/** All that is not in a set. */
export function complement(points: CodePoints): CodePoints {
  const result: (readonly [number, number])[] = []
  let next = 0
  for (const [from, to] of [...points].sort(([left], [right]) => left - right)) {
    if (from > next) result.push([next, from - 1])
    next = Math.max(next, to + 1)
  }
  return next <= LAST ? [...result, [next, LAST]] : result
}

/**
 * The property of the characters in a general category or a script, such as `L` or `Greek`; undefined when the platform
 * does not know it. Which characters have it depends on the version of Unicode, as it does for every engine.
 */
export function unicodeProperty(name: string, isNegated: boolean): string | undefined {
  const letter = isNegated ? 'P' : 'p'
  return [`\\${letter}{${name}}`, `\\${letter}{Script=${name}}`].find(isKnownClass)
}

function isKnownClass(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

/** Characters beyond ASCII that a letter of ASCII equals when case is ignored: the Kelvin sign and the long s. */
const FOLDED: Readonly<Record<string, number>> = { k: 0x212a, s: 0x17f }
/** No script that has upper and lower case letters goes beyond. */
const LARGEST_RANGE = 0x600

/**
 * Adds every letter's other case. Undefined for ranges beyond ASCII that are too large to be listed; the set of all
 * characters is none of them.
 */
export function withBothCases(points: CodePoints): CodePoints | undefined {
  const result: (readonly [number, number])[] = [...points]
  for (const [from, to] of points) {
    if (to - from > LARGEST_RANGE) {
      if (from > 0x41) return undefined
      continue
    }
    for (let point = from; point <= to; point++) result.push(...otherCases(String.fromCodePoint(point)))
  }
  return result
}

function otherCases(character: string): (readonly [number, number])[] {
  const upper = character.toUpperCase()
  const lower = upper.toLowerCase()
  const extra = FOLDED[lower]
  const forms = [character.toLowerCase(), upper, lower, lower.toUpperCase()].filter(
    (form) => [...form].length === 1,
  )
  const points = [...new Set(forms)].map((form) => form.codePointAt(0) ?? 0)
  return [...points, ...(extra === undefined ? [] : [extra])].map((point) => [point, point] as const)
}

/** Writes a set, or all that is not in it: a plain character, or a class in brackets. */
export function printSet({ points, properties }: CharacterSet, isNegated = false): string {
  const merged = complement(complement(points))
  const [only] = merged
  const isSingle = only !== undefined && merged.length === 1 && only[0] === only[1]
  if (isSingle && properties.length === 0 && !isNegated) return printPoint(only[0])
  const outside = complement(merged)
  // The shorter of the set and of what it leaves out.
  if (properties.length === 0 && outside.length < merged.length) return printRanges(outside, !isNegated)
  return printRanges(merged, isNegated, properties)
}

function printRanges(ranges: CodePoints, isNegated: boolean, properties: readonly string[] = []): string {
  return `[${isNegated ? '^' : ''}${ranges.map(printRange).join('')}${properties.join('')}]`
}

function printRange([from, to]: readonly [number, number]): string {
  if (from === to) return printPoint(from)
  return `${printPoint(from)}${to === from + 1 ? '' : '-'}${printPoint(to)}`
}

/** Characters that mean something in a pattern or in a class. */
const SYNTAX = /[\\^$.*+?()[\]{}|/-]/

function printPoint(point: number): string {
  const character = String.fromCodePoint(point)
  if (point === 0x2d) return '\\x2d'
  if (SYNTAX.test(character)) return `\\${character}`
  return point > 0x20 && point < 0x7f ? character : `\\u{${point.toString(16)}}`
}
