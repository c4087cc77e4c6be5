import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compactJson } from './compact-json.ts'
import { scanContainer } from './json-scan.ts'

describe('a compacted JSON text', () => {
  it('has no whitespace outside strings', () => {
    expect(compactJson('\t{ "a b" : [ 1 ,\r\n 2.50 ] , "c" : "\\" x" } ')).toBe(
      '{"a b":[1,2.50],"c":"\\" x"}',
    )
  })

  it('is the shortest text of the same value', () => {
    return fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t', ' \n '), (value, indent) => {
        expect(compactJson(JSON.stringify(value, undefined, indent))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('is the text itself when there is nothing to remove', () => {
    expect(compactJson('{"a":" "}')).toBe('{"a":" "}')
  })
})

describe('the depth of a JSON text', () => {
  it.each([
    { given: '1', want: 0 },
    { given: '"[[["', want: 0 },
    { given: '[]', want: 1 },
    { given: '{"a":[{}],"b":[]}', want: 3 },
    { given: '"\\"[" ', want: 0 },
  ])('of $given is $want', ({ given, want }) => {
    expect(scanContainer(given, 0).depth).toBe(want)
  })
})
