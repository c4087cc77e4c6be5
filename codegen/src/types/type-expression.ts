// Type expressions, and the simplifications that make them readable and equal where they mean the same.

import type { ObjectStructure, StructureSchema, TupleStructure } from './type-plan.ts'

/** A TypeScript type over tokens. */
export type TypeExpression =
  /** A keyword, or a token that stands for something else. */
  | { readonly kind: 'word'; readonly word: string }
  | ObjectExpression
  | { readonly kind: 'array'; readonly item: TypeExpression }
  | TupleExpression
  /** Two members or more, none twice. */
  | SetExpression

/** An object type. */
export interface ObjectExpression {
  readonly kind: 'object'
  readonly members: readonly MemberExpression[]
  /** The type of an index signature; none when absent. */
  readonly others?: TypeExpression
}

/** A named property. */
export interface MemberExpression {
  readonly token: string
  readonly isRequired: boolean
  readonly type: TypeExpression
}

/** A tuple, all of whose items are there. */
export interface TupleExpression {
  readonly kind: 'tuple'
  readonly items: readonly TypeExpression[]
  /** The type of all further items; none when absent. */
  readonly rest?: TypeExpression
}

interface SetExpression {
  readonly kind: 'union' | 'intersection'
  readonly members: readonly TypeExpression[]
}

const UNKNOWN: TypeExpression = { kind: 'word', word: 'unknown' }
const NEVER: TypeExpression = { kind: 'word', word: 'never' }
const UNDEFINED: TypeExpression = { kind: 'word', word: 'undefined' }

/** The type of a structure. */
export function expressionOf(structure: StructureSchema): TypeExpression {
  if ('tsType' in structure) return { kind: 'word', word: structure.tsType }
  if ('allOf' in structure) return intersectionOf(structure.allOf.map(expressionOf))
  if ('anyOf' in structure) return unionOf(structure.anyOf.map(expressionOf))
  if ('properties' in structure) return objectOf(structure)
  if (structure.type === 'array') return isTuple(structure) ? tupleOf(structure) : arrayOf(structure.items)
  if (structure.type === 'object') return { kind: 'object', members: [], others: UNKNOWN }
  return structure.type === 'any' ? UNKNOWN : { kind: 'word', word: structure.type }
}

/** What may be anything may be what the others are, too; what cannot be adds nothing. */
function unionOf(members: readonly TypeExpression[]): TypeExpression {
  const possible = members.filter((member) => !isWord(member, 'never'))
  if (possible.length === 0) return NEVER
  return possible.some(isUnknown) ? UNKNOWN : setOf('union', possible)
}

/** What may be anything adds nothing to the others. */
function intersectionOf(members: readonly TypeExpression[]): TypeExpression {
  const constrained = members.filter((member) => !isUnknown(member))
  return constrained.length === 0 ? UNKNOWN : setOf('intersection', constrained)
}

function setOf(kind: SetExpression['kind'], members: readonly TypeExpression[]): TypeExpression {
  const [first] = members
  if (first !== undefined && members.length === 1) return first
  const different = new Map(members.map((member) => [JSON.stringify(member), member]))
  const [only] = different.values()
  return only !== undefined && different.size === 1 ? only : { kind, members: [...different.values()] }
}

function arrayOf(items: StructureSchema): TypeExpression {
  return { kind: 'array', item: expressionOf(items) }
}

function isTuple(structure: { readonly items: unknown }): structure is TupleStructure {
  return Array.isArray(structure.items)
}

/**
 * A union of one tuple per permitted length. Optional items would say the same in fewer words, and accept `undefined`,
 * which is not in JSON.
 */
function tupleOf({ items, minItems, additionalItems }: TupleStructure): TypeExpression {
  const types = items.map(expressionOf)
  const rest = restOf(additionalItems)
  const lengths = Array.from({ length: types.length - minItems + 1 }, (_, index) => minItems + index)
  return setOf(
    'union',
    lengths.map((length) => ({
      kind: 'tuple',
      items: types.slice(0, length),
      ...(rest !== undefined && length === types.length ? { rest } : {}),
    })),
  )
}

function restOf(additional: boolean | StructureSchema): TypeExpression | undefined {
  if (additional === false) return undefined
  return additional === true ? UNKNOWN : expressionOf(additional)
}

function objectOf({ properties, additionalProperties }: ObjectStructure): ObjectExpression {
  const members = properties.map(({ token, isRequired, structure }) => ({
    token,
    isRequired,
    type: expressionOf(structure),
  }))
  const others = restOf(additionalProperties)
  return { kind: 'object', members, ...(others === undefined ? {} : { others: indexOf(others, members) }) }
}

/** The type of an index signature: TypeScript wants the named properties to fit it (error 2411), so it takes them in. */
function indexOf(others: TypeExpression, members: readonly MemberExpression[]): TypeExpression {
  const types = [others, ...members.map(({ type }) => type)].flatMap((type) =>
    type.kind === 'union' ? type.members : [type],
  )
  return unionOf(members.every(({ isRequired }) => isRequired) ? types : [...types, UNDEFINED])
}

function isUnknown(type: TypeExpression): boolean {
  return isWord(type, 'unknown')
}

function isWord(type: TypeExpression, word: string): boolean {
  return type.kind === 'word' && type.word === word
}
