import {
  createEventValidator,
  type LoadSchemaOptions,
  loadSchema,
  SchemaError,
  TOOL_LIMITS,
} from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import fc from 'fast-check'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import { generate } from '../generate.ts'
import { standaloneCheck } from './standalone-check.ts'

const schemaBesideProto = { dependencies: { ['__proto__']: { required: ['a'] } } }
const patternOfProto = { patternProperties: { ['__proto__']: { type: 'string' } } }

describe('a generated validator', () => {
  it('agrees with the broker about every value', () => {
    fc.assert(
      fc.property(documents(), fc.array(values(), { minLength: 5, maxLength: 10 }), (schema, subjects) => {
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

  it.each([
    ['an empty object, after its names', { propertyNames: { maxLength: 2 }, required: ['a'] }, '{}', false],
    ['names that are wrong', { propertyNames: { maxLength: 2 } }, '{"abc":1}', false],
    ['names where none is permitted', { propertyNames: false }, '{"a":1}', false],
    ['what `__proto__` depends on', { dependencies: { ['__proto__']: ['a'] } }, '{"__proto__":1}', false],
    ['a schema that `__proto__` asks for', schemaBesideProto, '{"__proto__":1}', false],
    ['what nothing depends on', { dependencies: { a: ['b'], c: false } }, '{"b":1}', true],
    ['what may not be there', { dependencies: { a: false } }, '{"a":1}', false],
    ['a pattern that is `__proto__`', patternOfProto, '{"__proto__":1}', false],
  ])('checks %s', (_, keywords, text, valid) => {
    const schema = { $schema: DRAFT_7, type: 'object', ...keywords }
    const value: unknown = JSON.parse(text)
    expect(evaluated(schema)(value)).toBe(valid)
    expect(createEventValidator(clickOf(schema))(value) === undefined).toBe(valid)
  })

  it.each([
    { schema: { properties: { 'a/b~': { type: 'string' } } }, value: { 'a/b~': 1 }, path: '/a~1b~0' },
    {
      schema: { properties: { list: { type: 'array', items: { properties: { n: { type: 'integer' } } } } } },
      value: { list: [{ n: 1 }, { n: 1.5 }] },
      path: '/list/1/n',
    },
    {
      schema: { additionalProperties: { additionalProperties: { type: 'null' } } },
      value: { a: { b: 0 } },
      path: '/a/b',
    },
    { schema: { patternProperties: { '^x': { type: 'boolean' } } }, value: { x1: 'no' }, path: '/x1' },
    { schema: { properties: { a: { $ref: '#' } } }, value: { a: { a: { a: [] } } }, path: '/a/a/a' },
  ])('says at $path what is wrong with $value', ({ schema, value, path }) => {
    const check = evaluated({ ...schema, type: 'object' })
    expect(check(value)).toBe(false)
    expect(check.errors).toEqual([{ instancePath: path, message: expect.stringMatching(/^must be /) }])
    expect(check({})).toBe(true)
  })

  it('names the property that is missing', () => {
    const check = evaluated({ type: 'object', required: ['a', '', 'b'] })
    expect(check({ a: 1, '': 1 })).toBe(false)
    expect(check.errors).toEqual([{ instancePath: '', message: 'must have the property "b"' }])
  })

  it('names the property that should not be there', () => {
    const check = evaluated({ properties: { a: { properties: { b: {} }, additionalProperties: false } } })
    expect(check({ a: { b: 1, c: 2 } })).toBe(false)
    expect(check.errors).toEqual([{ instancePath: '/a', message: 'must not have the property "c"' }])
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

  it.each(['anyOf', 'oneOf', 'allOf'])('checks thousands of parts of %s', (keyword) => {
    const parts = Array.from({ length: 2400 }, (_, index) =>
      keyword === 'allOf' ? { not: { const: index } } : { const: index },
    )
    const schema = { $schema: DRAFT_7, properties: { n: { [keyword]: parts } } }
    const check = evaluated(schema, { limits: TOOL_LIMITS })
    expect(check({ n: 2399 })).toBe(keyword !== 'allOf')
    expect(check({ n: 2400 })).toBe(keyword === 'allOf')
  })

  it.each([
    ['a number that is none', { n: { type: 'number' } }, { n: Number.NaN }],
    [
      'a multiple that is infinite',
      { n: { type: 'number', multipleOf: 2 } },
      { n: Number.POSITIVE_INFINITY },
    ],
    ['an integer that is infinite', { n: { type: 'integer' } }, { n: Number.POSITIVE_INFINITY }],
    ['a required property that is undefined', { n: { type: 'string' } }, { n: undefined }],
  ])('refuses %s, which the wire does not have', (_, properties, value) => {
    expect(evaluated({ type: 'object', properties, required: ['n'] })(value)).toBe(false)
  })

  it.each([
    ['nested too deeply', nested(20_000), 'the event is nested too deeply'],
    ['no JSON', { value: [1n, 2n] }, 'the event is not JSON'],
  ])('has an issue with what is %s', async (_, value, message) => {
    const schema = {
      type: 'object',
      properties: { next: { $ref: '#' }, value: { type: 'array', uniqueItems: true } },
    }
    const { files } = await generate([{ eventType: clickOf(schema) }])
    const content = files.find(({ path }) => path === 'web-click.validator.ts')?.content ?? ''
    const validator = new Function(
      `${ts.transpile(content, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }).replace(/^import .*;$|^export /gm, '')}\nreturn webClickValidator`,
    )()
    expect(validator['~standard'].validate(value)).toEqual({ issues: [{ message, path: [] }] })
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

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((next) => ({ next }), {})
}

/** A draft in which all keywords have a meaning. */
const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'

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

interface Check {
  (value: unknown): boolean
  readonly errors: unknown
}

function evaluated(schema: Readonly<Record<string, unknown>>, options: LoadSchemaOptions = {}): Check {
  const { statements, name } = standaloneCheck(loadSchema(schema, options))
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

function documents(): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(fc.constantFrom({}, { $schema: DRAFT_7 }), schemas())
    .map(([draft, schema]) => ({ ...draft, ...schema }))
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
            patternProperties: fc
              .tuple(fc.constantFrom('^a', '__proto__'), tie('schema'))
              .map((entry) => Object.fromEntries([entry])),
            dependencies: fc
              .tuple(name, fc.oneof(tie('schema'), fc.constant(['a'])))
              .map((entry) => Object.fromEntries([entry])),
            minProperties: count,
          },
          { requiredKeys: ['type'] },
        ),
        fc.record({ anyOf: list }),
        fc.record({ oneOf: list, type: fc.constant('object') }, { requiredKeys: ['oneOf'] }),
        fc.record({ allOf: list }),
        fc.record({ not: tie('schema') }),
        fc.record(
          {
            if: tie('schema'),
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: tie('schema'),
            else: tie('schema'),
            propertyNames: tie('schema'),
            contains: tie('schema'),
            const: values(),
            required: fc.uniqueArray(name, { maxLength: 2 }),
          },
          { requiredKeys: [] },
        ),
      ),
    }
  }).schema
}
