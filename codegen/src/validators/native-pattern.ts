// Patterns of schemas are RE2 syntax; generated validators have only the platform's regular expressions. The two agree on
// most of the syntax but not on all of its meaning, so a pattern is read by RE2's rules and written anew: every class as
// code points, every group without a name, every flag resolved where it applies.

import {
  type CharacterSet,
  complement,
  printSet,
  rangesOfClassEscape,
  rangesOfPosixClass,
  setOf,
  unicodeProperty,
  withBothCases,
} from './character-set.ts'

/**
 * Writes a pattern that RE2 accepts as the source of a `RegExp` with the flag `u` that finds the same texts.
 *
 * @returns undefined for the few patterns that cannot be written so: single bytes (`\C`), and categories, scripts
 * and large ranges of letters whose case is ignored
 */
export function nativePattern(pattern: string): string | undefined {
  const reader: Reader = { characters: [...pattern], at: 0, flags: NO_FLAGS }
  try {
    return readAlternatives(reader)
  } catch (error) {
    if (error instanceof Inexpressible) return undefined
    throw error
  }
}

interface Reader {
  readonly characters: readonly string[]
  at: number
  flags: Flags
}

interface Flags {
  /** Letters match whatever their case. */
  readonly i: boolean
  /** `^` and `$` match at the ends of lines. */
  readonly m: boolean
  /** `.` matches a line feed. */
  readonly s: boolean
}

const NO_FLAGS: Flags = { i: false, m: false, s: false }

/** A pattern that has no equal among regular expressions of the platform. */
class Inexpressible extends Error {}

/** Reads up to the end of the group. Flags that are set inside it end with it. */
function readAlternatives(reader: Reader): string {
  const outer = reader.flags
  let source = ''
  while (reader.at < reader.characters.length && peek(reader) !== ')') {
    source += peek(reader) === '|' ? take(reader) : readRepeated(reader)
  }
  reader.flags = outer
  return source
}

/** How often something is repeated; whether it is greedy does not matter to what is found. */
const REPETITION = /^(?:[*+?]|\{\d+(?:,\d*)?\})/

function readRepeated(reader: Reader): string {
  let source = readAtom(reader)
  // What the platform refuses to repeat without a group around it: an assertion, which RE2 takes for nothing then, and
  // what is repeated already, between which flags may stand.
  let needsGroup = ASSERTION.test(source)
  for (;;) {
    while (/^\(\?[a-zA-Z-]+\)/.test(rest(reader, MAX_FLAGS_LENGTH))) readFlags(reader)
    const repetition = REPETITION.exec(rest(reader, MAX_REPETITION_LENGTH))?.[0]
    if (repetition === undefined) return source
    reader.at += repetition.length
    if (peek(reader) === '?') take(reader)
    source = `${needsGroup ? `(?:${source})` : source}${repetition}`
    needsGroup = true
  }
}

const MAX_REPETITION_LENGTH = 12
const ASSERTION = /^(?:[$^]|\\[bB]|\(\?<?[!=].*\)|)$/

function readAtom(reader: Reader): string {
  const character = take(reader)
  switch (character) {
    case '(':
      return readGroup(reader)
    case '[':
      return readClass(reader)
    case '.':
      return reader.flags.s ? '[^]' : '[^\\n]'
    case '^':
      return reader.flags.m ? '(?<![^\\n])' : '^'
    case '$':
      return reader.flags.m ? '(?![^\\n])' : '$'
    case '\\':
      return readEscape(reader)
    default:
      return literal(character, reader)
  }
}

function readGroup(reader: Reader): string {
  const outer = reader.flags
  reader.at -= 1
  const end = readFlags(reader)
  // Flags alone hold to the end of the group that they stand in.
  if (end === ')') return ''
  if (end === undefined) take(reader)
  if (end === undefined && peek(reader) === '?') while (take(reader) !== '>');
  const inner = readAlternatives(reader)
  take(reader)
  reader.flags = outer
  return `(?:${inner})`
}

/** Reads `(?i)` or `(?i:` and sets the flags; says what ended them, or nothing when there are none. */
function readFlags(reader: Reader): string | undefined {
  const [whole, flags, end] =
    /^\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)([:)])/.exec(rest(reader, MAX_FLAGS_LENGTH)) ?? []
  if (whole === undefined) return undefined
  reader.at += whole.length
  reader.flags = withFlags(reader.flags, flags ?? '')
  return end
}

const MAX_FLAGS_LENGTH = 20

function withFlags(flags: Flags, text: string): Flags {
  const [on = '', off = ''] = text.split('-')
  const value = (flag: keyof Flags): boolean => !off.includes(flag) && (on.includes(flag) || flags[flag])
  return { i: value('i'), m: value('m'), s: value('s') }
}

