// The meta-schemas of json-schema.org, to which schemas of schemas refer by their addresses. They come with `ajv`, so
// nothing is fetched.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isNode, MAP_KEYWORDS, type SchemaNode } from '../schema/json-schema.ts'
import type { SourceDocument } from './source-document.ts'

const ADDRESS =
  /^https?:\/\/json-schema\.org\/(?<file>(?<draft>draft-0[467]|draft\/2019-09|draft\/2020-12)\/(?<name>schema|meta\/[a-z-]+))$/

const known = new Map<string, SourceDocument | undefined>()

/**
 * The meta-schema with an address, in words that the broker knows in every draft; undefined when there is none.
 *
 * @param uri - an absolute address without its fragment
 */
export function metaSchemaAt(uri: string): SourceDocument | undefined {
  const { file, draft, name } = ADDRESS.exec(uri)?.groups ?? {}
  if (file === undefined || draft === undefined || name === undefined) return undefined
  if (!known.has(file)) known.set(file, readMetaSchema({ file, draft, name }))
  return known.get(file)
}

interface MetaSchemaName {
  readonly file: string
  readonly draft: string
  readonly name: string
}

function readMetaSchema({ file, draft, name }: MetaSchemaName): SourceDocument | undefined {
  const folder = draft.replace('draft/', 'json-schema-')
  const shipped = folder === draft ? undefined : readShipped(`${folder}/${name}.json`)
  const schema = shipped ?? (name === 'schema' ? readNumbered(draft) : undefined)
  if (schema === undefined) return undefined
  const value = plainWords(schema, `https://json-schema.org/${draft}/schema`)
  return { file, text: JSON.stringify(value), value, kind: 'schemas' }
}

function readNumbered(draft: string): SchemaNode | undefined {
  if (draft !== 'draft-04') return readShipped(`json-schema-${draft}.json`)
  const next = readShipped('json-schema-draft-06.json')
  return next === undefined ? undefined : asDraft4(next)
}

function readShipped(path: string): SchemaNode | undefined {
  try {
    const file = createRequire(import.meta.url).resolve(`ajv/dist/refs/${path}`)
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isNode(value) ? value : undefined
  } catch {
    return undefined
  }
}

const NEW_IN_DRAFT_6 = ['$id', '$ref', 'const', 'contains', 'examples', 'propertyNames']

/** Draft 4, by what draft 6 changed of it ("JSON Schema Release Notes", draft-06). */
function asDraft4(schema: SchemaNode): SchemaNode {
  const properties = isNode(schema['properties']) ? schema['properties'] : {}
  const kept = Object.entries(properties).filter(([name]) => !NEW_IN_DRAFT_6.includes(name))
  const flagOrSchema = { anyOf: [{ type: 'boolean' }, { $ref: '#' }] }
  const stringArray = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } }
  const strings = { $ref: '#/definitions/stringArray' }
  return {
    ...schema,
    $schema: 'http://json-schema.org/draft-04/schema#',
    $id: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    definitions: {
      ...(isNode(schema['definitions']) ? schema['definitions'] : {}),
      stringArray,
      // What draft 6 calls non-negative.
      positiveInteger: { type: 'integer', minimum: 0 },
      positiveIntegerDefault0: { type: 'integer', minimum: 0 },
    },
    properties: {
      ...Object.fromEntries(kept),
      id: { type: 'string' },
      $schema: { type: 'string' },
      exclusiveMaximum: { type: 'boolean' },
      exclusiveMinimum: { type: 'boolean' },
      additionalItems: flagOrSchema,
      additionalProperties: flagOrSchema,
      required: strings,
      dependencies: { type: 'object', additionalProperties: { anyOf: [{ $ref: '#' }, strings] } },
    },
    dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] },
  }
}

/** Keywords that say nothing about a value, or nothing to the broker. */
const SILENT = ['$comment', '$recursiveAnchor', '$vocabulary', 'default']

/**
 * A meta-schema in plain words: `true` as a schema is an empty one, and what is extended dynamically is the whole, because
 * nothing here extends it.
 */
function plainWords(node: SchemaNode, whole: string): SchemaNode {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((member) => (isNode(member) ? plain(member) : member))
    return isNode(value) ? plainWords(value, whole) : value
  }
  const entries = Object.entries(node)
    .filter(([keyword]) => !SILENT.includes(keyword))
    .map(([keyword, value]): [string, unknown] => {
      if (keyword === '$dynamicRef' || keyword === '$recursiveRef') return ['$ref', whole]
      if (keyword === 'items' && value === true) return [keyword, {}]
      // A bound is a flag in draft 4 and a number later on; this is the same in all of them.
      if (keyword === 'exclusiveMinimum' && typeof value === 'number') return ['not', { maximum: value }]
      if (!MAP_KEYWORDS.includes(keyword) || !isNode(value)) return [keyword, plain(value)]
      const named = Object.entries(value).map(([name, member]) => [
        name,
        member === true ? {} : plain(member),
      ])
      return [keyword, Object.fromEntries(named)]
    })
  return Object.fromEntries(entries)
}
