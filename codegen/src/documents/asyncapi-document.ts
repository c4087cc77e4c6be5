// All event types as one AsyncAPI 3 document: a channel and a message for each. It is also a source to generate from: what
// AsyncAPI has no word for is in the extension that we read.

import { stringify } from 'yaml'
import { documentBanner } from '../modules/banner.ts'
import { canonicalJson } from '../schema/canonical-json.ts'
import { formatPointer } from '../schema/json-pointer.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { DocumentedEvent } from './page-index.ts'

/** Prints the document. */
export function printAsyncApi(events: readonly DocumentedEvent[]): string {
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Event types', version: '1.0.0' },
    defaultContentType: 'application/json',
    channels: byName(events, ({ eventType: { name } }) => ({
      address: name,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
    })),
    components: { messages: byName(events, messageOf) },
  }
  // Aliases would only be shorter.
  return `${documentBanner('the event types in it')}\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })}`
}

function byName(
  events: readonly DocumentedEvent[],
  write: (definition: DocumentedEvent['definition']) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(events.map(({ definition }) => [definition.eventType.name, write(definition)]))
}

function messageOf({ eventType, schemaVersion }: DocumentedEvent['definition']): unknown {
  const { schema: submitted, ...about } = eventType
  const schema: unknown = JSON.parse(submitted.schema)
  const description = isNode(schema) ? schema['description'] : undefined
  const place = ['components', 'messages', about.name, 'payload', 'schema']
  return {
    name: about.name,
    ...(typeof description === 'string' ? { description } : {}),
    'x-nakadi-event-type': canonicalJson(about),
    ...(schemaVersion === undefined ? {} : { 'x-nakadi-schema-version': schemaVersion }),
    payload: {
      schemaFormat: `application/schema+json;version=draft-${usesDraft4(schema) ? '04' : '07'}`,
      schema: relocate(canonicalJson(schema), `#${formatPointer(place)}`),
    },
  }
}

/** References within the schema become references within the document. Schemas are bounded in depth by now. */
function relocate(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((item) => relocate(item, base))
  if (!isNode(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' && member.startsWith('#')
        ? `${base}${member.slice(1)}`
        : relocate(member, base),
    ]),
  )
}

/** Bounds that are on or off are of draft 4. */
function usesDraft4(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(usesDraft4)
  if (!isNode(value)) return false
  return hasBooleanBound(value) || Object.values(value).some(usesDraft4)
}

function hasBooleanBound(node: SchemaNode): boolean {
  return typeof node['exclusiveMinimum'] === 'boolean' || typeof node['exclusiveMaximum'] === 'boolean'
}
