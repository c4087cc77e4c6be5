// Event types that an API document describes: what is said of them beside their schema.

import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaPlace } from './schema-place.ts'
import type { DocumentKind } from './source-document.ts'

/** An event type that was found in an API document. */
export interface DescribedEvent {
  /** The event type in the API's shape, without its schema. */
  readonly eventType: SchemaNode
  /** Where its schema is. */
  readonly place: SchemaPlace
  readonly schema: unknown
  /** What kind of schema that is. */
  readonly dialect: DocumentKind
}

/** What a config says of an event type of an API document. */
export interface EventTypeMapping {
  /** JSON pointer to the schema, such as `/components/schemas/OrderPlaced`. */
  readonly pointer: string
  /** @default 'business' */
  readonly category?: 'business' | 'data' | 'undefined'
  /** The application that owns the event type. */
  readonly owningApplication?: string
  /** @default 'forward' */
  readonly compatibilityMode?: 'compatible' | 'forward' | 'none'
}

/** The extensions that name an event type: a text or an object in the API's shape without the schema. */
const EXTENSIONS = ['x-nakadi-event-type', 'x-event-type']

/** The event type that an extension of a node names; undefined when there is none. */
export function namedEventType(node: SchemaNode, document: unknown): SchemaNode | undefined {
  for (const extension of EXTENSIONS) {
    const value = node[extension]
    if (typeof value === 'string') return eventTypeCalled(value, document)
    if (isNode(value)) return { ...eventTypeCalled(String(value['name'] ?? ''), document), ...value }
  }
  return undefined
}

/** An event type of which only the name is known. */
export function eventTypeCalled(name: string, document: unknown): SchemaNode {
  const info = isNode(document) && isNode(document['info']) ? document['info'] : {}
  const owner = info['x-owning-application'] ?? info['title']
  return {
    name,
    category: 'business',
    ...(typeof owner === 'string' ? { owning_application: owner } : {}),
    enrichment_strategies: ['metadata_enrichment'],
  }
}
