import { createEventValidator, loadSchema, SchemaError } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standaloneCheck } from './standalone-check.ts'

describe('a generated validator', () => {
  it('agrees with the broker about every value', () => {
    fc.assert(
      fc.property(schemas(), fc.array(values(), { minLength: 5, maxLength: 10 }), (schema, subjects) => {
        const eventType = clickOf(schema)
        const broker = attempt(() => createEventValidator(eventType))
        fc.pre(broker !== undefined)
        const check = evaluated(schema)
        for (const value of subjects) {
          expect({ value, valid: check(value) }).toEqual({ value, valid: broker?.(value) === undefined })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('checks objects with thousands of properties', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `p${index}`)
    const check = evaluated({
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
      additionalProperties: false,
    })
    expect(check({ p0: 'a', p999: 'b' })).toBe(true)
    expect(check({ p0: 'a', p999: 1 })).toBe(false)
    expect(check({ q: 'a' })).toBe(false)
  })

  it('imports nothing and keeps no copy of the schema', () => {
    const { statements } = standaloneCheck(
      loadSchema({
        type: 'object',
        description: 'secret',
        properties: { at: { type: 'string', format: 'uri', minLength: 1 } },
      }),
    )
    expect(statements.join('\n')).not.toMatch(/require\(|import |secret/)
  })
})

function clickOf(schema: unknown): EventType {
  return {
    name: 'web.click',
    owning_application: 'web',
    category: 'undefined',
    schema: { type: 'json_schema', schema: JSON.stringify(schema) },
    compatibility_mode: 'forward',
  } as EventType
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

function evaluated(schema: Readonly<Record<string, unknown>>): (value: unknown) => boolean {
  const { statements, name } = standaloneCheck(loadSchema(schema))
  return new Function(`${statements.join('\n')}\nreturn ${name}`)()
}

const NAMES = ['a', 'b', 'constructor', '__proto__', 'a/b~', '']

function values(): fc.Arbitrary<unknown> {
  const scalar = fc.oneof(
    fc.constantFrom(
      null,
      true,
      0,
      1,
      2,
      0.3,
      -1,
      1e300,
      '',
      'a',
      'ab',
      '😀',
      'EUR',
      '2026-01-01T00:00:00Z',
      'http://a.de',
      '::1',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      objects(tie('value')),
    ),
  })).value
}

function objects(member: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.constantFrom(...NAMES), member), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries))
}

function schemas(): fc.Arbitrary<Record<string, unknown>> {
  const name = fc.constantFrom(...NAMES)
  return fc.letrec<{ schema: Record<string, unknown> }>((tie) => {
    const list = fc.array(tie('schema'), { minLength: 1, maxLength: 3 })
    const map = fc
      .array(fc.tuple(name, tie('schema')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries))
    const count = fc.nat(3)
    return {
      schema: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom<Record<string, unknown>>(
          {},
          { type: 'string' },
          { type: ['integer', 'null'] },
          { $ref: '#' },
        ),
        fc.record({ enum: fc.array(values(), { minLength: 1, maxLength: 3 }) }),
        fc.record(
          {
            type: fc.constant('string'),
            minLength: count,
            maxLength: count,
            pattern: fc.constantFrom('^a', 'b$', '(?i)A', '\\S'),
            format: fc.constantFrom('date-time', 'uri', 'ipv6', 'iso-4217', 'email', 'hostname', 'uuid'),
          },
          { requiredKeys: ['type'] },
        ),
        fc.record(
          {
            minimum: count,
            exclusiveMaximum: fc.boolean(),
            maximum: count,
            multipleOf: fc.constantFrom(1, 0.1, 2),
          },
          { requiredKeys: [] },
        ),
        fc.record(
          {
            items: fc.oneof(tie('schema'), list),
            additionalItems: fc.oneof(fc.boolean(), tie('schema')),
            minItems: count,
            uniqueItems: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        fc.record(
          {
            type: fc.constant('object'),
            properties: map,
            required: fc.uniqueArray(name, { maxLength: 2 }),
            additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
            patternProperties: tie('schema').map((schema) => ({ '^a': schema })),
            dependencies: fc
              .oneof(tie('schema'), fc.constant(['a']))
              .map((dependency) => ({ b: dependency })),
            minProperties: count,
          },
          { requiredKeys: ['type'] },
        ),
        fc.record({ anyOf: list }),
        fc.record({ oneOf: list, type: fc.constant('object') }, { requiredKeys: ['oneOf'] }),
        fc.record({ allOf: list }),
        fc.record({ not: tie('schema') }),
      ),
    }
  }).schema
}
