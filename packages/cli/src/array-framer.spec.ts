import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArrayFramer } from './array-framer.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Feeds `text` in chunks of at most `chunkBytes` and returns the texts of the elements. */
function frame(text: string, { chunkBytes = 1_000, maxElementBytes = 1_000_000 } = {}): string[] {
  const elements: string[] = []
  const framer = createArrayFramer({
    maxElementBytes,
    onElement: (bytes) => elements.push(decoder.decode(bytes)),
  })
  const bytes = encoder.encode(text)
  for (let at = 0; at < bytes.length; at += chunkBytes) framer.feed(bytes.subarray(at, at + chunkBytes))
  framer.end()
  return elements
}

describe('an array', () => {
  it.each([
    { given: '[]', want: [] },
    { given: '[ \n ]\n', want: [] },
    { given: '[{}]', want: ['{}'] },
    { given: '[1,2]', want: ['1', '2'] },
    { given: '[{"a":[1,2]},{"b":{"c":3}}]', want: ['{"a":[1,2]}', '{"b":{"c":3}}'] },
    { given: '["a,b]","\\"],["]', want: ['"a,b]"', '"\\"],["'] },
    { given: '["\\\\",1]', want: ['"\\\\"', '1'] },
    { given: '[{},]', want: ['{}', ''] },
    { given: '[,]', want: ['', ''] },
    { given: '[{"open":1],{}]', want: ['{"open":1]', '{}'] },
  ])('$given is cut into $want', ({ given, want }) => {
    expect(frame(given)).toEqual(want)
  })

  it('is cut into the same elements however its bytes are split', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 7 }), (values, chunkBytes) => {
        const elements = frame(JSON.stringify(values, null, 1), { chunkBytes })
        expect(elements.map((element) => JSON.parse(element))).toEqual(JSON.parse(JSON.stringify(values)))
      }),
    )
  })

  it('may be followed by white space only', () => {
    expect(frame('[1] \n')).toEqual(['1'])
    expect(() => frame('[1] []')).toThrow('text follows the end of the array')
  })

  it('may stand behind white space only', () => {
    expect(frame('\n [1]')).toEqual(['1'])
    expect(() => frame('{"a":[1]}')).toThrow('the input is not an array')
  })

  it('must be closed', () => {
    expect(() => frame('[{"a":1}')).toThrow('the array is not closed')
    expect(() => frame('["]')).toThrow('the array is not closed')
  })

  it('hands out an element of exactly the limit and refuses a longer one by its index', () => {
    expect(frame('[1,1234]', { maxElementBytes: 4, chunkBytes: 1 })).toEqual(['1', '1234'])
    expect(() => frame('[1,12345]', { maxElementBytes: 4, chunkBytes: 1 })).toThrow(
      'index 1 of the array is longer',
    )
  })
})
