// A schema that the broker refuses, without what it refuses. It accepts more than the schema says, never less.

import { loadSchema, SchemaError } from '@rioni/event-types'
import { formatPointer } from './json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode, subschemasOf } from './json-schema.ts'

/** What remains of a schema, and the places of the keywords that do not. */
export interface ToleratedSchema {
  readonly schema: SchemaNode
  /** JSON pointers from the root. */
  readonly dropped: readonly string[]
}

/** Drops the keywords that the broker refuses on their own, and separates those that it refuses beside each other. */
export function toleratedSchema(root: SchemaNode): ToleratedSchema {
  const dropped: string[] = []
  const { $schema } = root
  const tolerate = (value: unknown, path: readonly string[]): unknown => {
    if (!isNode(value)) return value
    const children = new Map(subschemasOf(value).map((child) => [child.path.join('/'), child]))
    const copy = (member: unknown, at: readonly string[]): unknown => {
      const child = children.get(at.slice(path.length).join('/'))
      if (child !== undefined && child.schema === member) return tolerate(member, at)
      if (at.length - path.length > 1) return member
      if (Array.isArray(member)) return member.map((item, index) => copy(item, [...at, String(index)]))
      if (!isNode(member)) return member
      return Object.fromEntries(
        Object.entries(member).map(([name, item]) => [name, copy(item, [...at, name])]),
      )
    }
    const refused = Object.keys(value).filter((keyword) => !isAccepted(keyword, value[keyword], $schema))
    dropped.push(...refused.map((keyword) => formatPointer([...path, keyword])))
    // Whatever has a pattern that is not known here must not be taken for an extra property.
    const lost = refused.includes('patternProperties') ? [...refused, 'additionalProperties'] : refused
    const kept = Object.entries(value).filter(([keyword]) => !lost.includes(keyword))
    return separated(
      Object.fromEntries(kept.map(([keyword, member]) => [keyword, copy(member, [...path, keyword])])),
    )
  }
  const schema = tolerate(root, [])
  return { schema: isNode(schema) ? schema : {}, dropped }
}

/** Whether the broker accepts a keyword by itself, whatever the schemas in it say. */
function isAccepted(keyword: string, value: unknown, $schema: unknown): boolean {
  if (keyword === '$ref' || keyword === '$schema') return true
  try {
    loadSchema({
      ...($schema === undefined ? {} : { $schema }),
      ...typeFor(keyword),
      [keyword]: hollow(keyword, value),
    })
    return true
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}

/** Some keywords are read beside their type only. */
function typeFor(keyword: string): SchemaNode {
  if (keyword === 'pattern' || keyword === 'format' || keyword.endsWith('Length')) return { type: 'string' }
  return /inimum|aximum|multipleOf/.test(keyword) ? { type: 'number' } : {}
}

/** The value of a keyword with every schema in it replaced by the one that accepts everything. */
function hollow(keyword: string, value: unknown): unknown {
  const places = new Set(subschemasOf({ [keyword]: value }).map(({ path }) => path.join('/')))
  if (places.has(keyword)) return {}
  if (Array.isArray(value)) return value.map((item, index) => (places.has(`${keyword}/${index}`) ? {} : item))
  if (!isNode(value)) return value
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([name, item]) => [name, places.has(`${keyword}/${name}`) ? {} : item]),
  )
}

const COMBINATORS = ['allOf', 'anyOf', 'oneOf']

/** The broker takes one combinator per schema. Several mean that all of them hold, which `allOf` can say. */
function separated(node: SchemaNode): SchemaNode {
  const present = COMBINATORS.filter((keyword) => listedSchemas(node, keyword) !== undefined)
  if (present.length < 2) return node
  const others = Object.entries(node).filter(([keyword]) => !COMBINATORS.includes(keyword))
  const choices = present.flatMap((keyword) => (keyword === 'allOf' ? [] : [{ [keyword]: node[keyword] }]))
  return { ...Object.fromEntries(others), allOf: [...(listedSchemas(node, 'allOf') ?? []), ...choices] }
}
