// Event types of an AsyncAPI 3 document: the messages of its channels. A message is called what an extension says, else
// as its channel when it is the only one there, else by its own name.

import { parseLocalReference, valueAt } from '../schema/json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import { type DescribedEvent, eventTypeCalled, namedEventType } from './described-event.ts'
import type { DocumentKind, SourceDocument } from './source-document.ts'

/** A part of a document, and the way to it. */
interface Part {
  readonly path: readonly string[]
  readonly node: SchemaNode
}

/** A message whose payload is of a format that cannot be read, and its path. */
export interface UnreadableMessage {
  readonly path: readonly string[]
  readonly message: string
}

/** What an AsyncAPI document holds. */
export interface AsyncApiEvents {
  readonly events: readonly DescribedEvent[]
  readonly unreadable: readonly UnreadableMessage[]
}

/** Finds the event types of the messages of all channels. */
export function eventsOfAsyncApi(document: SourceDocument): AsyncApiEvents {
  const { value } = document
  const channels = valueAt(value, ['channels'])
  const events = new Map<string, DescribedEvent>()
  const unreadable: UnreadableMessage[] = []
  for (const key of isNode(channels) ? Object.keys(channels) : []) {
    const channel = follow(value, ['channels', key])
    const messages = channel === undefined ? {} : channel.node['messages']
    const names = isNode(messages) ? Object.keys(messages) : []
    for (const name of names) {
      const message = follow(value, [...(channel?.path ?? []), 'messages', name])
      if (channel === undefined || message === undefined) continue
      const merged = withTraits(value, message)
      const eventType =
        namedEventType(merged, value) ??
        (names.length === 1 ? namedEventType(channel.node, value) : undefined) ??
        eventTypeCalled(names.length === 1 ? addressOf(channel.node, key) : nameOf(merged, name), value)
      const found = payloadOf(document, { ...message, node: merged })
      // Several channels may carry one message; it is one event type still.
      const id = `${String(eventType['name'])} ${message.path.join('/')}`
      if ('schema' in found) events.set(id, { eventType, ...found })
      else unreadable.push(found)
    }
  }
  return { events: [...events.values()], unreadable }
}

function addressOf(channel: SchemaNode, key: string): string {
  return typeof channel['address'] === 'string' ? channel['address'] : key
}

function nameOf(message: SchemaNode, key: string): string {
  return typeof message['name'] === 'string' ? message['name'] : key
}

/** The part at a path or, when it is a reference within the document, what that leads to. */
function follow(document: unknown, path: readonly string[]): Part | undefined {
  let current = path
  // A document has few such references in a row; more of them go in a circle.
  for (let steps = 0; steps < 10; steps++) {
    const node = valueAt(document, current)
    if (!isNode(node)) return undefined
    const reference = node['$ref']
    if (typeof reference !== 'string') return { path: current, node }
    const target = parseLocalReference(reference)
    if (target === undefined) return undefined
    current = target
  }
  return undefined
}

/** A message with what its traits say; the message itself comes first (AsyncAPI 3, "Message Trait Object"). */
function withTraits(document: unknown, { path, node }: Part): SchemaNode {
  const traits = (listedSchemas(node, 'traits') ?? []).map(
    (_, index) => follow(document, [...path, 'traits', String(index)])?.node ?? {},
  )
  return Object.assign({}, ...traits, node)
}

/** The payload's schema, which may stand beside its format (AsyncAPI 3, "Multi Format Schema Object"). */
function payloadOf(
  { file }: SourceDocument,
  { path, node }: Part,
): Omit<DescribedEvent, 'eventType'> | UnreadableMessage {
  const payload = node['payload']
  const hasFormat = isNode(payload) && typeof payload['schemaFormat'] === 'string'
  const format = hasFormat ? String(payload['schemaFormat']) : ''
  const dialect = dialectOf(format)
  if (payload === undefined) return { path, message: 'the message has no payload' }
  if (dialect === undefined) {
    return {
      path: [...path, 'payload', 'schemaFormat'],
      message: `payloads of format ${JSON.stringify(format)} cannot be read`,
    }
  }
  return hasFormat
    ? { place: { file, path: [...path, 'payload', 'schema'] }, schema: payload['schema'], dialect }
    : { place: { file, path: [...path, 'payload'] }, schema: payload, dialect }
}

function dialectOf(format: string): DocumentKind | undefined {
  if (format === '' || /^application\/(vnd\.aai\.asyncapi|schema)\b/.test(format)) return 'asyncapi'
  if (!format.startsWith('application/vnd.oai.openapi')) return undefined
  return /version=3\.0\b/.test(format) ? 'openapi-3.0' : 'openapi-3.1'
}
