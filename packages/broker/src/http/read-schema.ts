import type { NewEventTypeSchema, SchemaType } from '@rioni/protocol'
import {
  fieldsOf,
  missing,
  optionalText,
  type ReadBody,
  readWith,
  UnreadableBodyError,
} from './read-fields.ts'

const SCHEMA_TYPES: readonly SchemaType[] = ['json_schema', 'avro_schema']

/** Reads a schema that is to be stored, `{"type","schema"}`; version and time are not the client's to say. */
export function readSchema(body: unknown): ReadBody<NewEventTypeSchema> {
  return readWith(() => {
    const fields = fieldsOf(body, '')
    const type = readType(optionalText(fields.get('type'), 'type'))
    const schema = optionalText(fields.get('schema'), 'schema')
    if (type !== undefined && schema !== undefined) return { kind: 'read', value: { type, schema } }
    const violations = [
      ...(type === undefined ? [missing('type')] : []),
      ...(schema === undefined ? [missing('schema')] : []),
    ]
    return { kind: 'invalid', violations }
  })
}

/** Reads a schema that is to be compared with another one, `{"schema"}`. */
export function readSchemaText(body: unknown): ReadBody<string> {
  return readWith(() => {
    const schema = optionalText(fieldsOf(body, '').get('schema'), 'schema')
    return schema === undefined
      ? { kind: 'invalid', violations: [missing('schema')] }
      : { kind: 'read', value: schema }
  })
}

function readType(text: string | undefined): SchemaType | undefined {
  const type = SCHEMA_TYPES.find((name) => name === text?.toLowerCase())
  if (text === undefined || type !== undefined) return type
  throw new UnreadableBodyError(
    `Illegal enum value: '${text}'. Possible values: [${SCHEMA_TYPES.join(', ')}]`,
  )
}
