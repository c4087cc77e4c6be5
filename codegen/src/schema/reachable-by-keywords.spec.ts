import { describe, expect, it } from 'vitest'
import { reachableByKeywords } from './reachable-by-keywords.ts'

describe('a reference', () => {
  it.each([
    { $ref: '#' },
    { $ref: '#/properties/a' },
    { $ref: '#/definitions/list/items' },
    { $ref: '#/definitions/pair/items/1' },
    { $ref: '#/definitions/choice/oneOf/0' },
    { $ref: '#/definitions/false' },
    { $ref: '#/definitions/nothing' },
    { $ref: '#/nothing/there' },
    { $ref: 'other.json#/a' },
  ])('stays as it is where keywords lead, or nothing at all: $$ref', (a) => {
    const schema = {
      properties: { a },
      definitions: {
        list: { items: {} },
        pair: { items: [{}, {}] },
        choice: { oneOf: [{}] },
        false: false,
      },
    }
    expect(reachableByKeywords(schema).schema).toBe(schema)
  })

  it('has what it leads to among the definitions where no keyword leads there', () => {
    const schema = {
      properties: { a: { $ref: '#/parts/size' }, b: { $ref: '#/parts/size' }, c: { $ref: '#/more/size' } },
      parts: { size: { items: { $ref: '#/parts/unit' } }, unit: { anyOf: [{ $ref: '#/parts/size' }] } },
      more: { size: true },
      definitions: { unit: { type: 'string' } },
    }
    const { schema: reachable, placeBefore } = reachableByKeywords(schema)
    expect(reachable).toEqual({
      ...schema,
      properties: {
        a: { $ref: '#/definitions/size' },
        b: { $ref: '#/definitions/size' },
        c: { $ref: '#/definitions/size2' },
      },
      definitions: {
        unit: { type: 'string' },
        size: { items: { $ref: '#/definitions/unit2' } },
        size2: true,
        unit2: { anyOf: [{ $ref: '#/definitions/size' }] },
      },
    })
    const now = ['/definitions/unit2/anyOf/0', '/definitions/size2', '/definitions/unit', '/properties/a']
    expect(now.map(placeBefore)).toEqual([
      '/parts/unit/anyOf/0',
      '/more/size',
      '/definitions/unit',
      '/properties/a',
    ])
  })

  it('is none in a value of data', () => {
    const schema = { enum: [{ $ref: '#/parts/size' }], parts: { size: {} } }
    expect(reachableByKeywords(schema).schema).toBe(schema)
  })
})
