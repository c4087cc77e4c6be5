// The types of a generated module as data, read from its text: what is proved is what was written, not what was meant. It
// reads the part of TypeScript that types are printed in, in a seventh of the time that the compiler takes; what it cannot read
// is foreign, about which there is no verdict.

import type { TupleShape, TypeShape } from './type-shape.ts'
import { nextIs, type Tokens, take, takeIf, tokensOf, UnreadableType } from './type-tokens.ts'

const FOREIGN: TypeShape = { kind: 'foreign' }

/** Reads the types that a module declares, by their names. */
export function readTypeShapes(module: string): ReadonlyMap<string, TypeShape> {
  const tokens = tokensOf(module)
  const shapes = new Map<string, TypeShape>()
  while (tokens.next < tokens.list.length) {
    const [word = '', name = '', mark] = tokens.list.slice(tokens.next, tokens.next + 3)
    const isInterface = word === 'interface' && mark === '{'
    if (isInterface || (word === 'type' && mark === '=')) {
      tokens.next += isInterface ? 2 : 3
      shapes.set(name, readDeclared(tokens))
    } else tokens.next += 1
  }
  return shapes
}

function readDeclared(tokens: Tokens): TypeShape {
  try {
    return readType(tokens)
  } catch (error) {
    if (error instanceof UnreadableType || error instanceof RangeError) return FOREIGN
    throw error
  }
}

function readType(tokens: Tokens): TypeShape {
  return readParts(tokens, { kind: 'union', mark: '|', readPart: readIntersection })
}

function readIntersection(tokens: Tokens): TypeShape {
  return readParts(tokens, { kind: 'intersection', mark: '&', readPart: readArray })
}

interface PartReading {
  readonly kind: 'union' | 'intersection'
  readonly mark: string
  readPart(tokens: Tokens): TypeShape
}

function readParts(tokens: Tokens, { kind, mark, readPart }: PartReading): TypeShape {
  takeIf(tokens, mark)
  const first = readPart(tokens)
  if (!nextIs(tokens, mark)) return first
  const parts = [first]
  while (takeIf(tokens, mark)) parts.push(readPart(tokens))
  return { kind, parts }
}

function readArray(tokens: Tokens): TypeShape {
  takeIf(tokens, 'readonly')
  let shape = readSingle(tokens)
  while (nextIs(tokens, '[') && tokens.list[tokens.next + 1] === ']') {
    tokens.next += 2
    shape = { kind: 'array', item: shape }
  }
  return shape
}

const KEYWORDS: ReadonlyMap<string, TypeShape> = new Map<string, TypeShape>([
  ['unknown', { kind: 'anything' }],
  ['never', { kind: 'nothing' }],
  // No JSON value is undefined.
  ['undefined', { kind: 'nothing' }],
  ['string', { kind: 'primitive', type: 'string' }],
  ['number', { kind: 'primitive', type: 'number' }],
  ['boolean', { kind: 'primitive', type: 'boolean' }],
  ['object', { kind: 'primitive', type: 'object' }],
  ['null', { kind: 'literal', value: null }],
  ['true', { kind: 'literal', value: true }],
  ['false', { kind: 'literal', value: false }],
])

function readSingle(tokens: Tokens): TypeShape {
  const token = take(tokens)
  if (token === '{') return readObject(tokens)
  if (token === '[') return readTuple(tokens)
  if (token === '(') {
    const inner = readType(tokens)
    take(tokens, ')')
    return inner
  }
  const text = textOf(token)
  if (text !== undefined) return { kind: 'literal', value: text }
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) }
  // A type with arguments, or a member of something: nothing that is printed for a payload.
  if (!isWord(token) || nextIs(tokens, '<') || nextIs(tokens, '.')) throw new UnreadableType()
  return KEYWORDS.get(token) ?? { kind: 'name', name: token }
}

function readObject(tokens: Tokens): TypeShape {
  const members = new Map<string, { shape: TypeShape; isOptional: boolean }>()
  let index: TypeShape | undefined
  while (!takeIf(tokens, '}')) {
    if (nextIs(tokens, 'readonly') && !/^[:?]$/.test(tokens.list[tokens.next + 1] ?? '')) tokens.next += 1
    const name = take(tokens)
    if (name === '[') {
      // The name of the key, and its type.
      for (const expected of [undefined, ':', 'string', ']', ':']) take(tokens, expected)
      index = readType(tokens)
    } else {
      if (!isWord(name) && textOf(name) === undefined) throw new UnreadableType()
      const isOptional = takeIf(tokens, '?')
      take(tokens, ':')
      members.set(textOf(name) ?? name, { shape: readType(tokens), isOptional })
    }
    takeIf(tokens, ';')
  }
  return { kind: 'object', members, ...(index === undefined ? {} : { index }) }
}

function readTuple(tokens: Tokens): TypeShape {
  const items: TupleShape['items'][number][] = []
  let rest: TypeShape | undefined
  while (!takeIf(tokens, ']')) {
    if (takeIf(tokens, '...')) {
      const list = readType(tokens)
      if (list.kind !== 'array') throw new UnreadableType()
      rest = list.item
    } else items.push({ shape: readType(tokens), isOptional: takeIf(tokens, '?') })
    if (!nextIs(tokens, ']')) take(tokens, ',')
  }
  return { kind: 'tuple', items, ...(rest === undefined ? {} : { rest }) }
}

function isWord(token: string): boolean {
  return /^[A-Za-z_$]/.test(token)
}

/** The text that a literal stands for; undefined for what is none. */
function textOf(token: string): string | undefined {
  if (!/^['"]/.test(token)) return undefined
  const json = token
    .slice(1, -1)
    .replace(/\\.|"/gs, (found) => (found === '"' ? '\\"' : found === "\\'" ? "'" : found))
  return JSON.parse(`"${json}"`) as string
}
