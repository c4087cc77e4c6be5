// What the modes promise, put to the test: schemas are changed at random, and of those changes that are
// accepted, no event tells the difference that the mode rules out.

import type { CompatibilityMode } from '@rioni/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffSchemas } from './diff-schemas.ts'
import { createEventValidator } from './event-validator.ts'
import { evolveSchema } from './evolve-schema.ts'

type Json = Readonly<Record<string, unknown>>

const name = fc.constantFrom('a', 'b', 'c')
const names = fc.uniqueArray(name, { maxLength: 2 })
const remarks = fc.record({ title: name, description: name }, { requiredKeys: [] })

const scalar = fc.oneof(
  fc.constantFrom<Json>({}, { type: 'string' }, { type: 'number' }, { type: ['string', 'null'] }),
  fc.record({ type: fc.constant('string'), maxLength: fc.nat(2) }),
  fc.record({ minimum: fc.nat(2), maximum: fc.nat(6) }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('x', 1, null), { minLength: 1 }) }),
)

/** Two versions of a schema that have much in common. */
const { versions } = fc.letrec<{ versions: readonly [Json, Json] }>((tie) => {
  const same = scalar.map((schema): readonly [Json, Json] => [schema, schema])
  const changed = fc.tuple(scalar, scalar)
  const inside = fc.oneof({ depthSize: 'small' }, { weight: 4, arbitrary: same }, changed, tie('versions'))
  return {
    versions: fc
      .record({
        properties: fc.dictionary(
          name,
          fc.tuple(inside, fc.constantFrom('both', 'both', 'first', 'second')),
          {
            maxKeys: 3,
          },
        ),
        required: fc.oneof(
          names.map((list): readonly [string[], string[]] => [list, list]),
          fc.tuple(names, names),
        ),
        remarks: fc.tuple(remarks, remarks),
        items: fc.option(inside, { nil: undefined }),
      })
      .map(({ properties, required, remarks: notes, items }) => {
        const version = (index: 0 | 1, own: string): Json => ({
          type: 'object',
          properties: Object.fromEntries([
            ...Object.entries(properties)
              .filter(([, [, where]]) => where === 'both' || where === own)
              .map(([key, [schemas]]) => [key, schemas[index]]),
            ...(items === undefined ? [] : [['list', { type: 'array', items: items[index] }]]),
          ]),
          required: required[index],
          ...notes[index],
        })
        return [version(0, 'first'), version(1, 'second')] as const
      }),
  }
})

/** A value that mostly follows a schema. Which optional properties it has depends on the seed. */
function example(schema: unknown, seed: number): unknown {
  const { type, properties, required, items, maxLength = 3, minimum, enum: permitted } = schema as Parts
  if (permitted !== undefined) return permitted[seed % permitted.length]
  if (minimum !== undefined) return minimum
  if (type === 'string' || Array.isArray(type)) return 'xxx'.slice(0, maxLength)
  if (type === 'number') return seed
  if (type === 'array') return Array.from({ length: seed % 3 }, () => example(items, seed))
  const members = Object.entries(properties ?? {}).filter(
    ([key], index) => required?.includes(key) || (seed >> index) % 2 === 0,
  )
  return Object.fromEntries(members.map(([key, member]) => [key, example(member, seed >> 1)]))
}

interface Parts {
  readonly type?: unknown
  readonly properties?: Json
  readonly required?: readonly string[]
  readonly items?: unknown
  readonly maxLength?: number
  readonly minimum?: number
  readonly enum?: readonly unknown[]
}

const seed = fc.nat(255)

/** Whether each of the two versions takes the event; undefined when the change is refused. */
function outcomes([first, second]: readonly [Json, Json], mode: CompatibilityMode, event: unknown) {
  const [original, updated] = [JSON.stringify(first), JSON.stringify(second)]
  const evolution = evolveSchema({
    original: { type: 'json_schema', schema: original, version: '1.0.0' },
    updated: { type: 'json_schema', schema: updated },
    mode,
  })
  if (!evolution.ok) return undefined
  const takes = (schema: string): boolean =>
    createEventValidator({
      name: 'a',
      category: 'undefined',
      compatibility_mode: mode,
      schema: { type: 'json_schema', schema },
    })(event) === undefined
  return { before: takes(original), after: takes(updated) }
}

describe('an accepted change', () => {
  it('in mode compatible keeps old events valid', async () => {
    let accepted = 0
    await fc.assert(
      fc.property(versions, seed, (pair, chosen) => {
        const found = outcomes(pair, 'compatible', example(pair[0], chosen))
        if (!found?.before) return
        accepted += 1
        expect(found.after).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('in mode forward makes no event that its old consumers would refuse', async () => {
    let accepted = 0
    await fc.assert(
      fc.property(versions, seed, (pair, chosen) => {
        const found = outcomes(pair, 'forward', example(pair[1], chosen))
        if (!found?.after) return
        accepted += 1
        expect(found.before).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('in mode none is any', async () => {
    await fc.assert(
      fc.property(versions, (pair) => {
        expect(outcomes(pair, 'none', {})).toBeDefined()
      }),
    )
  })
})

describe('a schema', () => {
  it('differs from itself in nothing, however it is laid out', async () => {
    await fc.assert(
      fc.property(versions, ([schema]) => {
        expect(diffSchemas(JSON.stringify(schema), JSON.stringify(schema, null, 2))).toEqual([])
      }),
    )
  })
})
