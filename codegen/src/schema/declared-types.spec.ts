import { describe, expect, it } from 'vitest'
import { createLoosening } from './declared-types.ts'

const loosen = createLoosening({
  targets: new Map([['#/definitions/a', { path: [], schema: { type: ['object', 'boolean'] } }]]),
  problems: [],
})
const record = { properties: { a: {} } }
const ref = { $ref: '#/definitions/a' }
const boolean = { type: ['boolean'] }

describe('a schema without a type beside one that declares what a value may be', () => {
  it.each([
    {
      of: 'a list of types',
      given: { type: ['object', 'boolean'], allOf: [record] },
      want: { type: ['object', 'boolean'], allOf: [{ anyOf: [record, boolean] }] },
    },
    {
      of: 'a reference',
      given: { allOf: [ref, record] },
      want: { allOf: [ref, { anyOf: [record, boolean] }] },
    },
    {
      of: 'alternatives',
      given: { ...record, anyOf: [{ enum: ['a'] }, { type: 'object' }] },
      want: { ...record, anyOf: [{ enum: ['a'] }, { type: 'object' }], type: ['object', 'string'] },
    },
    {
      of: 'a member, and itself an alternative',
      given: { allOf: [ref], oneOf: [record, { type: 'object' }] },
      want: { allOf: [ref], oneOf: [record, { type: 'object' }, boolean] },
    },
  ])('does not rule that out: $of', ({ given, want }) => {
    expect(loosen(given)).toEqual(want)
  })

  it.each([
    { of: 'nothing but objects is declared', given: { type: 'object', allOf: [record] } },
    { of: 'nothing is declared', given: { ...record, allOf: [record], anyOf: [record] } },
    { of: 'a type alone moves inside', given: { type: ['object', 'null'], anyOf: [record] } },
    { of: 'a literal stands alone', given: { enum: [1], allOf: [record] } },
  ])('stays as it is where $of', ({ given }) => {
    expect(loosen(given)).toEqual(given)
  })
})
