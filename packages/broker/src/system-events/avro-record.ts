// The schemas of the KPI event types: flat Avro records.

/** The types that their fields have. */
export type AvroFieldType = 'string' | 'int' | 'long' | readonly ['null', 'string']

/** The text of a record schema with these fields. */
export function avroRecord(name: string, fields: Readonly<Record<string, AvroFieldType>>): string {
  return JSON.stringify({
    type: 'record',
    name,
    namespace: 'org.zalando.nakadi.generated.avro',
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
  })
}
