import { describe, expect, it } from 'vitest'
import { parseLocalReference, valueAt } from './json-pointer.ts'
import { readableSchema } from './readable-schema.ts'

const LATER = 'https://json-schema.org/draft/2020-12/schema'

/** Every kind of place that moves when a schema becomes one of draft 7; the leaves are told apart by their titles. */
const MOVING = {
  $schema: LATER,
  $ref: '#/$defs/pair',
  properties: { own: { title: 'own' }, again: { $ref: '#/$defs/deep', properties: { x: { title: 'x' } } } },
  allOf: [{ title: 'listed' }],
  $defs: {
    pair: { prefixItems: [{ title: 'first' }, { title: 'second' }], items: { title: 'rest' } },
    deep: {
      dependentRequired: { a: ['b'] },
      dependentSchemas: { a: { title: 'both' }, c: { title: 'one' } },
    },
    stays: { items: { title: 'every' }, anyOf: [{ title: 'choice' }] },
  },
}

describe('a reference in a schema of a later draft', () => {
  it.each([
    ['#/properties/own', 'own'],
    ['#/properties/again/properties/x', 'x'],
    ['#/allOf/0', 'listed'],
    ['#/$defs/pair/prefixItems/1', 'second'],
    ['#/$defs/pair/items', 'rest'],
    ['#/$defs/deep/dependentSchemas/a', 'both'],
    ['#/$defs/deep/dependentSchemas/c', 'one'],
    ['#/$defs/stays/items', 'every'],
    ['#/$defs/stays/anyOf/0', 'choice'],
  ])('%s leads to the same schema after it has become one of draft 7', ($ref, title) => {
    const { schema } = readableSchema({ ...MOVING, $defs: { ...MOVING.$defs, from: { not: { $ref } } } })
    const moved = valueAt(schema, ['$defs', 'from', 'not', '$ref'])
    expect(valueAt(schema, parseLocalReference(String(moved)) ?? [])).toEqual({ title })
  })

  it('stays as it is where nothing has moved, and where it leads nowhere', () => {
    const kept = ['#', '#/$defs/a%20b', '#/$defs/none/x', '#/prefixItems/0/x', 'other.json#/items']
    const { schema } = readableSchema({
      $schema: LATER,
      $defs: { 'a b': {} },
      anyOf: kept.map(($ref) => ({ $ref })),
    })
    expect(schema['anyOf']).toEqual(kept.map(($ref) => ({ $ref })))
  })
})
