// An event type of the registry as a definition file that people read, review and change.

import { canonicalText, compactJson } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { stringify } from 'yaml'
import { EVENT_TYPE_FIELDS } from '../definitions/event-type-fields.ts'
import { parseText } from '../definitions/parse-text.ts'
import { checkBounds } from '../schema/check-bounds.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'

/** The languages that definition files are written in. */
export type DefinitionFormat = 'yaml' | 'json'

/** In the order that they are written in. What else a registry answers follows by name. */
const FIELDS: readonly string[] = EVENT_TYPE_FIELDS

const MARK =
  'Written by "rioni pull", which writes it anew and, with --prune, removes it when the event type is gone.'

/** They change when nothing that matters does. */
const LEFT_OUT = new Set(['created_at', 'updated_at', 'schema'])

/**
 * Writes an event type as a definition file in the shape of the API. The same event type gives the same bytes. The schema
 * is an object where that loses nothing but its layout, else the text that the registry has; its keys keep their order.
 * Times are left out: they change when nothing that matters does.
 */
export function formatDefinition(eventType: EventType, format: DefinitionFormat): string {
  const fields: SchemaNode = { ...eventType }
  const known = FIELDS.filter((name) => Object.hasOwn(fields, name))
  const others = Object.keys(fields)
    .filter((name) => !FIELDS.includes(name) && !LEFT_OUT.has(name))
    .sort()
  const definition = Object.fromEntries([...known, ...others].map((name) => [name, fields[name]]))
  const asObject = { ...definition, schema: writeSchema(eventType.schema) }
  const written = write(asObject, format)
  // Some names are special to YAML or to JavaScript. Whoever uses them gets the schema as the registry has it.
  if (saysTheSame(written, asObject, format)) return written
  return write({ ...definition, schema: withoutTime(eventType.schema) }, format)
}

/** Whether a file was written by `formatDefinition`. */
export function isPulled(text: string): boolean {
  return text.startsWith(`# ${MARK}\n`) || text.startsWith(`{\n  "$comment": ${JSON.stringify(MARK)},\n`)
}

/** Longest name of a file without its extension, so that no file system finds it too long. */
const MAX_NAME_LENGTH = 200

/** Names that mean a device on some systems. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/

/**
 * The name of the file of an event type. Where upper case or length could make two files one, a hash tells them apart.
 *
 * @param hash - a function from a text to hexadecimal digits
 */
export function definitionFileName(
  eventType: string,
  format: DefinitionFormat,
  hash: (text: string) => string,
): string {
  const plain = eventType.replace(/[^\w.-]/g, '_')
  const isClear =
    plain === eventType &&
    /^[a-z]/.test(plain) &&
    plain === plain.toLowerCase() &&
    plain.length <= MAX_NAME_LENGTH &&
    !DEVICE.test(plain)
  const name = isClear
    ? plain
    : `${plain.toLowerCase().slice(0, MAX_NAME_LENGTH)}-${hash(eventType).slice(0, 8)}`
  return `${name.replace(/^[^a-z]/, 'x')}.${format}`
}

function writeSchema(schema: EventType['schema']): SchemaNode {
  const { schema: text, ...rest } = withoutTime(schema)
  if (schema.type !== 'json_schema') return { ...rest, schema: text }
  const value = parse(schema.schema)
  const isExact =
    isNode(value) && checkBounds(value) === undefined && JSON.stringify(value) === compactJson(schema.schema)
  return { ...rest, schema: isExact ? value : text }
}

/** The type first, for people; then what else the registry answers. */
function withoutTime(schema: EventType['schema']): SchemaNode {
  const { type, version, created_at: _, ...rest } = schema
  return { type, version, ...rest }
}

function write(definition: SchemaNode, format: DefinitionFormat): string {
  if (format === 'json') return `${JSON.stringify({ $comment: MARK, ...definition }, null, 2)}\n`
  const text = stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' })
  return `# ${MARK}\n${text}`
}

function saysTheSame(text: string, definition: SchemaNode, format: DefinitionFormat): boolean {
  const parsed = parseText(`definition.${format}`, text)
  if (!parsed.ok || !isNode(parsed.value)) return false
  const { $comment: _, ...value } = parsed.value
  return canonicalText(value) === canonicalText(definition)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
