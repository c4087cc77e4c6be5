import type { NewEventType } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEventTypes } from './compare-event-types.ts'
import { verdictText } from './event-type-change.ts'
import { snapshotOfDefinition } from './event-type-snapshot.ts'

type Overrides = Partial<Omit<NewEventType, 'schema'>>

function snapshot(schema: object, overrides: Overrides = {}) {
  return snapshotOfDefinition(
    {
      name: 'order.placed',
      owning_application: 'shop',
      category: 'business',
      enrichment_strategies: ['metadata_enrichment'],
      schema: { type: 'json_schema', schema: JSON.stringify(schema) },
      ...overrides,
    },
    '1.0.0',
  )
}

/** The changes in one line each: level, pointer, text, verdict. */
function changes(before: object, after: object, overrides: Overrides = {}): string[] {
  return compareEventTypes(snapshot(before, overrides), snapshot(after, overrides)).changes.map(
    (change) =>
      `${change.level} ${change.pointer.slice('/schema/schema'.length)} ${change.text}: ${verdictText(change)}`,
  )
}

const text = { type: 'string' }
const of = (schema: object) => ({ properties: { a: schema } })

describe('two versions of a schema', () => {
  it.each([
    {
      name: 'an optional property is added',
      before: { properties: {} },
      after: { properties: { note: text } },
      want: ['minor /properties/note adds optional `note`: compatible'],
    },
    {
      name: 'a required property is added',
      before: { properties: {} },
      after: { properties: { note: text }, required: ['note'] },
      want: ['minor /properties/note adds required `note`: breaks producers'],
    },
    {
      name: 'a property is removed',
      before: { properties: { note: text, a: text } },
      after: { properties: { a: text } },
      want: ['major /properties/note removes `note`: breaks consumers'],
    },
    {
      name: 'a property is removed where nothing unknown is permitted',
      before: { properties: { note: text }, additionalProperties: false },
      after: { properties: {}, additionalProperties: false },
      want: ['major /properties/note removes `note`: breaks consumers and producers'],
    },
    {
      name: 'a property becomes required',
      before: of(text),
      after: { ...of(text), required: ['a'] },
      want: ['minor /required makes `a` required: breaks producers'],
    },
    {
      name: 'a property becomes optional',
      before: { ...of(text), required: ['a'] },
      after: of(text),
      want: ['major /required makes `a` optional: breaks consumers'],
    },
    {
      name: 'a value is added to an enum',
      before: of({ enum: ['x'] }),
      after: of({ enum: ['y', 'x'] }),
      want: ['major /properties/a/enum adds "y" to the values of `a`: breaks consumers'],
    },
    {
      name: 'a value is removed from an enum',
      before: of({ enum: ['x', 'y'] }),
      after: of({ enum: ['x'] }),
      want: ['major /properties/a/enum removes "y" from the values of `a`: breaks producers'],
    },
    {
      name: 'an extensible enum gets a value',
      before: of({ ...text, 'x-extensible-enum': ['x'] }),
      after: of({ ...text, 'x-extensible-enum': ['x', 'y'] }),
      want: ['patch /properties/a/x-extensible-enum changes the x-extensible-enum of `a`: compatible'],
    },
    {
      name: 'a type changes',
      before: of(text),
      after: of({ type: 'number' }),
      want: [
        'major /properties/a/type changes the type of `a` from string to number: breaks consumers and producers',
      ],
    },
    {
      name: 'a type widens',
      before: of({ type: 'integer' }),
      after: of({ type: 'number' }),
      want: ['patch /properties/a/type widens the type of `a` from integer to number: breaks consumers'],
    },
    {
      name: 'null is no longer permitted',
      before: of({ type: ['string', 'null'] }),
      after: of(text),
      want: [
        'major /properties/a/type narrows the type of `a` from string or null to string: breaks producers',
      ],
    },
    {
      name: 'a bound is loosened',
      before: of({ ...text, maxLength: 5 }),
      after: of({ ...text, maxLength: 9 }),
      want: ['major /properties/a/maxLength changes the maxLength of `a` from 5 to 9: breaks consumers'],
    },
    {
      name: 'a bound is tightened',
      before: of({ type: 'number', minimum: 0 }),
      after: of({ type: 'number', minimum: 1 }),
      want: ['major /properties/a/minimum changes the minimum of `a` from 0 to 1: breaks producers'],
    },
    {
      name: 'a format is added, which the broker does not look at',
      before: of(text),
      after: of({ ...text, format: 'date-time' }),
      want: ['patch /properties/a/format gives `a` the format "date-time": breaks producers'],
    },
    {
      name: 'a description changes',
      before: { ...of({ ...text, description: 'x' }), description: 'one' },
      after: { ...of({ ...text, description: 'y' }), description: 'one' },
      want: ['patch /properties/a/description changes the description of `a`: compatible'],
    },
    {
      name: 'unknown properties are forbidden',
      before: of(text),
      after: { ...of(text), additionalProperties: false },
      want: ['major /additionalProperties forbids unknown properties of the event: breaks producers'],
    },
    {
      name: 'something changes within items and references',
      before: {
        properties: { lines: { type: 'array', items: { $ref: '#/definitions/line' } } },
        definitions: { line: { properties: { sku: text, 'net price': text } } },
      },
      after: {
        properties: { lines: { type: 'array', items: { $ref: '#/definitions/line' } } },
        definitions: {
          line: { properties: { sku: { ...text, minLength: 1 }, 'net price': { type: 'number' } } },
        },
      },
      want: [
        'major /definitions/line/properties/sku/minLength gives `lines[].sku` the minLength 1: breaks producers',
        'major /definitions/line/properties/net price/type changes the type of `lines[]."net price"` from string to number: breaks consumers and producers',
      ],
    },
    {
      name: 'a variant is added',
      before: of({ oneOf: [{ type: 'string' }, { type: 'number' }] }),
      after: of({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] }),
      want: ['major /properties/a/oneOf/2 adds a variant to `a` (oneOf): breaks consumers'],
    },
    {
      name: 'a condition changes',
      before: of({ not: { type: 'null' } }),
      after: of({ not: { type: 'string' } }),
      want: ['patch /properties/a/not changes the condition "not" of `a`: breaks consumers and producers'],
    },
    {
      name: 'only the order of keys differs',
      before: { properties: { a: text, b: text }, required: ['a', 'b'] },
      after: { required: ['b', 'a'], properties: { b: text, a: text } },
      want: [],
    },
  ])('where $name differ so', ({ before, after, want }) => {
    expect(changes(before, after)).toEqual(want)
  })

  it('in mode compatible are closed, so that a removed property breaks producers too', () => {
    expect(changes(of(text), { properties: {} }, { compatibility_mode: 'compatible' })).toEqual([
      'major /properties/a removes `a`: breaks consumers and producers',
    ])
  })

  it('say when the broker refuses the newer one', () => {
    const { refusal } = compareEventTypes(snapshot(of(text)), snapshot({ properties: {} }))
    expect(refusal).toBe('Invalid schema: #/properties/a: schema properties cannot be removed')
  })

  it('do not differ from themselves, even if they refer to themselves', () => {
    const tree = { properties: { children: { type: 'array', items: { $ref: '#' } } } }
    expect(changes(tree, tree)).toEqual([])
    expect(changes(tree, { properties: { ...tree.properties, name: text } })).toEqual([
      'minor /properties/name adds optional `name`: compatible',
    ])
  })

  it('are compared in bounded time when references multiply', () => {
    const levels = Array.from({ length: 60 }, (_, level) => [
      `l${level}`,
      {
        properties: {
          x: { $ref: `#/definitions/l${level + 1}` },
          y: { $ref: `#/definitions/l${level + 1}` },
        },
      },
    ])
    const bomb = (last: object) => ({
      $ref: '#/definitions/l0',
      definitions: Object.fromEntries([...levels, ['l60', last]]),
    })
    expect(changes(bomb(text), bomb(text))).toEqual([])
    expect(
      changes(bomb(text), bomb({ type: 'number' })).some((change) => change.includes('more differences')),
    ).toBe(true)
  })

  it('that mean the same have no changes in either direction, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(changes(of({ const: value }), of({ const: value }))).toEqual([])
      }),
    )
  })
})

