import { describe, expect, it } from 'vitest'
import { isStructural } from './structural-violation.ts'

describe('a violation', () => {
  it.each([
    '#: required key [a] not found',
    '#/a: expected type: String, found: Integer',
    '#/a: x is not a valid enum value',
    [
      '#/a: #: 0 subschemas matched instead of one',
      '#/a/b: 2 is not a valid enum value',
      '#/a/b: 2 is not a valid enum value',
    ].join('\n'),
  ])('is one that types can refuse: %s', (violation) => {
    expect(isStructural(violation)).toBe(true)
  })

  it.each([
    '#/a: expected type: Integer, found: Double',
    '#/a: expected minLength: 1, actual: 0',
    [
      '#/a: #: 0 subschemas matched instead of one',
      '#/a: #: only 1 subschema matches out of 2',
      '#/a/n: expected type: Integer, found: Double',
      '#/a: 2 schema violations found',
      '#/a: required key [b] not found',
      '#/a/kind: Cat is not a valid enum value',
    ].join('\n'),
  ])('is beyond types: %s', (violation) => {
    expect(isStructural(violation)).toBe(false)
  })
})
