import { completeEventType, TOOL_LIMITS } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { judgePayloads } from '../payload-judge.ts'
import { triedRecipes } from './tried-recipes.ts'

/** A few values of a property with a schema, as examples have it. */
function examplesOf(property: object): unknown[] {
  const schema = JSON.stringify({ type: 'object', required: ['x'], properties: { x: property } })
  const about = { name: 'a', owning_application: 'a', category: 'undefined' } as const
  const definition = { ...about, schema: { type: 'json_schema', schema } } as const
  const tried = triedRecipes(judgePayloads(completeEventType(definition, 0), TOOL_LIMITS))
  return (tried?.samples ?? []).map((sample) => (sample as { readonly x: unknown }).x)
}

describe('an example', () => {
  it.each([
    { property: { type: 'string', format: 'date' }, looks: /^2026-\d\d-\d\d$/ },
    { property: { type: 'string', format: 'uuid' }, looks: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
    { property: { type: 'string', format: 'uuid', maxLength: 36 }, looks: /^[0-9a-f]{8}-/ },
    { property: { type: ['string', 'null'], format: 'date' }, looks: /^2026-/ },
    { property: { type: 'string', format: 'iso-3166-alpha-2' }, looks: /^[A-Z]{2}$/ },
    { property: { type: 'string', 'x-extensible-enum': ['OPEN', 'DONE'] }, looks: /^(OPEN|DONE)$/ },
  ])('of $property is what people expect', ({ property, looks }) => {
    const examples = examplesOf(property)
    expect(examples).toHaveLength(4)
    for (const example of examples) expect(example).toMatch(looks)
  })

  it.each([
    { property: { type: 'string', format: 'uuid', maxLength: 10 } },
    { property: { type: 'string', format: 'constructor' } },
    { property: { allOf: [{ type: 'string', format: 'date' }, { pattern: '^x+$' }] } },
    { property: { type: 'string', minLength: 9, 'x-extensible-enum': ['OPEN', 'DONE'] } },
  ])('of $property is at least valid', ({ property }) => {
    expect(examplesOf(property)).toHaveLength(4)
  })
})
