import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanContainer, skipString } from './json-scan.ts'

describe('a string', () => {
  it('ends at its quote, however long it is and whatever is escaped in it', () => {
    const content = fc.string({ unit: fc.constantFrom('a', '"', '\\', 'é'), maxLength: 60 })
    return fc.assert(
      fc.property(content, content, (before, after) => {
        const text = JSON.stringify(before)
        expect(skipString(text + JSON.stringify(after), 0)).toBe(text.length)
      }),
    )
  })

  it.each(['"', '"a', '"a\\', '"a\\"', `"${'a'.repeat(30)}\\"`])(
    'that does not end, as in %s, ends the text',
    (text) => {
      expect(skipString(text, 0)).toBe(text.length)
    },
  )
})

describe('the scan of an object', () => {
  it.each([
    { text: '{"metadata":{"a":1}}', want: '{"a":1}' },
    { text: '{ "a" : 1 , "metadata" : { } }', want: '{ }' },
    { text: '{"m\\u0065tadata":{"a":[]}}', want: '{"a":[]}' },
    { text: '{"a":{"metadata":{}},"b":["metadata",{}]}', want: undefined },
    { text: '{"metadata":1,"a":{}}', want: undefined },
    { text: '{"a":"metadata","b":{}}', want: undefined },
    { text: '{"metadata\\"":{}}', want: undefined },
  ])('finds the metadata of $text', ({ text, want }) => {
    const { metadata } = scanContainer(text, 0)
    expect(metadata && text.slice(metadata.start, metadata.end)).toBe(want)
  })

  it.each([
    { text: '{"a b":" c "}', want: false },
    { text: '{"a": 1}', want: true },
    { text: '{"a":1\n}', want: true },
    { text: '{"a":[1,\t2]}', want: true },
    { text: '{"a":1} ', want: false },
  ])('says whether there is whitespace in $text', ({ text, want }) => {
    expect(scanContainer(text, 0).isSpaced).toBe(want)
  })
})
