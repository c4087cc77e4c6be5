import type { JsonObject } from './json-value.ts'
import { readEvent } from './read-event.ts'
import { SchemaError } from './schema-error.ts'
import { limitSchemaText, type SchemaLimits } from './schema-limits.ts'

/**
 * Parses the text of a JSON schema. The broker reads schemas as it reads events.
 *
 * @throws SchemaError when it is not JSON, no JSON object, too long or too deep.
 */
export function parseSchema(text: string, limits?: SchemaLimits): JsonObject {
  const reading = readEvent(text, limitSchemaText(text, limits))
  if (reading.ok) return reading.event
  throw new SchemaError(`schema must be a valid json: ${reading.message}`)
}
