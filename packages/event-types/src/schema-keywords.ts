import type { JsonObject } from './json-value.ts'
import type { Draft } from './schema-draft.ts'

/** The kinds of values that keywords speak about. Keywords of one kind ignore values of the others. */
export type ValueKind = 'array' | 'object' | 'number' | 'string'

/** What the value of a keyword must look like. */
export type KeywordShape =
  | 'schema'
  | 'schemas' // an object of schemas
  | 'pattern schemas' // an object of schemas whose keys are patterns
  | 'schema list'
  | 'schema or list'
  | 'dependencies' // an object of schemas or lists of names
  | 'names'
  | 'count'
  | 'number'
  | 'divisor'
  | 'limit' // exclusiveMinimum and exclusiveMaximum: a boolean in draft-04, a number later
  | 'boolean'
  | 'pattern'
  | 'format'

/** One keyword of JSON Schema. */
export interface Keyword {
  readonly name: string
  readonly shape: KeywordShape
  /** The first draft that has it. */
  readonly since: Draft
}

function keyword(name: string, shape: KeywordShape, since: Draft = 4): Keyword {
  return { name, shape, since }
}

/**
 * The keywords of each kind of value. A schema without `type` is read by the first of these kinds that it
 * has a keyword of.
 */
export const KEYWORDS: { readonly [K in ValueKind]: readonly Keyword[] } = {
  array: [
    keyword('items', 'schema or list'),
    keyword('additionalItems', 'schema'),
    keyword('minItems', 'count'),
    keyword('maxItems', 'count'),
    keyword('uniqueItems', 'boolean'),
    keyword('contains', 'schema', 6),
  ],
  object: [
    keyword('properties', 'schemas'),
    keyword('required', 'names'),
    keyword('minProperties', 'count'),
    keyword('maxProperties', 'count'),
    keyword('dependencies', 'dependencies'),
    keyword('patternProperties', 'pattern schemas'),
    keyword('additionalProperties', 'schema'),
    keyword('propertyNames', 'schema', 6),
  ],
  number: [
    keyword('minimum', 'number'),
    keyword('maximum', 'number'),
    keyword('exclusiveMinimum', 'limit'),
    keyword('exclusiveMaximum', 'limit'),
    keyword('multipleOf', 'divisor'),
  ],
  string: [
    keyword('minLength', 'count'),
    keyword('maxLength', 'count'),
    keyword('pattern', 'pattern'),
    keyword('format', 'format'),
  ],
}

/** The keywords that combine schemas. The broker allows one of them per schema. */
export const COMBINATORS: readonly Keyword[] = [
  keyword('allOf', 'schema list'),
  keyword('anyOf', 'schema list'),
  keyword('oneOf', 'schema list'),
]

/** The keywords that hold for values of every kind. */
export const CONDITIONS: readonly Keyword[] = [
  keyword('not', 'schema'),
  keyword('if', 'schema', 7),
  keyword('then', 'schema', 7),
  keyword('else', 'schema', 7),
]

/** The first kind that a schema without `type` has a keyword of, or none. */
export function kindOfKeywords(schema: JsonObject, draft: Draft): readonly ValueKind[] {
  const kinds: readonly ValueKind[] = ['array', 'object', 'number', 'string']
  const first = kinds.find((kind) =>
    KEYWORDS[kind].some(({ name, since }) => since <= draft && Object.hasOwn(schema, name)),
  )
  return first === undefined ? [] : [first]
}
