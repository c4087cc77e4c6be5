// Definition files of many event types, as the benchmark of the code generator needs them: large ones, in the size of
// GitHub's webhooks, and such as most registries hold.

import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

type JsonObject = Readonly<Record<string, unknown>>

const require = createRequire(import.meta.url)
const { definitions }: { readonly definitions: Readonly<Record<string, JsonObject>> } =
  require('@octokit/webhooks-schemas')

/** A kind of event types. */
export interface EventTypeKind {
  readonly name: string
  /** The name and the schema of the event type with a number. */
  eventType(index: number): { readonly name: string; readonly schema: JsonObject }
}

/**
 * Each definition of GitHub's webhooks with those that it reaches, 16 KB on average. When all had their turn they come
 * again under other names and with one property more, so that no text of a schema occurs twice because of that.
 */
export const GITHUB_SIZED: EventTypeKind = {
  name: 'GitHub-sized',
  eventType(index) {
    const names = Object.keys(definitions)
    const name = names[index % names.length] ?? ''
    const round = Math.floor(index / names.length)
    return { name: `round-${round}.${name.replaceAll('$', '.')}`, schema: standAlone(name, round) }
  },
}

/** Objects of 10 to 30 properties, some of them nested, with enums and formats: 1 to 4 KB, no two alike. */
export const TYPICAL: EventTypeKind = {
  name: 'typical',
  eventType: (index) => ({
    name: `team-${index % 20}.subject-${index}.changed`,
    schema: objectSchema(index, 10 + (index % 21), 0),
  }),
}

/** Writes one definition file per event type. */
export function writeDefinitionFiles(folder: string, kind: EventTypeKind, count: number): void {
  mkdirSync(folder, { recursive: true })
  for (let index = 0; index < count; index += 1) {
    const { name, schema } = kind.eventType(index)
    const eventType = {
      name,
      owning_application: 'bench',
      category: 'business',
      enrichment_strategies: ['metadata_enrichment'],
      schema: { type: 'json_schema', schema },
    }
    writeFileSync(join(folder, `${index}.json`), JSON.stringify(eventType))
  }
}

/** A definition with a copy of those that it reaches. */
function standAlone(name: string, round: number): JsonObject {
  const reached: Record<string, JsonObject> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      if (key === '$ref' && typeof member === 'string') reach(member.replace('#/definitions/', ''))
      else visit(member)
    }
  }
  const reach = (target: string): void => {
    if (target in reached) return
    const definition = definitions[target] ?? {}
    reached[target] = inRound(definition, round)
    visit(definition)
  }
  visit(definitions[name])
  const whole = inRound(definitions[name] ?? {}, round)
  return { ...whole, $schema: 'http://json-schema.org/draft-07/schema#', definitions: reached }
}

function inRound(schema: JsonObject, round: number): JsonObject {
  const { properties } = schema
  if (round === 0 || typeof properties !== 'object') return schema
  return { ...schema, properties: { ...properties, [`added_in_round_${round}`]: { type: 'string' } } }
}

const NOUNS = [
  'order',
  'customer',
  'parcel',
  'invoice',
  'shelf',
  'price',
  'brand',
  'return',
  'route',
  'stock',
]
const ASPECTS = [
  'id',
  'code',
  'state',
  'note',
  'amount',
  'count',
  'created_at',
  'email',
  'link',
  'items',
  'details',
]

/** Levels of objects inside of each other. */
const MAX_DEPTH = 2

function objectSchema(seed: number, size: number, depth: number): JsonObject {
  const properties: Record<string, JsonObject> = {}
  for (let at = 0; at < size; at += 1) {
    const number = seed * 31 + at * 7 + depth * 3
    const noun = NOUNS[number % NOUNS.length] ?? ''
    const aspect = ASPECTS[(number + Math.floor(number / NOUNS.length)) % ASPECTS.length] ?? ''
    properties[`${noun}_${aspect}${at}`] = propertySchema(aspect, number, depth)
  }
  const required = Object.keys(properties).filter((_, at) => at % 3 > 0)
  return { type: 'object', description: `Subject ${seed}`, properties, required, additionalProperties: false }
}

function propertySchema(aspect: string, number: number, depth: number): JsonObject {
  switch (aspect) {
    case 'state':
      return { type: 'string', enum: ['OPEN', 'PAID', 'SENT', `STATE_${number % 97}`] }
    case 'code':
      return { type: 'string', pattern: `^[A-Z]{${1 + (number % 4)}}[0-9]{4}$` }
    case 'amount':
      return { type: 'number', minimum: 0, description: `Amount ${number} with tax.` }
    case 'count':
      return { type: 'integer', minimum: number % 10 }
    case 'created_at':
      return { type: 'string', format: 'date-time' }
    case 'email':
      return { type: ['string', 'null'], format: 'email' }
    case 'link':
      return { type: 'string', format: 'uri' }
    case 'items':
      return { type: 'array', items: nested(number, depth) ?? { type: 'string', maxLength: 40 } }
    case 'details':
      return nested(number, depth) ?? { type: 'boolean' }
    default:
      return { type: 'string', minLength: 1, maxLength: 20 + (number % 50) }
  }
}

function nested(number: number, depth: number): JsonObject | undefined {
  return depth < MAX_DEPTH ? objectSchema(number, 3 + (number % 4), depth + 1) : undefined
}
