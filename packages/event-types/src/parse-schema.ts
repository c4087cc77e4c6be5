import { isJsonObject, type JsonObject } from './json-value.ts'
import { SchemaError } from './schema-error.ts'
import { limitSchemaText } from './schema-limits.ts'
import { parseStrictJson, StrictJsonError } from './strict-json.ts'

/**
 * Parses the text of a JSON schema, with the broker's own idea of JSON.
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
    return parseStrictJson(text).value
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error
    throw new SchemaError(`schema must be a valid json: ${error.message}`)
  }
}
