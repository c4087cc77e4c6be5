// What the worst schemas cost that the rules of event types accept: how many of them can be taken in per
// second, on a thread that does nothing else meanwhile. The baseline is 20 a second, 50 ms each.

import { checkSchema, createEventValidator, evolveSchema } from '@rioni/event-types'
import { bestRates, type Measurement, measurement } from './bench.ts'

const ROUNDS = 5
const LEAST_RATE = 20

type Schema = Readonly<Record<string, unknown>>

function members(count: number, member: (index: number) => unknown): Schema {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, member(index)]))
}

function nested(depth: number): Schema {
  return depth === 0 ? {} : { properties: { x: nested(depth - 1) } }
}

function list(count: number, member: (index: number) => Schema): readonly Schema[] {
  return Array.from({ length: count }, (_, index) => member(index))
}

/** Each at the limit that its name tells. */
const WORST: Readonly<Record<string, Schema>> = {
  'enum of 1,000': {
    properties: { x: { enum: Array.from({ length: 1_000 }, (_, index) => `value ${index}`) } },
  },
  '64 levels': nested(63),
  '1,000 properties': { properties: members(1_000, () => ({ type: 'string', maxLength: 9 })) },
  '110 members': { anyOf: list(110, (index) => ({ properties: members(8, () => ({ const: index })) })) },
  '180 patterns': { properties: members(180, (index) => ({ pattern: `^[a-z]+-${index}(a|b){1,2}$` })) },
  '250 references': {
    properties: { x: { $ref: '#/definitions/p0' } },
    definitions: members(250, (index) =>
      index < 249 ? { properties: { x: { $ref: `#/definitions/p${index + 1}` }, y: { type: 'null' } } } : {},
    ),
  },
}

/** The worst to check in this mode, since a second schema, that of schemas, is checked too. */
const WORST_COMPATIBLE = ['1,000 properties', '250 references']

/** What the event loop stands still for when an event type is created, gets its first event, or changes. */
export async function schemas(): Promise<Measurement[]> {
  const cases = {
    ...Object.fromEntries(
      Object.entries(WORST).map(([name, schema]) => [`schema with ${name}`, () => takeIn(schema)]),
    ),
    ...Object.fromEntries(
      WORST_COMPATIBLE.map((name) => [
        `change of a compatible one with ${name}`,
        () => change(WORST[name] ?? {}),
      ]),
    ),
  }
  const rates = await bestRates(ROUNDS, 1, cases)
  return Object.keys(cases).map((name) => measurement(name, 'schemas/s', rates[name] ?? 0, LEAST_RATE))
}

/** Checking a schema as when an event type is created, and making the validator of its events. */
function takeIn(schema: Schema): void {
  const eventType = { name: 'bench.schemas', category: 'business', schema: asText(schema) } as const
  accept(checkSchema(eventType))
  createEventValidator(eventType)
}

/** Checking a schema that is to follow another one, and comparing the two. */
function change(schema: Schema): void {
  const original = { ...asText(schema), version: '1.0.0' }
  const updated = asText({ ...schema, title: 'another' })
  const mode = 'compatible'
  accept(
    checkSchema({
      name: 'bench.schemas',
      category: 'business',
      compatibility_mode: mode,
      schema: updated,
    }),
  )
  const evolution = evolveSchema({ original, updated, mode })
  accept(evolution.ok ? undefined : evolution.message)
}

function asText(schema: Schema): { readonly type: 'json_schema'; readonly schema: string } {
  return { type: 'json_schema', schema: JSON.stringify(schema) }
}

function accept(refusal: string | undefined): void {
  if (refusal !== undefined) throw new Error(refusal)
}
