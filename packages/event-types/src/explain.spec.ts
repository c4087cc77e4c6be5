import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCheckBudget } from './check-budget.ts'
import { compileSchema } from './compile-schema.ts'
import { explain } from './explain.ts'
import { isJsonObject } from './json-value.ts'
import type { LoadedDocument } from './loaded-schema.ts'
import { loadSchema } from './schema-loader.ts'

const name = fc.constantFrom('a', 'b', 'c')
const scalar = fc.constantFrom('', 'x', 'aa', 0, 1, -2, 1.5, 12345678901, true, false, null)

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 2, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }),
    // As JSON.parse makes them: the other implementation tells objects without a prototype from those with one.
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const type = fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'object', 'array')

const { schema } = fc.letrec((tie) => {
  const schemas = fc.array(tie('schema'), { minLength: 1, maxLength: 3 })
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 2 })
  return {
    schema: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) }),
      fc.record(
        { minLength: fc.nat(3), maxLength: fc.nat(3), pattern: fc.constantFrom('^x', 'a+$') },
        { requiredKeys: [] },
      ),
      fc.record(
        { minimum: fc.nat(2), exclusiveMinimum: fc.boolean(), multipleOf: fc.constantFrom(1, 0.5) },
        { requiredKeys: ['minimum'] },
      ),
      fc.record(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(name, tie('schema'), { maxKeys: 2 }),
          required: names,
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
          minProperties: fc.nat(2),
          patternProperties: fc.dictionary(fc.constantFrom('^a', 'b|c'), tie('schema'), { maxKeys: 1 }),
          dependencies: fc.dictionary(name, fc.oneof(names, tie('schema')), { maxKeys: 1 }),
          oneOf: schemas,
        },
        { requiredKeys: ['properties'] },
      ),
      fc.record(
        {
          items: fc.oneof(tie('schema'), schemas),
          additionalItems: fc.oneof(fc.boolean(), tie('schema')),
          minItems: fc.nat(2),
          uniqueItems: fc.boolean(),
        },
        { requiredKeys: ['items'] },
      ),
      fc.record({ allOf: schemas }),
      fc.record({ anyOf: schemas }),
      fc.record({ oneOf: schemas }),
      fc.record({ enum: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('schema') }),
      fc.constant({ $ref: '#/definitions/d' }),
    ),
  }
})

describe('the explanation of a value', () => {
  it('exists exactly when the compiled schema refuses the value', () => {
    return fc.assert(
      fc.property(schema, fc.array(value, { minLength: 5, maxLength: 5 }), (root, values) => {
        const definitions = { d: { properties: { a: { type: 'string' } }, required: ['a'] } }
        if (!isJsonObject(root)) throw new TypeError('the generator makes objects')
        const document = loadSchema({ ...root, definitions })
        const budget = createCheckBudget()
        const { check: isValid, parts } = compileSchema(document, budget)
        const other = otherImplementation(document)
        for (const each of values) {
          expect(isValid(each)).toBe(other(each))
          expect(explain(document, each, { budget, parts }) === undefined).toBe(isValid(each))
        }
      }),
      { numRuns: 500 },
    )
  })
})

/** A loaded document is a schema of draft-07, so it means the same to others. */
function otherImplementation({ definitions }: LoadedDocument): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, ownProperties: true, meta: false, validateSchema: false })
  const check = ajv.compile({ $ref: '#/definitions/0', definitions: { ...definitions } })
  return (value) => check(value) === true
}
