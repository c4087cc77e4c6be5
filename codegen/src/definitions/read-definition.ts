// One item of a definition file to an event type. People write definitions by hand, so the schema may be an object
// where the API wants a string, and may stand alone where the API wants its type beside it.

import { checkEventType } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import { checkBounds } from '../schema/check-bounds.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import { isBareSchema } from '../sources/source-document.ts'

/** An event type and the pointer to its schema from the item, or what is wrong with the item. */
export type ReadDefinition =
  | {
      readonly ok: true
      readonly eventType: NewEventType
      readonly schemaVersion?: string
      readonly schemaPointer: string
    }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/** Reads one item. Pointers of problems start at the item. */
export function readDefinition(item: unknown): ReadDefinition {
  if (!isNode(item)) {
    const remedy =
      'Write an object with name, owning_application, category and schema, or an array of such objects.'
    return { ok: false, problems: [{ pointer: '', message: 'this is not an event type definition', remedy }] }
  }
  const problem = checkBounds(item)
  if (problem !== undefined) return { ok: false, problems: [problem] }
  const { input, schemaPointer } = withSchemaText(item)
  const check = checkEventType(input)
  if (check.ok) return { ok: true, eventType: check.eventType, ...versionOf(item), schemaPointer }
  const remedy = 'Correct it; the broker would refuse the event type as it is.'
  const violations = check.violations.map(({ field, message }) => ({
    pointer: fieldPointer(field),
    message: `${field} ${message}`,
    remedy: field === 'name' ? NAME_REMEDY : remedy,
  }))
  const unreadable =
    check.unreadable === undefined ? [] : [{ pointer: '', message: check.unreadable, remedy }]
  return { ok: false, problems: [...unreadable, ...violations] }
}

const NAME_REMEDY =
  'Write at most 255 letters, digits, hyphens and underscores, in parts between dots: order.order-placed.'

/** The item in the API's shape, with the schema as text. */
function withSchemaText(item: SchemaNode): { readonly input: SchemaNode; readonly schemaPointer: string } {
  const schema = item['schema']
  if (!isNode(schema)) return { input: item, schemaPointer: '/schema' }
  const isBare = isBareSchema(schema)
  const wrapped = isBare ? { type: 'json_schema', schema } : { type: 'json_schema', ...schema }
  const { schema: content } = wrapped
  return {
    input: {
      ...item,
      schema: { ...wrapped, ...(isNode(content) ? { schema: JSON.stringify(content) } : {}) },
    },
    schemaPointer: isBare ? '/schema' : '/schema/schema',
  }
}

/** Definitions that come from a registry say which version of the schema they are. */
function versionOf({ schema }: SchemaNode): { readonly schemaVersion?: string } {
  const version = isNode(schema) ? schema['version'] : undefined
  return typeof version === 'string' ? { schemaVersion: version } : {}
}

/** `default_statistic.message_size` and `lists[0].entry` as pointers. */
function fieldPointer(field: string): string {
  return field
    .split(/[.[\]]+/)
    .filter((segment) => segment !== '')
    .map((segment) => `/${segment}`)
    .join('')
}
