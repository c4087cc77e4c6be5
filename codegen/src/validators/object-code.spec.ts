import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ajvCode } from './ajv-code.ts'
import { objectCode } from './object-code.ts'
import { REFERENCE } from './standalone-schema.ts'

const reference = { [REFERENCE]: 0 }

describe('the code of an object with named properties', () => {
  it('is that of ajv', () => {
    fc.assert(
      fc.property(objects(), (schema) => {
        expect(objectCode(schema)).toEqual(ajvCode(schema))
      }),
      { numRuns: 200 },
    )
  })
})

describe('no short way leads to the code of', () => {
  it.each([
    ['a text', { type: 'string' }],
    ['an object of several kinds', { type: ['object', 'null'], properties: { a: reference } }],
    ['an object without properties', { type: 'object', required: ['a'] }],
    ['an object whose properties may be anything', { type: 'object', properties: { a: true } }],
    ['an object of which more is said', { type: 'object', properties: { a: reference }, minProperties: 1 }],
    [
      'what may have any other property',
      { type: 'object', properties: { a: reference }, additionalProperties: true },
    ],
    ['what permits everything', true],
  ])('%s', (_, schema) => {
    expect(objectCode(schema)).toBeUndefined()
  })
})

function objects(): fc.Arbitrary<unknown> {
  const references = fc.record({ [REFERENCE]: fc.nat(5) })
  const names = fc.oneof(
    fc.constantFrom('a', '', '__proto__', 'a1', "'", '"', '\u2028', 'instancePath:"",'),
    fc.string(),
  )
  return fc.record(
    {
      type: fc.constant('object'),
      properties: fc
        .tuple(references, fc.dictionary(names, fc.oneof(references, fc.constant(true))))
        .map(([first, others]) => ({ first, ...others })),
      additionalProperties: fc.oneof(references, fc.constant(false)),
      required: fc.uniqueArray(names),
    },
    { requiredKeys: ['type', 'properties'] },
  )
}
