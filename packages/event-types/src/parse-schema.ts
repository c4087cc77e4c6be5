import { isJsonObject, type JsonObject } from './json-value.ts'
import { SchemaError } from './schema-error.ts'
import { limitSchemaText } from './schema-limits.ts'

/**
 * Parses the text of a JSON schema.
 *
 * @throws SchemaError when it is not JSON, no JSON object, too long or too deep.
 */
export function parseSchema(text: string): JsonObject {
  limitSchemaText(text)
  const schema = parseJson(text)
  if (isJsonObject(schema)) return schema
  throw new SchemaError("schema must be a valid json: a JSON object must begin with '{'")
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SchemaError(`schema must be a valid json: ${error instanceof Error ? error.message : error}`)
  }
}
