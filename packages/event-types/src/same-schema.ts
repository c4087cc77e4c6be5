import type { NewEventTypeSchema } from '@rioni/protocol'
import { avroCanonicalForm } from './avro-canonical-form.ts'
import { canonicalText } from './json-value.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'
import { parseSchema } from './parse-schema.ts'

/**
 * True when two schemas say the same, whatever their layout: JSON schemas with equal content, Avro schemas
 * with equal parsing fingerprints. A broker that is asked for the stored schema that equals one sent along
 * compares so.
 *
 * @throws SchemaError, AvroSchemaError for a text that `checkSchema` refuses.
 */
export function sameSchema(first: NewEventTypeSchema, second: NewEventTypeSchema): boolean {
  return first.type === second.type && contentOf(first) === contentOf(second)
}

function contentOf({ type, schema }: NewEventTypeSchema): string {
  return type === 'avro_schema'
    ? avroCanonicalForm(parseAvroSchema(schema))
    : canonicalText(parseSchema(schema))
}
