// Rules about what a schema as a whole says.

import { nearestWord } from '../config/nearest-word.ts'
import { isNode, listedStrings, namedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import { atField, atSchema, type LintRule, type LintSubject, type Remark } from './lint-rule.ts'
import type { VisitedSchema } from './visit-schemas.ts'

/** Characters of a description that people still read. */
const LONGEST_DESCRIPTION = 1_000

/** Keywords of JSON Schema from draft 4 to 2020-12, and of OpenAPI. */
const KEYWORDS: readonly string[] = [
  '$schema',
  '$id',
  'id',
  '$ref',
  '$comment',
  '$defs',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$vocabulary',
  'definitions',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'items',
  'additionalItems',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'minItems',
  'maxItems',
  'uniqueItems',
  'unevaluatedItems',
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'nullable',
  'discriminator',
  'externalDocs',
  'xml',
]

const KNOWN: ReadonlySet<string> = new Set(KEYWORDS)

/** What is near a short one is another word more often than a mistake. */
const LONG_KEYWORDS = KEYWORDS.filter((keyword) => keyword.length > 3)

/** Rules about schemas. */
export const SCHEMA_RULES: readonly LintRule[] = [
  {
    id: 'keyword-typo',
    level: 'error',
    summary: 'Every keyword of the schema is one that has an effect.',
    remedy: 'Correct the spelling; a keyword that nobody knows is ignored.',
    check: ({ nodes }) =>
      nodes.flatMap((node) =>
        Object.keys(node.schema).flatMap((keyword): Remark[] => {
          if (KNOWN.has(keyword) || keyword.startsWith('x-')) return []
          const near = nearestWord(keyword, LONG_KEYWORDS, keyword.length < 8 ? 1 : 2)
          if (near === undefined || isPrefixed(keyword, near)) return []
          return [
            {
              at: atSchema(node, keyword),
              message: `the keyword ${keyword} has no effect; did you mean ${near}?`,
            },
          ]
        }),
      ),
  },
  {
    id: 'required-unknown',
    level: 'error',
    summary: 'Every required property is described.',
    remedy: 'Describe the property, or correct its name in required.',
    check: ({ nodes }) =>
      nodes.flatMap((node) => {
        // Beside references and combinations the property may be described elsewhere.
        if (node.schema['properties'] === undefined || isCombined(node.schema) || isMember(node.path))
          return []
        const described = new Set(namedSchemas(node.schema, 'properties').map(([name]) => name))
        return listedStrings(node.schema, 'required')
          .filter((name) => !described.has(name))
          .map((name) => ({
            at: atSchema(node, 'required'),
            message: `${JSON.stringify(name)} is required and not described`,
          }))
      }),
  },
  {
    id: 'partition-key',
    level: 'error',
    summary: 'Properties that choose the partition are in every event.',
    remedy: 'Describe the property and add it to required; the broker refuses events without it.',
    check: partitionKeys,
  },
  {
    id: 'description',
    level: 'warning',
    summary: 'The schema says what the event means.',
    remedy: 'Add description: what happened, and when the event is published.',
    check: ({ schema }) =>
      schema === undefined || typeof schema['description'] === 'string'
        ? []
        : [{ at: ['schema', 'schema'], message: 'the schema has no description' }],
  },
  {
    id: 'description-size',
    level: 'warning',
    summary: `Descriptions have at most ${LONGEST_DESCRIPTION} characters.`,
    remedy: 'Say the essential, and put the rest into a document.',
    check: ({ nodes }) =>
      nodes.flatMap((node) => {
        const { description } = node.schema
        return typeof description === 'string' && description.length > LONGEST_DESCRIPTION
          ? [
              {
                at: atSchema(node, 'description'),
                message: `the description has ${description.length} characters, more than ${LONGEST_DESCRIPTION}`,
              },
            ]
          : []
      }),
  },
  {
    id: 'additional-properties',
    level: 'warning',
    summary: 'Objects are open for new properties, and promise nothing about unknown ones.',
    remedy:
      'Leave additionalProperties out, or make a map of it: an object below that has no other properties.',
    check: ({ nodes, eventType }) =>
      nodes.flatMap((node) => {
        const others = node.schema['additionalProperties']
        if (others === undefined || (others === false && eventType.compatibility_mode === 'compatible'))
          return []
        if (isMap(node)) return []
        const message =
          others === false
            ? 'additionalProperties: false makes every new property a breaking change for whoever validates'
            : 'additionalProperties lets producers send what the schema does not describe'
        return [{ at: atSchema(node, 'additionalProperties'), message }]
      }),
  },
]

/** Rule 216: a map is an object with `additionalProperties` for its values. The event itself is none. */
function isMap({ schema, path }: VisitedSchema): boolean {
  return path.length > 0 && isNode(schema['additionalProperties']) && !Object.hasOwn(schema, 'properties')
}

/** `tsType` is a word of a tool and not a slip of the pen. */
function isPrefixed(keyword: string, near: string): boolean {
  return keyword.toLowerCase().endsWith(near.toLowerCase())
}

function isCombined(schema: SchemaNode): boolean {
  return ['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => Object.hasOwn(schema, keyword))
}

/** Members of a combination speak of an object that is described beside them. */
function isMember(path: readonly string[]): boolean {
  return path.some((segment) => ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'].includes(segment))
}

function partitionKeys({ eventType, schema }: LintSubject): Remark[] {
  if (schema === undefined || eventType.partition_strategy !== 'hash') return []
  return (eventType.partition_key_fields ?? [])
    .filter((field) => !field.startsWith('metadata.'))
    .flatMap((field) => {
      const gap = gapOnTheWay(schema, field.split('.'))
      if (gap === undefined) return []
      return [
        { at: atField('partition_key_fields'), message: `the key ${field} is not ${gap} in the schema` },
      ]
    })
}

/** What events need not have of a path. Where references or combinations say more, nothing is known. */
function gapOnTheWay(schema: SchemaNode, [name = '', ...rest]: readonly string[]): string | undefined {
  if (isCombined(schema) || Object.hasOwn(schema, 'patternProperties')) return undefined
  const property = namedSchemas(schema, 'properties').find(([known]) => known === name)?.[1]
  if (property === undefined) return 'described'
  if (!listedStrings(schema, 'required').includes(name)) return 'required'
  return rest.length > 0 && isNode(property) ? gapOnTheWay(property, rest) : undefined
}
