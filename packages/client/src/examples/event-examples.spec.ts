import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDice } from './dice.ts'
import { createEventExamples } from './event-examples.ts'
import { makeExample } from './make-example.ts'
import type { ExampleRecipe } from './recipe.ts'

const RECIPE: ExampleRecipe = {
  object: {
    id: { text: [3, 5] },
    price: { number: [0.1, 9.9, 0.1] },
    kind: { pick: ['a', 'b'] },
    lines: { list: { part: 0 }, length: [0, 2] },
    point: { tuple: [{ pick: [1] }, { any: [{ pick: [null] }, { text: [1, 1] }] }] },
  },
  optional: ['kind'],
}

/** What was made of it by the first version. */
const MADE_OF_SEED_7 = {
  id: 'zsn',
  price: 4.1,
  lines: [{ id: 'sget', price: 5.2, lines: [], point: [1, null] }],
  point: [1, 'w'],
}

describe('the examples of an event type', () => {
  const examples = createEventExamples<{ id: string; kind?: string }, object>(
    { name: 'order.placed', category: 'business' },
    [RECIPE],
  )

  it('are the same for the same seed and others for another', () => {
    expect(examples.payload(7)).toEqual(examples.payload(7))
    expect(examples.payload(7)).not.toEqual(examples.payload(8))
    expect(examples.payload()).toEqual(examples.payload(1))
  })

  it('stay the same with every version of the client', () => {
    expect(examples.payload(7)).toEqual(MADE_OF_SEED_7)
  })

  it('take what is overridden', () => {
    expect(examples.payload(1, { kind: 'z' })).toEqual({ ...examples.payload(1), kind: 'z' })
  })

  it('come as events with what the broker adds', () => {
    expect(examples.event(3)).toEqual({
      ...examples.payload(3),
      metadata: expect.objectContaining({ event_type: 'order.placed', partition: '0', version: '1.0.0' }),
    })
    const changes = createEventExamples({ name: 'crm.customer', category: 'data' }, [{ pick: [{ a: 1 }] }])
    expect(changes.event()).toMatchObject({
      data_op: 'U',
      data_type: 'crm.customer',
      data: { a: 1 },
      metadata: {},
    })
    const clicks = createEventExamples({ name: 'web.click', category: 'undefined' }, [{ pick: [{ a: 1 }] }])
    expect(clicks.event()).toEqual({ a: 1 })
  })
})

describe('an example', () => {
  it('has a property called __proto__ like any other', () => {
    const member: ExampleRecipe = { pick: [{ polluted: true }] }
    const object = { ['__proto__']: member, a: member }
    const example = makeExample([{ object, optional: [] }], createDice(1))
    expect(Object.keys(example as object)).toEqual(['__proto__', 'a'])
    expect(Object.getPrototypeOf(example)).toBe(Object.prototype)
  })

  it.each([
    { number: [0.1, 0.2, 0.05], made: [0.1, 0.15, 0.2] },
    { number: [1e-7, 3e-7, 1e-7], made: [1e-7, 2e-7, 3e-7] },
    { number: [-1, 1, 1], made: [-1, 0, 1] },
  ] as const)('has the numbers of the steps $number', ({ number, made }) => {
    const seeds = Array.from({ length: 50 }, (_, seed) => seed)
    const examples = new Set(seeds.map((seed) => makeExample([{ number }], createDice(seed))))
    expect([...examples].toSorted((left, right) => Number(left) - Number(right))).toEqual(made)
  })

  it('of a kind that only later versions know is null', () => {
    const later = { word: [1, 2] } as unknown as ExampleRecipe
    expect(makeExample([{ tuple: [later, { pick: [1] }] }], createDice(1))).toEqual([null, 1])
  })

  it('stays small although each of many properties leads back to itself', () => {
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`)
    const object = Object.fromEntries(names.map((name) => [name, { part: 0 }]))
    const example = makeExample([{ object, optional: names }], createDice(1))
    expect(JSON.stringify(example).length).toBeLessThan(100_000)
  })

  it('follows its recipe whatever the seed, and ends although the recipe leads back to itself', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const example = makeExample([RECIPE], createDice(seed)) as Record<string, unknown>
        expect(example['id']).toMatch(/^[a-z]{3,5}$/)
        expect(example['price']).toBeGreaterThanOrEqual(0.1)
        expect(String(example['price'])).toMatch(/^\d(\.\d)?$/)
        expect(Object.keys(example).filter((name) => name !== 'kind')).toEqual([
          'id',
          'price',
          'lines',
          'point',
        ])
      }),
    )
  })

  it('stays small although its recipe leads back to itself from many properties', () => {
    const names = Array.from({ length: 20 }, (_, index) => `part${index}`)
    const object = Object.fromEntries(names.map((name) => [name, { part: 0 }]))
    const text = JSON.stringify(makeExample([{ object, optional: names }], createDice(1)))
    expect(text.length).toBeLessThan(50_000)
  })
})