describe('a definition without the version of its schema', () => {
  it('is compared in what it says, and in nothing else', () => {
    const written = snapshotOfDefinition({
      name: 'order.placed',
      owning_application: 'shop',
      category: 'undefined',
      schema: { type: 'json_schema', schema: '{}' },
      labels: { team: 'a' },
    })
    const registered = snapshot(
      {},
      { category: 'undefined', labels: { team: 'b' }, audience: 'company-internal' },
    )
    expect(compareEventTypes(written, registered).changes.map(({ text }) => text)).toEqual([
      'changes labels from {"team":"a"} to {"team":"b"}',
    ])
  })
})

describe('two versions of a definition', () => {
  it.each<{ before?: Overrides; after: Overrides; want: string }>([
    {
      after: { category: 'data' },
      want: 'changes category from business to data: breaks consumers and producers',
    },
    {
      after: { compatibility_mode: 'compatible' },
      want: 'changes compatibility_mode from forward to compatible: breaks producers',
    },
    {
      after: { partition_strategy: 'user_defined' },
      want: 'changes partition_strategy from random to user_defined: breaks producers',
    },
    {
      after: { partition_key_fields: ['a'] },
      want: 'changes partition_key_fields from [] to ["a"]: breaks producers',
    },
    {
      after: { cleanup_policy: 'compact_and_delete' },
      want: 'changes cleanup_policy from delete to compact_and_delete: breaks consumers and producers',
    },
    {
      after: { enrichment_strategies: [] },
      want: 'changes enrichment_strategies from ["metadata_enrichment"] to []: breaks consumers',
    },
    {
      after: { options: { retention_time: 86_400_000 } },
      want: 'changes the retention time from 48 h to 24 h: compatible',
    },
    { after: { audience: 'company-internal' }, want: 'adds audience company-internal: compatible' },
    {
      after: { owning_application: 'checkout' },
      want: 'changes owning_application from shop to checkout: compatible',
    },
    { after: { labels: { team: 'x' } }, want: 'changes labels from {} to {"team":"x"}: compatible' },
  ])('tell: $want', ({ after, want }) => {
    const { changes } = compareEventTypes(snapshot({}), snapshot({}, after))
    expect(changes.map((change) => `${change.text}: ${verdictText(change)}`)).toEqual([want])
  })

  it('say nothing about options that only the other side knows', () => {
    const options = { retention_time: 172_800_000, tier: 'gold' } as { retention_time: number }
    expect(compareEventTypes(snapshot({}, { options }), snapshot({}, { options: {} })).changes).toEqual([])
    expect(compareEventTypes(snapshot({}), snapshot({}, { options })).changes).toEqual([])
  })
})
