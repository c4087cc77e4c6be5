import { describe, expect, it } from 'vitest'
import { partsInOne } from './parts-in-one.ts'

const A = { properties: { a: { type: 'string' } } }
const B = { properties: { b: {} }, required: ['b'] }

describe('an object that is described in parts', () => {
  it.each([
    {
      name: 'no other',
      node: { allOf: [A, B] },
      one: { properties: { a: { type: 'string' }, b: {} }, required: ['b'] },
    },
    {
      name: 'what it says itself',
      node: { type: 'object', required: ['x'], allOf: [A, { required: ['a', 'y'] }] },
      one: { ...A, required: ['x', 'a', 'y'] },
    },
    {
      name: 'a closed object, which a part may only ask for more of,',
      node: { type: 'object', ...A, additionalProperties: false, allOf: [{ required: ['a'] }, B] },
      one: { ...A, required: ['a'], additionalProperties: false, allOf: [B] },
    },
    {
      name: 'a list of what is required of a closed part',
      node: { required: ['a'], allOf: [{ ...A, required: ['b'], additionalProperties: false }] },
      one: { ...A, required: ['b', 'a'], additionalProperties: false },
    },
  ])('is one beside $name', ({ node, one }) => {
    expect(partsInOne(node)).toEqual({ type: 'object', ...one })
  })

  it('keeps the parts that say something else, and those that say it of the same properties', () => {
    const others = [
      { $ref: '#' },
      { ...B, additionalProperties: false },
      { ...B, anyOf: [A] },
      { properties: { a: {} } },
    ]
    expect(partsInOne({ ...A, allOf: [...others, B] })).toEqual({
      type: 'object',
      properties: { ...A.properties, ...B.properties },
      required: ['b'],
      allOf: others,
    })
  })

  it.each([
    { type: 'string', allOf: [A] },
    { allOf: [{ $ref: '#' }, { type: ['object', 'null'], ...A }, true] },
    A,
  ])('is none: %o', (node) => {
    expect(partsInOne(node)).toBe(node)
  })
})
