import { describe, expect, it } from 'vitest'
import { keyByFields } from './ordering-key.ts'

function keyOf(event: unknown, partitionKeyFields: string[], category: 'business' | 'data' = 'business') {
  return keyByFields({ name: 'a', category, partitionKeyFields })?.keyOf(event)
}

describe('the key by the fields that choose the partition', () => {
  it('is the text of the field', () => expect(keyOf({ id: 'x' }, ['id'])).toBe('x'))
  it('is made of all of them', () => expect(keyOf({ a: 1, b: { c: true } }, ['a', 'b.c'])).toBe('1\ntrue'))
  it('is found inside data for events of category data', () => {
    expect(keyOf({ data_op: 'U', data: { id: 'x' } }, ['id'], 'data')).toBe('x')
  })
  it('is the same for all events that lack the field', () => {
    expect(keyOf({}, ['id'])).toBe(keyOf({ id: undefined }, ['id']))
  })
  it('tells large integers apart, which JSON has no form for', () => {
    expect(keyOf({ id: 2n ** 64n }, ['id'])).toBe('18446744073709551616')
  })
  it('is not there without fields', () => expect(keyOf({}, [])).toBeUndefined())
})
