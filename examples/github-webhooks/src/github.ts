// What GitHub publishes about its webhooks: one JSON Schema document with every webhook, and example payloads of it.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A JSON Schema as these files hold it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
  readonly $ref?: string
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
}

/** Every definition of GitHub's document by its name, such as `repository` or `push$event`. */
export type Definitions = Readonly<Record<string, JsonSchema>>

/** One webhook: its name, such as `pull_request`, and the name of its schema's definition. */
export interface Webhook {
  readonly name: string
  readonly definition: string
}

/** A JSON object whose fields are not known here. */
export type JsonObject = Readonly<Record<string, unknown>>

/** One example payload of a webhook. */
export interface Payload {
  readonly webhook: string
  readonly body: JsonObject
}

const require = createRequire(import.meta.url)

/** Reads npm `@octokit/webhooks-schemas`. */
export function readSchemas(): { definitions: Definitions; webhooks: Webhook[] } {
  const document = readJson(require.resolve('@octokit/webhooks-schemas')) as {
    readonly definitions: Definitions
    readonly oneOf: readonly { readonly $ref: string }[]
  }
  const webhooks = document.oneOf.map(({ $ref }) => {
    const definition = definitionName($ref)
    return { name: definition.replace(/[_$]event$/, ''), definition }
  })
  return { definitions: document.definitions, webhooks }
}

/**
 * Reads every payload that npm `@octokit/webhooks-examples` exports: those of github.com, which the schemas describe.
 * (Its other folders hold payloads of GitHub Enterprise Server, for which the schemas were not written.)
 */
export function readPayloads(): Payload[] {
  const webhooks = readJson(require.resolve('@octokit/webhooks-examples')) as {
    readonly name: string
    readonly examples: readonly JsonObject[]
  }[]
  return webhooks.flatMap(({ name, examples }) => examples.map((body) => ({ webhook: name, body })))
}

/** The name of the definition that a `#/definitions/...` reference points at. */
export function definitionName(ref: string): string {
  return ref.replace('#/definitions/', '')
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
