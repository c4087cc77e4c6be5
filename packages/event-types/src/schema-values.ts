import { checkedFormat } from './formats.ts'
import type { Draft } from './schema-draft.ts'
import { invalidSchema } from './schema-error.ts'
import type { Keyword } from './schema-keywords.ts'

/** A keyword whose value holds no schemas, as it was found. */
export interface PlainKeyword {
  readonly keyword: Keyword
  readonly value: unknown
  /** Where the value stands in the schema. */
  readonly at: string
  readonly draft: Draft
}

/**
 * Reads such a keyword: a list with its entry, or an empty one for a format that nobody checks.
 *
 * @throws SchemaError when the value has the wrong shape.
 */
export function readPlainKeyword({ keyword, value, at, draft }: PlainKeyword): [string, unknown][] {
  if (keyword.shape === 'format' && typeof value === 'string') {
    const format = checkedFormat(value, draft)
    return format === undefined ? [] : [[keyword.name, format]]
  }
  const { expected, accepts } = shapeOf(keyword, draft)
  if (!accepts(value)) {
    throw invalidSchema(at, `expected type: ${expected}, found: ${JSON.stringify(value)?.slice(0, 100)}`)
  }
  return [[keyword.name, value]]
}

interface Shape {
  readonly expected: string
  accepts(value: unknown): boolean
}

function shapeOf(keyword: Keyword, draft: Draft): Shape {
  switch (keyword.shape) {
    case 'count':
      return { expected: 'Integer', accepts: isCount }
    case 'divisor':
      return { expected: 'Number greater than 0', accepts: (value) => isNumber(value) && Number(value) > 0 }
    case 'limit':
      return draft === 4 ? BOOLEAN : NUMBER
    case 'boolean':
      return BOOLEAN
    case 'names':
      return { expected: 'JsonArray of String', accepts: isListOfStrings }
    case 'pattern':
    case 'format':
      return { expected: 'String', accepts: (value) => typeof value === 'string' }
    default:
      return NUMBER
  }
}

const BOOLEAN: Shape = { expected: 'Boolean', accepts: (value) => typeof value === 'boolean' }
const NUMBER: Shape = { expected: 'Number', accepts: isNumber }

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isListOfStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
