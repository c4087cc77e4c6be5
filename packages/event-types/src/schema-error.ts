/** A schema is not accepted. The message is what the broker answers (status 422). */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

/** A place in a schema does not follow the rules of JSON Schema; `pointer` starts with `#`. */
export function invalidSchema(pointer: string, problem: string): SchemaError {
  return new SchemaError(`schema must be a valid json-schema: ${pointer}: ${problem}`)
}
