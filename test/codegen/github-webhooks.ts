// The webhooks of GitHub, from its own package, as event types: real schemas that nobody made for this generator.

import { createRequire } from 'node:module'
import type { NewEventType } from '@rioni/protocol'

const require = createRequire(import.meta.url)

type JsonObject = Readonly<Record<string, unknown>>

interface WebhookSchemas {
  readonly definitions: Readonly<Record<string, JsonObject>>
  readonly oneOf: readonly { readonly $ref: string }[]
}

interface WebhookExamples {
  readonly name: string
  readonly examples: readonly unknown[]
}

const schemas: WebhookSchemas = require('@octokit/webhooks-schemas')

/** Every top-level webhook as an event type, each with a copy of the definitions that it reaches. */
export const webhookEventTypes: readonly NewEventType[] = schemas.oneOf.map(({ $ref }) => {
  const definition = definitionName($ref)
  return {
    name: `github.${definition.replace(/[_$]event$/, '')}`,
    owning_application: 'github',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: { type: 'json_schema', schema: JSON.stringify(standAlone(definition)) },
  }
})

/** The example payloads of an event type. */
export function webhookExamples(eventType: string): readonly unknown[] {
  const examples: readonly WebhookExamples[] = require('@octokit/webhooks-examples')
  return examples.find(({ name }) => `github.${name}` === eventType)?.examples ?? []
}

function standAlone(definition: string): JsonObject {
  const definitions: Record<string, JsonObject> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      if (key === '$ref' && typeof member === 'string') reach(definitionName(member))
      else visit(member)
    }
  }
  const reach = (name: string): void => {
    if (name in definitions) return
    definitions[name] = schemas.definitions[name] ?? {}
    visit(definitions[name])
  }
  const root = schemas.definitions[definition]
  visit(root)
  return { ...root, $schema: 'http://json-schema.org/draft-07/schema#', definitions }
}

function definitionName($ref: string): string {
  return $ref.replace('#/definitions/', '')
}
