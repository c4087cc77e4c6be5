import { SchemaError, TOOL_LIMITS } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgePayloads, type PayloadJudge } from '../payload-judge.ts'
import { type PayloadSchema, readPayloadSchema } from '../payload-schema.ts'
import { readTypeShapes } from '../proof/read-type-shapes.ts'
import { createTypeCheck } from '../proof/type-check.ts'
import { writeTypes } from './write-types.ts'

type Schema = Readonly<Record<string, unknown>>

describe('the types of a schema', () => {
  it.each(['none', 'compatible'] as const)('accept whatever it accepts in mode %s', (mode) => {
    fc.assert(
      fc.property(schemas.value, schemas.part, schemas.value, (whole, p, q) => {
        const definitions = { p, q }
        expect(wronglyRefused({ properties: { whole }, definitions }, mode)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    {
      of: 'a part that lists properties beside one that is a union of types',
      schema: { allOf: [{ type: ['object', 'boolean'] }, { properties: { a: { type: 'string' } } }] },
    },
    {
      of: 'a reference to such a part',
      schema: { allOf: [{ type: ['object', 'boolean'] }, { $ref: '#/definitions/p' }] },
    },
    {
      of: 'such a part among alternatives',
      schema: { type: ['object', 'boolean'], anyOf: [{ $ref: '#/definitions/p' }, { minLength: 1 }] },
    },
    {
      of: 'alternatives in parts',
      schema: { allOf: [{ type: ['object', 'boolean'] }, { allOf: [{ anyOf: [{ required: ['a'] }] }] }] },
    },
    {
      of: 'alternatives of a closed object',
      schema: {
        type: ['object', 'boolean'],
        additionalProperties: false,
        anyOf: [{ properties: { a: {} } }],
      },
    },
    {
      of: 'keywords of arrays and objects in one alternative',
      schema: { type: ['object', 'boolean'], anyOf: [{ required: ['a'], items: {} }] },
    },
  ])('accept what it accepts: $of', ({ schema }) => {
    const p = { properties: { a: { type: 'string' } } }
    expect(wronglyRefused({ properties: { whole: schema }, definitions: { p } }, 'none')).toEqual([])
  })
})

/** Values of `whole` that follow a schema although its types refuse them. */
function wronglyRefused(schema: Schema, mode: 'none' | 'compatible'): unknown[] {
  const text = JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema })
  const eventType: NewEventType = {
    name: 'whole',
    owning_application: 'web',
    category: 'undefined',
    compatibility_mode: mode,
    schema: { type: 'json_schema', schema: text },
  }
  const payload = readPayloadSchema(eventType)
  const judge = payload.ok ? judgeOf(payload) : undefined
  if (!payload.ok || judge === undefined) return []
  const { declarations } = writeTypes(payload.root, payload.references, {
    words: ['Whole'],
    rootName: 'Whole',
    reserved: [],
    pinned: {},
  })
  const accepts = createTypeCheck(readTypeShapes(declarations.join('\n')), 'Whole')
  return VALUES.filter((whole) => judge.isValid({ whole }) && accepts({ whole }) === false)
}

/** Undefined for a schema that the broker would refuse. */
function judgeOf({ eventType }: PayloadSchema): PayloadJudge | undefined {
  try {
    return judgePayloads(eventType, TOOL_LIMITS)
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

const INNER = [null, true, 1, 'x', [], ['x'], {}, { a: 'x' }, { b: 1 }]
const VALUES: readonly unknown[] = [
  ...INNER,
  '',
  'y',
  ...INNER.map((inner) => [inner]),
  [true, 'x'],
  ...INNER.flatMap((inner) => [{ a: inner }, { b: inner }, { c: inner }, { a: inner, b: 'x' }]),
  { a: 'x', c: null },
  { a: 'x', b: 1, c: true },
]

/**
 * Schemas that combine what declares types and what does not. A value always declares its types: keywords without any around
 * them are believed to mean their kind.
 */
const schemas = fc.letrec<{ part: Schema; value: Schema }>((tie) => {
  const types = fc.uniqueArray(fc.constantFrom('object', 'array', 'string', 'number', 'boolean', 'null'), {
    minLength: 1,
    maxLength: 3,
  })
  const literals = fc.constantFrom<Schema>(
    { enum: ['x', 1] },
    { enum: [null, true] },
    { enum: ['x', 'y', {}] },
  )
  const inner = fc.oneof(
    { maxDepth: 2, depthIdentifier: 'schema' },
    fc.constantFrom<Schema>({}, { type: 'string' }, { type: ['number', 'null'] }),
    literals,
    tie('value'),
  )
  const keywords = fc
    .record({
      type: types,
      properties: fc.dictionary(fc.constantFrom('a', 'b'), inner, { minKeys: 1, maxKeys: 2 }),
      required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
      items: inner,
      additionalProperties: fc.oneof(fc.constant(false), inner),
      minLength: fc.constant(1),
      not: fc.constant({ required: ['c'] }),
    })
    .chain((all) =>
      fc.subarray(Object.entries(all), { maxLength: 2 }).map((some) => Object.fromEntries(some)),
    )
  const references = fc.constantFrom<Schema>({ $ref: '#/definitions/p' }, { $ref: '#/definitions/q' })
  const parts = fc.array(tie('part'), { minLength: 1, maxLength: 3 })
  const combinations = fc
    .tuple(keywords, fc.constantFrom('allOf', 'anyOf', 'oneOf'), parts)
    .map(([own, keyword, list]): Schema => ({ ...own, [keyword]: list }))
  const choicesInParts = fc
    .tuple(keywords, parts, parts)
    .map(([own, all, any]): Schema => ({ ...own, allOf: [...all, { anyOf: any }] }))
  const typed = fc.tuple(types, tie('part')).map(([type, part]): Schema => {
    const isAlone = ['$ref', 'enum'].some((keyword) => keyword in part)
    return isAlone ? { allOf: [{ type }, part] } : { ...part, type }
  })
  const typedByPart = fc
    .tuple(types, parts, fc.boolean())
    .map(([type, list, isFirst]): Schema => ({ allOf: isFirst ? [{ type }, ...list] : [...list, { type }] }))
  return {
    part: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'schema' },
      keywords,
      literals,
      references,
      combinations,
      choicesInParts,
    ),
    value: fc.oneof(typed, typedByPart),
  }
})
