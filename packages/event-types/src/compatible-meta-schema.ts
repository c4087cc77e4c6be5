import type { JsonObject } from './json-value.ts'

const SCHEMA = { $ref: '#' }
const SCHEMA_LIST = { type: 'array', minItems: 1, items: SCHEMA }
const SCHEMA_MAP = { type: 'object', additionalProperties: SCHEMA }
const COUNT = { type: 'integer', minimum: 0 }
const NAMES = { type: 'array', items: { type: 'string' }, uniqueItems: true }
const TYPE = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }

/**
 * What schemas of event types in `compatible` mode may contain: draft-04 without `not`, without
 * `additionalItems`, and without any keyword of one's own. For only such schemas is it decidable which
 * changes keep old events valid.
 */
export const COMPATIBLE_META_SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    $schema: { type: 'string' },
    $ref: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    default: {},
    format: { type: 'string' },
    type: { anyOf: [TYPE, { type: 'array', items: TYPE, minItems: 1, uniqueItems: true }] },
    enum: { type: 'array', minItems: 1, uniqueItems: true },
    allOf: SCHEMA_LIST,
    anyOf: SCHEMA_LIST,
    oneOf: SCHEMA_LIST,
    definitions: SCHEMA_MAP,
    properties: SCHEMA_MAP,
    patternProperties: SCHEMA_MAP,
    additionalProperties: { anyOf: [{ type: 'boolean' }, SCHEMA] },
    dependencies: { type: 'object', additionalProperties: { anyOf: [SCHEMA, NAMES] } },
    required: NAMES,
    minProperties: COUNT,
    maxProperties: COUNT,
    items: { anyOf: [SCHEMA, SCHEMA_LIST] },
    minItems: COUNT,
    maxItems: COUNT,
    uniqueItems: { type: 'boolean' },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    exclusiveMinimum: { type: 'boolean' },
    exclusiveMaximum: { type: 'boolean' },
    multipleOf: { type: 'number', minimum: 0, exclusiveMinimum: true },
    minLength: COUNT,
    maxLength: COUNT,
    pattern: { type: 'string' },
  },
  dependencies: { exclusiveMinimum: ['minimum'], exclusiveMaximum: ['maximum'] },
  additionalProperties: false,
}
