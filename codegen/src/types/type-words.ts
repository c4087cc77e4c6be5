// The words that name a part of an event: where it sits, and for an alternative what makes it different.

import {
  isNode,
  listedSchemas,
  listedStrings,
  MAP_KEYWORDS,
  namedSchemas,
  type SchemaNode,
} from '../schema/json-schema.ts'
import { identifierWordsOf } from '../words.ts'

/** The words for the path from the root of a schema: `/definitions/address` is `address`. */
export function pathWords(path: readonly string[]): string[] {
  const words: string[] = []
  for (let index = 0; index < path.length; index++) {
    const segment = path[index] ?? ''
    if (MAP_KEYWORDS.includes(segment)) {
      index++
      words.push(...identifierWordsOf(path[index] ?? ''))
    } else words.push(...keywordWords(segment))
  }
  return words.length > 0 ? words : ['Part']
}

function keywordWords(segment: string): string[] {
  if (segment === 'items' || segment === 'additionalItems') return ['Item']
  if (segment === 'additionalProperties') return ['Value']
  if (/^\d+$/.test(segment)) return [`Option${Number(segment) + 1}`]
  return []
}

/**
 * The words for each of several alternatives: the value of the property that has another literal in each object among
 * them, the property that each object requires and no other has, or else its number.
 */
export function alternativeWords(alternatives: readonly (SchemaNode | undefined)[]): string[][] {
  const literals = alternatives.map(literalProperties)
  const discriminator = findDiscriminator(literals.filter(({ size }) => size > 0))
  const own = ownProperties(alternatives)
  return literals.map((properties, index) => {
    const words = identifierWordsOf(properties.get(discriminator ?? '') ?? '')
    return words.length > 0 ? words : (own[index] ?? [`Option${index + 1}`])
  })
}

/** `With` and the first property that each object requires and no other has; nothing unless there is one in each. */
function ownProperties(alternatives: readonly (SchemaNode | undefined)[]): readonly (string[] | undefined)[] {
  const names = alternatives.map((node) =>
    node === undefined ? [] : namedSchemas(node, 'properties').map(([name]) => name),
  )
  const own = alternatives.map((node, index) => {
    if (node === undefined || names[index]?.length === 0) return undefined
    const isOwn = (name: string): boolean =>
      names.every((others, at) => at === index || !others.includes(name))
    const words = listedStrings(node, 'required').sort().filter(isOwn).map(identifierWordsOf)
    return words.find((each) => each.length > 0) ?? []
  })
  return own.map((words) =>
    words === undefined || own.some((each) => each?.length === 0) ? undefined : ['With', ...words],
  )
}

function findDiscriminator(objects: readonly ReadonlyMap<string, string>[]): string | undefined {
  const [first = new Map<string, string>()] = objects
  return [...first.keys()].find((name) => {
    const values = objects.map((properties) => properties.get(name))
    return !values.includes(undefined) && new Set(values).size === values.length
  })
}

/** The properties of an object that can have one string only, with that string. */
function literalProperties(node: SchemaNode | undefined): ReadonlyMap<string, string> {
  const properties = node === undefined ? [] : namedSchemas(node, 'properties')
  return new Map(
    properties.flatMap(([name, schema]) => {
      const literal = onlyString(schema)
      return literal === undefined ? [] : [[name, literal]]
    }),
  )
}

function onlyString(schema: unknown): string | undefined {
  if (!isNode(schema)) return undefined
  const values = 'const' in schema ? [schema['const']] : (listedSchemas(schema, 'enum') ?? [])
  const [value] = values
  return values.length === 1 && typeof value === 'string' ? value : undefined
}
