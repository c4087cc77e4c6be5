import { describe, expect, it } from 'vitest'
import { isStructural } from './structural-violation.ts'

describe('a violation', () => {
  it.each([
    { violation: '#: required key [a] not found', can: true },
    { violation: '#/a: expected type: String, found: Integer', can: true },
    { violation: '#/a: x is not a valid enum value', can: true },
    { violation: '#/a: expected type: Integer, found: Double', can: false },
    { violation: '#/a: expected minLength: 1, actual: 0', can: false },
    {
      violation:
        '#/a: #: 0 subschemas matched instead of one\n#/a/b: 2 is not a valid enum value\n#/a/b: 2 is not a valid enum value',
      can: true,
    },
    {
      violation:
        '#/a: #: 0 subschemas matched instead of one\n#/a: #: only 1 subschema matches out of 2\n#/a/n: expected type: Integer, found: Double\n#/a: 2 schema violations found\n#/a: required key [b] not found\n#/a/kind: Cat is not a valid enum value',
      can: false,
    },
  ])('is one that types can refuse, or is not: $violation', ({ violation, can }) => {
    expect(isStructural(violation)).toBe(can)
  })
})