function readEscape(reader: Reader): string {
  const character = peek(reader)
  switch (character) {
    case 'A':
      take(reader)
      return '^'
    case 'z':
      take(reader)
      return '$'
    case 'b':
    case 'B':
      return `\\${take(reader)}`
    case 'Q':
      return readQuoted(reader)
    default: {
      const set = readClassEscape(reader)
      if (set !== undefined) return printSet(folded(set, reader))
      return literal(String.fromCodePoint(readEscapedCharacter(reader)), reader)
    }
  }
}

function readQuoted(reader: Reader): string {
  take(reader)
  let source = ''
  while (reader.at < reader.characters.length && rest(reader, 2) !== '\\E')
    source += literal(take(reader), reader)
  reader.at += 2
  return source
}

/** Reads the rest of a class after its bracket. */
function readClass(reader: Reader): string {
  const isNegated = peek(reader) === '^'
  if (isNegated) take(reader)
  const members: CharacterSet[] = []
  for (let isFirst = true; isFirst || peek(reader) !== ']'; isFirst = false) {
    members.push(readClassMember(reader))
  }
  take(reader)
  const all = {
    points: members.flatMap(({ points }) => points),
    properties: members.flatMap(({ properties }) => properties),
  }
  return printSet(folded(all, reader), isNegated)
}

function readClassMember(reader: Reader): CharacterSet {
  const [whole, not, name] = /^\[:(\^?)(\w+):\]/.exec(rest(reader, MAX_POSIX_LENGTH)) ?? []
  if (whole !== undefined) {
    reader.at += whole.length
    const points = rangesOfPosixClass(name ?? '')
    return setOf(not === '^' ? complement(points) : points)
  }
  if (peek(reader) === '\\') {
    take(reader)
    const set = readClassEscape(reader)
    if (set !== undefined) return set
    reader.at -= 1
  }
  const first = readClassCharacter(reader)
  if (peek(reader) !== '-' || reader.characters[reader.at + 1] === ']') return setOf([[first, first]])
  take(reader)
  return setOf([[first, readClassCharacter(reader)]])
}

const MAX_POSIX_LENGTH = 16

function readClassCharacter(reader: Reader): number {
  const character = take(reader)
  return character === '\\' ? readEscapedCharacter(reader) : (character.codePointAt(0) ?? 0)
}

/** Reads `\d`, `\pL` and their like after the backslash, or nothing. */
function readClassEscape(reader: Reader): CharacterSet | undefined {
  const [simple] = /^[dDwWsS]/.exec(peek(reader)) ?? []
  if (simple !== undefined) {
    take(reader)
    return setOf(rangesOfClassEscape(simple))
  }
  const [whole, kind, not, long, short] =
    /^([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(rest(reader, MAX_CLASS_NAME)) ?? []
  if (whole === undefined) return undefined
  reader.at += whole.length
  const property = unicodeProperty(long ?? short ?? '', (kind === 'P') !== (not === '^'))
  if (property === undefined) throw new Inexpressible()
  return { points: [], properties: [property] }
}

const MAX_CLASS_NAME = 40

const MAX_HEX_LENGTH = 12
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

/** Reads the character that an escape stands for, after the backslash. */
function readEscapedCharacter(reader: Reader): number {
  const [hex] = /^x(?:\{[0-9a-fA-F]+\}|[0-9a-fA-F]{2})/.exec(rest(reader, MAX_HEX_LENGTH)) ?? []
  if (hex !== undefined) {
    reader.at += hex.length
    return Number.parseInt(hex.replace(/[x{}]/g, ''), 16)
  }
  const [octal] = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest(reader, 3)) ?? []
  if (octal !== undefined) {
    reader.at += octal.length
    return Number.parseInt(octal, 8)
  }
  const character = take(reader)
  if (character === 'C') throw new Inexpressible()
  return CONTROLS[character] ?? character.codePointAt(0) ?? 0
}

function literal(character: string, reader: Reader): string {
  const point = character.codePointAt(0) ?? 0
  return printSet(folded(setOf([[point, point]]), reader))
}

function folded(set: CharacterSet, { flags }: Reader): CharacterSet {
  if (!flags.i) return set
  const points = set.properties.length === 0 ? withBothCases(set.points) : undefined
  if (points === undefined) throw new Inexpressible()
  return setOf(points)
}

function peek(reader: Reader): string {
  return reader.characters[reader.at] ?? ''
}

function take(reader: Reader): string {
  const character = reader.characters[reader.at]
  // RE2 has accepted the pattern, so what is expected is there; this ends a loop should that ever be wrong.
  if (character === undefined) throw new Inexpressible()
  reader.at += 1
  return character
}

/** Some characters from here on. */
function rest(reader: Reader, length: number): string {
  return reader.characters.slice(reader.at, reader.at + length).join('')
}
