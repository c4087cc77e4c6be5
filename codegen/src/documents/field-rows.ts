// The fields of a payload as rows of a table, one per place that a value can have.

import { isNode, listedSchemas, listedStrings, namedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import type { References } from '../schema/resolve-references.ts'

/** One field. */
export interface FieldRow {
  /** The way to it: `lines[].price`, `tags.*` for any name. */
  readonly path: string
  readonly type: string
  readonly isRequired: boolean
  /** What else the schema asks for, such as `minLength: 1`. */
  readonly rules: readonly string[]
  readonly description: string
}

/** Most rows: what is longer is read in the schema itself. */
const MAX_ROWS = 500
const MAX_DEPTH = 12

/** The fields below the root of a schema. A schema that contains itself is shown once, and then named. */
export function fieldRows(root: SchemaNode, references: References): readonly FieldRow[] {
  const rows: FieldRow[] = []
  addFields({ rows, references, open: [], path: '' }, root)
  return rows.slice(0, MAX_ROWS)
}

interface Walk {
  readonly rows: FieldRow[]
  readonly references: References
  /** The schemas around. */
  readonly open: readonly SchemaNode[]
  readonly path: string
}

/** Adds what is below a schema, but not the schema itself. */
function addFields(walk: Walk, schema: unknown): void {
  const node = follow(walk, schema)
  if (node === undefined || walk.open.includes(node) || walk.open.length > MAX_DEPTH) return
  if (walk.rows.length >= MAX_ROWS) return
  const inside = { ...walk, open: [...walk.open, node] }
  const required = new Set(listedStrings(node, 'required'))
  for (const [name, member] of namedSchemas(node, 'properties')) {
    addField({ ...inside, path: joined(walk.path, name) }, member, required.has(name))
  }
  for (const [pattern, member] of namedSchemas(node, 'patternProperties'))
    addField({ ...inside, path: joined(walk.path, `/${pattern}/`) }, member, false)
  if (isNode(node['additionalProperties']))
    addField({ ...inside, path: joined(walk.path, '*') }, node['additionalProperties'], false)
  const { items } = node
  if (isNode(items)) addFields({ ...inside, path: `${walk.path}[]` }, items)
  for (const [index, item] of (
    listedSchemas(node, 'items') ??
    listedSchemas(node, 'prefixItems') ??
    []
  ).entries())
    addField({ ...inside, path: `${walk.path}[${index}]` }, item, false)
  for (const member of listedSchemas(node, 'allOf') ?? []) addFields(inside, member)
  for (const [index, member] of alternativesOf(node).entries())
    addFields({ ...inside, path: `${walk.path}(${index + 1})` }, member)
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function addField(walk: Walk, schema: unknown, isRequired: boolean): void {
  if (walk.rows.length >= MAX_ROWS) return
  const own = isNode(schema) ? schema : {}
  const target = follow(walk, schema) ?? {}
  // What is described above is not described again.
  const node = walk.open.includes(target) ? own : target
  const description = [own['description'], node['description'], own['title'], node['title']].find(
    (text) => typeof text === 'string',
  )
  walk.rows.push({
    path: walk.path,
    type: typeOf(walk, schema),
    isRequired,
    rules: rulesOf(node),
    description: `${node['deprecated'] === true ? 'Deprecated. ' : ''}${typeof description === 'string' ? description : ''}`,
  })
  addFields(walk, schema)
}

/** The schema that a reference leads to in the end. References in a circle have been refused before. */
function follow({ references }: Walk, schema: unknown): SchemaNode | undefined {
  if (!isNode(schema)) return undefined
  let node = schema
  for (let target = references.targets.get(String(node['$ref'])); target !== undefined; ) {
    node = target.schema
    target = references.targets.get(String(node['$ref']))
  }
  return node
}

function alternativesOf(node: SchemaNode): readonly unknown[] {
  return [...(listedSchemas(node, 'oneOf') ?? []), ...(listedSchemas(node, 'anyOf') ?? [])]
}

/** A type in few words. */
function typeOf(walk: Walk, schema: unknown): string {
  const node = follow(walk, schema)
  if (node === undefined) return schema === false ? 'nothing' : 'anything'
  if (walk.open.includes(node)) return 'as above'
  const { type, items, format } = node
  if ('const' in node) return JSON.stringify(node['const'])
  if (Array.isArray(node['enum'])) return 'one of the values'
  const types = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : []
  const names = types.map((name) => {
    if (name === 'array' && isNode(items))
      return `array of ${typeOf({ ...walk, open: [...walk.open, node] }, items)}`
    return name === 'string' && typeof format === 'string' ? `${name} (${format})` : name
  })
  const alternatives = alternativesOf(node).length
  if (alternatives > 0) names.push(`one of ${alternatives} alternatives`)
  return names.length === 0
    ? namedSchemas(node, 'properties').length > 0
      ? 'object'
      : 'anything'
    : names.join(' or ')
}

/** Keywords that bound a value, in the order in which they are shown. */
const RULES: readonly string[] = [
  'enum',
  'x-extensible-enum',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'default',
]

/** Characters of a rule: long lists are read in the schema itself. */
const RULE_LENGTH = 200

function rulesOf(node: SchemaNode): string[] {
  return RULES.filter((keyword) => Object.hasOwn(node, keyword)).map((keyword) => {
    const value = node[keyword]
    const text = `${keyword}: ${typeof value === 'string' ? value : JSON.stringify(value)}`
    return text.length > RULE_LENGTH ? `${text.slice(0, RULE_LENGTH)}...` : text
  })
}
