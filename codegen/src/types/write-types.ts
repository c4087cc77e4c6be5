// Everything from a checked schema to source text of types.

import { hash } from 'node:crypto'
import type { LockedType } from '../lock/lock-file.ts'
import { pinNames } from '../lock/pin-names.ts'
import type { SchemaNode } from '../schema/json-schema.ts'
import type { References } from '../schema/resolve-references.ts'
import { equalEnumerations, type PlannedPart } from './equal-enumerations.ts'
import { planTypes } from './plan-types.ts'
import { printDeclaration } from './print-type.ts'
import { expressionOf, type TypeExpression } from './type-expression.ts'
import type { TypePlan } from './type-plan.ts'

/** How the types of one event type are named. */
export interface TypeNaming {
  /** The words that the name of every type begins with. */
  readonly words: readonly string[]
  /** The name of the type of the whole schema. */
  readonly rootName: string
  /** Names that no other type may have. */
  readonly reserved: readonly string[]
  /** What the types of the parts were called before. */
  readonly pinned: { readonly [name: string]: LockedType }
}

/** The types of one event type. */
export interface WrittenTypes {
  /** Source text, the type of the whole first. */
  readonly declarations: readonly string[]
  /** The types of the parts, to know them again. */
  readonly types: { readonly [name: string]: LockedType }
}

/** Writes the types of a schema as exported declarations. */
export function writeTypes(root: SchemaNode, references: References, naming: TypeNaming): WrittenTypes {
  const plan = planTypes(root, references, naming.words)
  const { structures, meanings } = plan
  const { whole, parts: all } = declarationsOf(plan)
  const equal = equalEnumerations(plan, all, naming.pinned)
  const parts = all.filter(({ token }) => !equal.has(token))
  const partNames = pinNames(parts, [naming.rootName, ...naming.reserved], naming.pinned)
  const own = new Map([[whole, naming.rootName]])
  for (const [index, { token }] of parts.entries()) own.set(token, partNames[index] ?? '')
  const names = new Map(own)
  for (const [token, by] of equal) names.set(token, own.get(by) ?? '')
  const expressions = new Map<string, TypeExpression>()
  for (const [token, structure] of structures) expressions.set(token, expressionOf(structure))
  const types = parts.map(({ token, wish, content }): [string, LockedType] => {
    const name = names.get(token) ?? ''
    return [name, { ...(name === wish ? {} : { wish }), content }]
  })
  return {
    declarations: [...own.keys()].map((token) => printDeclaration({ meanings, expressions, names }, token)),
    types: Object.fromEntries(types.sort(([left], [right]) => (left < right ? -1 : 1))),
  }
}

/** The token of the whole, which is the first declaration, and the others. */
function declarationsOf({ meanings }: TypePlan): { readonly whole: string; readonly parts: PlannedPart[] } {
  let whole: string | undefined
  const parts: PlannedPart[] = []
  for (const [token, meaning] of meanings) {
    if (meaning.kind !== 'declaration') continue
    if (whole === undefined) whole = token
    else parts.push({ token, wish: meaning.type.wish, content: hashOf(meaning.type.node) })
  }
  if (whole === undefined) throw new Error('A plan has a declaration of the whole.')
  return { whole, parts }
}

/** Hexadecimal digits of a hash: enough to tell the parts of one schema apart. */
const HASH_LENGTH = 12

/** A node of a schema in canonical form has one form. */
function hashOf(node: SchemaNode): string {
  return hash('sha256', JSON.stringify(node)).slice(0, HASH_LENGTH)
}
