// Event types of an OpenAPI document: component schemas that an extension names, or that a config maps a name to.

import { parsePointer, valueAt } from '../schema/json-pointer.ts'
import { isNode } from '../schema/json-schema.ts'
import {
  type DescribedEvent,
  type EventTypeMapping,
  eventTypeCalled,
  namedEventType,
} from './described-event.ts'
import type { SourceDocument } from './source-document.ts'

/** Finds the event types that extensions of component schemas name. */
export function eventsOfOpenApi({ file, value, kind }: SourceDocument): DescribedEvent[] {
  const schemas = valueAt(value, ['components', 'schemas'])
  if (!isNode(schemas)) return []
  return Object.entries(schemas).flatMap(([name, schema]): DescribedEvent[] => {
    const eventType = isNode(schema) ? namedEventType(schema, value) : undefined
    if (eventType === undefined || !isNode(schema)) return []
    const place = { file, path: ['components', 'schemas', name] }
    return [{ eventType, place, schema: withoutExtensions(schema), dialect: kind }]
  })
}

/** An event type that a config maps to a place; undefined when there is nothing at that place. */
export function mappedEvent(
  { file, value, kind }: SourceDocument,
  name: string,
  mapping: EventTypeMapping,
): DescribedEvent | undefined {
  const path = parsePointer(mapping.pointer.replace(/^#/, ''))
  const schema = path === undefined ? undefined : valueAt(value, path)
  if (path === undefined || !isNode(schema)) return undefined
  const { category, owningApplication, compatibilityMode } = mapping
  const eventType = {
    ...eventTypeCalled(name, value),
    ...(category === undefined ? {} : { category }),
    ...(category === 'undefined' ? { enrichment_strategies: [] } : {}),
    ...(owningApplication === undefined ? {} : { owning_application: owningApplication }),
    ...(compatibilityMode === undefined ? {} : { compatibility_mode: compatibilityMode }),
  }
  return { eventType, place: { file, path }, schema: withoutExtensions(schema), dialect: kind }
}

/** What names the event type is no part of its schema. */
function withoutExtensions(schema: object): unknown {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== 'x-nakadi-event-type' && key !== 'x-event-type'),
  )
}
