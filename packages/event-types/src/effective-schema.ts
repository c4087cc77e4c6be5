import type { NewEventType } from '@rioni/protocol'
import { closeContent } from './close-content.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import { mapValues } from './map-values.ts'
import { metadataSchema } from './metadata-schema.ts'
import { parseSchema } from './parse-schema.ts'
import type { SchemaLimits } from './schema-limits.ts'

/** The parts of an event type that decide what its events look like. */
export type EventForm = Pick<
  NewEventType,
  'name' | 'category' | 'schema' | 'cleanup_policy' | 'compatibility_mode'
>

/**
 * The schema that whole events are checked against: the submitted one, closed in `compatible` mode, with
 * what the event type's category adds to it.
 *
 * @param limits - of the text. @default `BROKER_LIMITS`
 * @throws SchemaError when the schema is not JSON, or no JSON object.
 */
export function effectiveSchema(eventType: EventForm, limits?: SchemaLimits): JsonObject {
  const submitted = parseSchema(eventType.schema.schema, limits)
  const closed = eventType.compatibility_mode === 'compatible' ? closeContent(submitted) : submitted
  const schema = isJsonObject(closed) ? closed : submitted
  switch (eventType.category) {
    case 'undefined':
      return schema
    case 'business':
      return withMetadata(schema, metadataSchema(eventType))
    case 'data':
      return withChange(schema, metadataSchema(eventType))
  }
}

/** A business event is the described object plus `metadata`. */
function withMetadata(schema: JsonObject, metadata: JsonObject): JsonObject {
  const properties = ownValue(schema, 'properties')
  const required = ownValue(schema, 'required')
  return {
    ...schema,
    type: 'object',
    properties: { ...(isJsonObject(properties) ? properties : {}), metadata },
    required: [
      ...(Array.isArray(required) ? required.filter((name) => name !== 'metadata') : []),
      'metadata',
    ],
  }
}

/**
 * A data change event holds the described object as `data`. Definitions move to the root, so references to
 * them still lead there; all other references are made to start at `data`. `$schema` moves too: the draft
 * belongs to the document.
 */
function withChange(schema: JsonObject, metadata: JsonObject): JsonObject {
  const { definitions, $schema, ...data } = schema
  return {
    ...($schema === undefined ? {} : { $schema }),
    ...(definitions === undefined ? {} : { definitions: moveReferences(definitions) }),
    type: 'object',
    properties: {
      metadata,
      data_type: { type: 'string' },
      data_op: { type: 'string', enum: ['C', 'U', 'D', 'S'] },
      data: moveReferences(data),
    },
    required: ['metadata', 'data_type', 'data_op', 'data'],
    additionalProperties: false,
  }
}

function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences)
  if (!isJsonObject(value)) return value
  return mapValues(value, (child, key) =>
    key === '$ref' && typeof child === 'string' ? movedReference(child) : moveReferences(child),
  )
}

function movedReference(ref: string): string {
  const stays = !ref.startsWith('#') || ref.startsWith('#/definitions/')
  return stays ? ref : `#/properties/data${ref.slice(1)}`
}
