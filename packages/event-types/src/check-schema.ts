import type { NewEventType } from '@rioni/protocol'
import { CheckBudgetError, createCheckBudget } from './check-budget.ts'
import { COMPATIBLE_META_SCHEMA } from './compatible-meta-schema.ts'
import { compileSchema } from './compile-schema.ts'
import { definesProperty } from './defines-property.ts'
import { type EventForm, effectiveSchema } from './effective-schema.ts'
import { explain } from './explain.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import type { LoadedDocument } from './loaded-schema.ts'
import { AvroSchemaError, parseAvroSchema } from './parse-avro-schema.ts'
import { parseSchema } from './parse-schema.ts'
import { SchemaError } from './schema-error.ts'
import { loadSchema } from './schema-loader.ts'
import { violationLeaves } from './violation.ts'

/** The parts of an event type that the acceptance of its schema depends on. */
export type SchemaCandidate = EventForm &
  Pick<NewEventType, 'ordering_key_fields' | 'ordering_instance_ids' | 'event_owner_selector'>

/**
 * Decides whether the broker accepts the schema of an event type. Undefined if so, otherwise the detail of
 * its 422. A JSON schema that passes can be compiled by `createEventValidator`. Of an Avro schema nothing
 * is asked but that it is one.
 */
export function checkSchema(eventType: SchemaCandidate): string | undefined {
  if (eventType.schema.type === 'avro_schema') return checkAvroSchema(eventType.schema.schema)
  try {
    const schema = parseSchema(eventType.schema.schema)
    checkRoot(schema)
    const { patterns } = loadSchema(schema)
    checkReservedNames(schema, eventType)
    checkDefinedFields(eventType, patterns)
    if (eventType.compatibility_mode === 'compatible') checkKeywords(schema)
    return undefined
  } catch (error) {
    if (error instanceof SchemaError) return error.message
    if (error instanceof CheckBudgetError) return 'schema too complex: it takes too long to check'
    throw error
  }
}

function checkAvroSchema(text: string): string | undefined {
  try {
    parseAvroSchema(text)
    return undefined
  } catch (error) {
    if (error instanceof AvroSchemaError) return `failed to parse avro schema ${error.message}`
    throw error
  }
}

function checkRoot(schema: JsonObject): void {
  const type = ownValue(schema, 'type')
  if (type !== undefined && type !== 'object') {
    throw new SchemaError('"type" of root element in schema can only be "object"')
  }
}

function checkReservedNames(schema: JsonObject, { category }: SchemaCandidate): void {
  const properties = ownValue(schema, 'properties')
  if (category === 'business' && isJsonObject(properties) && Object.hasOwn(properties, 'metadata')) {
    throw new SchemaError('"metadata" property is reserved')
  }
}

/** Fields that the event type refers to must be properties of its events, `metadata` and `data` included. */
function checkDefinedFields(eventType: SchemaCandidate, patterns: LoadedDocument['patterns']): void {
  const document = loadSchema(effectiveSchema(eventType), { compiled: patterns })
  const selector = eventType.event_owner_selector
  const keys = eventType.ordering_key_fields ?? []
  const instanceIds = eventType.ordering_instance_ids ?? []
  const checkField = (field: string, paths: readonly string[]): void => {
    const absent = paths.filter((path) => !definesProperty(document, path.split('.')))
    if (absent.length > 0) throw new SchemaError(`${field} [${absent.join(', ')}] absent in schema`)
  }
  if (selector?.type === 'path') checkField('event_owner_selector.value', [selector.value])
  checkField('ordering_key_fields', keys)
  checkField('ordering_instance_ids', instanceIds)
  if (instanceIds.length > 0 && keys.length === 0) {
    throw new SchemaError(
      '`ordering_instance_ids` field can not be defined without defining `ordering_key_fields`',
    )
  }
}

function checkKeywords(schema: JsonObject): void {
  const budget = createCheckBudget()
  const document = loadSchema(COMPATIBLE_META_SCHEMA)
  const { check, parts } = compileSchema(document, budget)
  if (check(schema)) return
  const found = explain(document, schema, { budget, parts })
  if (found === undefined) return
  const reasons = violationLeaves(found).map(
    ({ pointer, text }) => `Invalid schema found in [${pointer}]: ${text}`,
  )
  throw new SchemaError(`Invalid schema: ${reasons.join(', ')}`)
}
