// GitHub's webhooks as Nakadi event types. Pure: schemas in, event type definitions and a list of adaptations out.

import type { NewEventType } from '@rioni/protocol'
import { type Definitions, definitionName, type JsonSchema, type Webhook } from './github.ts'

/** The application that owns the event types of this example. */
export const OWNING_APPLICATION = 'github'

/** A webhook as an event type, and what had to be changed in its schema for that. */
export interface AdaptedWebhook {
  readonly webhook: string
  readonly eventType: NewEventType
  readonly adaptations: readonly string[]
}

/**
 * Where a webhook's events belong together, most telling first: events of one repository, or else of one organization,
 * installation, hook, user or advisory, share a partition and so keep their order.
 */
const PARTITION_KEYS = [
  'repository.id',
  'organization.id',
  'installation.id',
  'hook_id',
  'sender.id',
  'security_advisory.ghsa_id',
]

/** Partitions of an event type with many payloads; the others have one. */
const BUSY_PARTITIONS = 2

/**
 * Turns one webhook into a business event type, partitioned by hash on a field that its schema requires.
 *
 * @param busy - gives the event type more than one partition
 */
export function adaptWebhook(webhook: Webhook, definitions: Definitions, busy: boolean): AdaptedWebhook {
  const original = definitionOf(webhook.definition, definitions)
  const { schema, opened } = admitMetadata(original, definitions)
  const reached = reachableDefinitions(schema, { ...definitions, ...opened })
  const embedded = Object.keys(reached).length
  const variants = Object.keys(opened).length
  const adaptations = [
    ...(embedded > 0 ? [`embedded ${embedded} definitions`] : []),
    ...(variants > 0 ? [`allowed "metadata" in ${variants} closed variant${variants > 1 ? 's' : ''}`] : []),
    ...(busy ? [`gave it ${BUSY_PARTITIONS} partitions, for its many payloads`] : []),
  ]
  const parallelism = busy ? BUSY_PARTITIONS : 1
  const eventType: NewEventType = {
    name: `github.${webhook.name}`,
    owning_application: OWNING_APPLICATION,
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    partition_strategy: 'hash',
    partition_key_fields: [partitionKey(webhook.name, original, definitions)],
    compatibility_mode: 'forward',
    default_statistic: {
      messages_per_minute: 100,
      message_size: 10_000,
      read_parallelism: parallelism,
      write_parallelism: parallelism,
    },
    schema: {
      type: 'json_schema',
      schema: JSON.stringify({
        $schema: 'http://json-schema.org/draft-07/schema#',
        ...withoutSchemaKeyword(schema),
        definitions: reached,
      }),
    },
  }
  return { webhook: webhook.name, eventType, adaptations }
}

/**
 * The broker adds `metadata` to every business event, beside the properties of its schema. A closed schema at the root
 * is opened for it by the broker itself; variants below a `oneOf` that are closed on their own would refuse it, so they
 * are copied with `metadata` allowed. Nothing else changes: what GitHub's schema refuses is still refused.
 */
function admitMetadata(
  root: JsonSchema,
  definitions: Definitions,
): { schema: JsonSchema; opened: Record<string, JsonSchema> } {
  const opened: Record<string, JsonSchema> = {}
  const openVariants = (schema: JsonSchema): JsonSchema =>
    schema.oneOf ? { ...schema, oneOf: schema.oneOf.map(openVariant) } : schema
  const openVariant = (variant: JsonSchema): JsonSchema => {
    if (!variant.$ref) return allowMetadata(openVariants(variant))
    const name = definitionName(variant.$ref)
    opened[name] = allowMetadata(openVariants(definitionOf(name, definitions)))
    return variant
  }
  return { schema: openVariants(root), opened }
}

function allowMetadata(schema: JsonSchema): JsonSchema {
  if (schema.additionalProperties !== false) return schema
  return { ...schema, properties: { ...schema.properties, metadata: {} } }
}

/** The definitions that a schema reaches, directly or through others, so that it stands alone. */
function reachableDefinitions(schema: JsonSchema, definitions: Definitions): Record<string, JsonSchema> {
  const reached: Record<string, JsonSchema> = {}
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [keyword, value] of Object.entries(node)) {
      if (keyword === '$ref' && typeof value === 'string') reach(definitionName(value))
      else visit(value)
    }
  }
  const reach = (name: string): void => {
    if (name in reached) return
    const definition = definitionOf(name, definitions)
    reached[name] = withoutSchemaKeyword(definition)
    visit(definition)
  }
  visit(schema)
  return reached
}

function partitionKey(webhook: string, schema: JsonSchema, definitions: Definitions): string {
  const key = PARTITION_KEYS.find((path) => requires(schema, path.split('.'), definitions))
  if (!key) throw new Error(`the schema of ${webhook} requires none of ${PARTITION_KEYS.join(', ')}`)
  return key
}

/** True when every document that the schema accepts has a value at the path. */
function requires(schema: JsonSchema, path: readonly string[], definitions: Definitions): boolean {
  const [name, ...rest] = path
  if (name === undefined) return true
  if (schema.$ref) return requires(definitionOf(definitionName(schema.$ref), definitions), path, definitions)
  if (schema.oneOf) return schema.oneOf.every((variant) => requires(variant, path, definitions))
  if (schema.allOf?.some((part) => requires(part, path, definitions))) return true
  const property = schema.properties?.[name]
  return (
    property !== undefined &&
    schema.required?.includes(name) === true &&
    requires(property, rest, definitions)
  )
}

function definitionOf(name: string, definitions: Definitions): JsonSchema {
  const definition = definitions[name]
  if (!definition) throw new Error(`GitHub's schemas have no definition called ${name}`)
  return definition
}

/** Each of GitHub's definitions names its draft again; inside one document the root says it once. */
function withoutSchemaKeyword({ $schema: _, ...rest }: JsonSchema): JsonSchema {
  return rest
}
