// What a parsed file is: event type definitions, an API document, or schemas that others refer to.

import { isNode, type SchemaNode } from '../schema/json-schema.ts'

/** A parsed file of a source. */
export interface SourceDocument {
  /** Path relative to the source. */
  readonly file: string
  readonly text: string
  readonly value: unknown
  readonly kind: DocumentKind
}

/** What files can hold. `unsupported` is an API document of a form that is not known here. */
export type DocumentKind =
  | 'definitions'
  | 'schemas'
  | 'openapi-3.0'
  | 'openapi-3.1'
  | 'asyncapi'
  | 'unsupported'

/** Tells what a document is from the keys at its top. */
export function kindOf(value: unknown): DocumentKind {
  if (!isNode(value)) return 'definitions'
  const openapi = value['openapi']
  if (typeof openapi === 'string' && openapi.startsWith('3.')) {
    return openapi.startsWith('3.0.') ? 'openapi-3.0' : 'openapi-3.1'
  }
  const asyncapi = value['asyncapi']
  if (typeof asyncapi === 'string' && asyncapi.startsWith('3.')) return 'asyncapi'
  if (API_KEYS.some((key) => typeof value[key] === 'string')) return 'unsupported'
  if (EVENT_TYPE_KEYS.some((key) => Object.hasOwn(value, key))) return 'definitions'
  return SCHEMA_KEYS.some((key) => Object.hasOwn(value, key)) ? 'schemas' : 'definitions'
}

const API_KEYS = ['openapi', 'asyncapi', 'swagger']
const EVENT_TYPE_KEYS = ['name', 'category', 'owning_application', 'schema']
const SCHEMA_KEYS = [
  '$schema',
  '$id',
  'id',
  '$ref',
  '$defs',
  'definitions',
  'type',
  'properties',
  'items',
  'enum',
  'const',
  'allOf',
  'anyOf',
  'oneOf',
]

/** The path from an event type definition to its JSON Schema; undefined when that is a text, or missing. */
export function schemaPathOf(definition: SchemaNode): readonly string[] | undefined {
  const schema = definition['schema']
  if (!isNode(schema)) return undefined
  if (isBareSchema(schema)) return ['schema']
  return isNode(schema['schema']) ? ['schema', 'schema'] : undefined
}

/** True for a JSON Schema that stands where the API wants its type and text beside each other. */
export function isBareSchema(schema: SchemaNode): boolean {
  return !Object.hasOwn(schema, 'schema') && !SCHEMA_TYPES.includes(String(schema['type']))
}

const SCHEMA_TYPES = ['json_schema', 'avro_schema']

/** The path of a file without what says that it holds data or a schema: `common/money.schema.yaml` is `common/money`. */
export function fileStem(file: string): string {
  return file.replace(/(\.schema)?\.(json|ya?ml)$/, '')
}
