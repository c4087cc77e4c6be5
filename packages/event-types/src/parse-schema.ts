import { type JsonScan, scanContainer } from './json-scan.ts'
import type { JsonObject } from './json-value.ts'
import { readEvent } from './read-event.ts'
import { SchemaError } from './schema-error.ts'
import { limitSchemaText, type SchemaLimits } from './schema-limits.ts'

/** The text that was read last: whoever asks one thing about a schema mostly asks another next. */
let last: { readonly text: string; readonly scan: JsonScan; readonly schema: JsonObject } | undefined

/**
 * Parses the text of a JSON schema. The broker reads schemas as it reads events.
 *
 * @throws SchemaError when it is not JSON, no JSON object, too long or too deep.
 */
export function parseSchema(text: string, limits?: SchemaLimits): JsonObject {
  const known = last?.text === text ? last : undefined
  const scan = known?.scan ?? scanContainer(text, 0)
  limitSchemaText(text, limits, scan.depth)
  if (known !== undefined) return known.schema
  const reading = readEvent(text, scan)
  if (!reading.ok) throw new SchemaError(`schema must be a valid json: ${reading.message}`)
  last = { text, scan, schema: reading.event }
  return reading.event
}
