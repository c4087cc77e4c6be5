// A schema that asks for what people expect to read in an example, such as one of the known values of an enumeration that
// may grow, where the broker would take any text.

import { isNode, mapSubschemas, type SchemaNode, someNode } from '../schema/json-schema.ts'
import { KNOWN_VALUES, knownValues } from '../schema/known-values.ts'
import { UNCHECKED_FORMATS } from './unchecked-formats.ts'

/**
 * Asks a schema for more than it asks for. Whatever follows the result follows the schema.
 *
 * @param text - a schema as JSON without spaces
 * @returns undefined when nothing is to be added
 */
export function illustratedSchema(text: string): SchemaNode | undefined {
  if (!HAS_MORE.test(text)) return undefined
  const schema: unknown = JSON.parse(text)
  return isNode(schema) && someNode(schema, (node) => moreOf(node) !== undefined)
    ? illustrate(schema)
    : undefined
}

/** The little that a schema must have for anything to be added to it. */
const HAS_MORE = new RegExp(`"${KNOWN_VALUES}":|"format":"(?:${[...UNCHECKED_FORMATS.keys()].join('|')})"`)

function illustrate(node: SchemaNode): SchemaNode {
  return { ...mapSubschemas(node, illustrate), ...moreOf(node) }
}

function moreOf(node: SchemaNode): SchemaNode | undefined {
  const { type, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = node
  const isText = type === 'string' || (Array.isArray(type) && type.includes('string'))
  if (!isText || ['enum', 'const', 'pattern'].some((keyword) => keyword in node)) return undefined
  const values = knownValues(node)
  if (values !== undefined) return { enum: values }
  const known = typeof format === 'string' ? UNCHECKED_FORMATS.get(format) : undefined
  if (known === undefined || Number(minLength) > known.length || Number(maxLength) < known.length)
    return undefined
  return { type: 'string', pattern: known.pattern }
}
