// What a schema is at first sight, as the Nakadi broker's validator classifies it (`load-node.ts` tells the
// rules). Evolution compares schemas of one kind and refuses to turn one kind into another.

import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import type { Draft } from './schema-draft.ts'
import { kindOfKeywords } from './schema-keywords.ts'

/** The kinds of schemas. `integer` is a `number` here. */
export type ShapeKind =
  | 'empty'
  | 'false'
  | 'reference'
  | 'enum'
  | 'const'
  | 'not'
  | 'condition'
  | 'combination'
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'object'
  | 'array'

/** The keywords that combine schemas. */
export type Combinator = 'allOf' | 'anyOf' | 'oneOf'

/** A schema and its kind. */
export interface SchemaShape {
  readonly kind: ShapeKind
  /** The schema itself, with the keywords of its kind and perhaps others. */
  readonly json: JsonObject
  /** How a combination combines its members. */
  readonly combinator?: Combinator
  /** The members of a combination; empty for every other kind. */
  readonly members: readonly SchemaShape[]
  /** True when this is but a part of the schema: `properties` without the `oneOf` beside it. */
  readonly isPart: boolean
}

/**
 * Classifies a schema that `loadSchema` accepts. A list of types becomes an `anyOf`. Independent parts of
 * one schema, such as `properties` beside `oneOf`, become members of an `allOf`.
 */
export function shapeOf(schema: unknown, draft: Draft): SchemaShape {
  if (!isJsonObject(schema)) return whole(schema === false ? 'false' : 'empty', {})
  if (Object.hasOwn(schema, 'enum')) return whole('enum', schema)
  if (Object.hasOwn(schema, 'const') && draft >= 6) return whole('const', schema)
  const combinators = combinatorShapes(schema, draft)
  if (Object.hasOwn(schema, '$ref') && combinators.length === 0) return whole('reference', schema)
  const parts = [
    ...typedShapes(schema, draft),
    ...combinators,
    ...(Object.hasOwn(schema, 'not') ? [part('not', schema)] : []),
    ...(Object.hasOwn(schema, 'if') && draft >= 7 ? [part('condition', schema)] : []),
  ]
  const [only] = parts
  if (only === undefined) return whole('empty', schema)
  return { ...(parts.length === 1 ? only : combination('allOf', schema, parts)), isPart: false }
}

/** The part that speaks of one kind of values, if any. Without `type` the keywords tell which. */
function typedShapes(schema: JsonObject, draft: Draft): readonly SchemaShape[] {
  const type = ownValue(schema, 'type')
  if (type === undefined) return kindOfKeywords(schema, draft).map((kind) => part(kind, schema))
  if (!Array.isArray(type)) return [part(kindOfType(type), schema)]
  const members = type.map((each: unknown) => part(kindOfType(each), schema))
  return [combination('anyOf', schema, members)]
}

const TYPES = ['string', 'number', 'boolean', 'null', 'object', 'array'] as const

function kindOfType(type: unknown): ShapeKind {
  return TYPES.find((kind) => kind === type) ?? 'number'
}

function combinatorShapes(schema: JsonObject, draft: Draft): readonly SchemaShape[] {
  return (['allOf', 'anyOf', 'oneOf'] as const).flatMap((name) => {
    const members = ownValue(schema, name)
    if (!Array.isArray(members)) return []
    const shapes = members.map((member: unknown) => shapeOf(member, draft))
    return [combination(name, schema, shapes)]
  })
}

function whole(kind: ShapeKind, json: JsonObject): SchemaShape {
  return { kind, json, members: [], isPart: false }
}

function part(kind: ShapeKind, json: JsonObject): SchemaShape {
  return { kind, json, members: [], isPart: true }
}

function combination(combinator: Combinator, json: JsonObject, members: readonly SchemaShape[]): SchemaShape {
  return { kind: 'combination', json, combinator, members, isPart: true }
}
