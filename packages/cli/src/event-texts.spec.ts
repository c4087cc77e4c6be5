import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventTexts } from './event-texts.ts'

const encoder = new TextEncoder()
const cursor = '"cursor":{"partition":"0","offset":"7","event_type":"a,b:{","cursor_token":"t"}'

describe('a line of a stream', () => {
  it.each([
    { given: `{${cursor},"events":[{"a":1},{"a":[2,{"b":3}]}]}`, want: ['{"a":1}', '{"a":[2,{"b":3}]}'] },
    { given: `{"events":[{"a":1}],${cursor}}`, want: ['{"a":1}'] },
    { given: `{ ${cursor} , "events" : [ {"a":1} , {} ] , "info":{"debug":"x"} }`, want: ['{"a":1}', '{}'] },
    { given: `{${cursor},"info":{"events":[1]},"events":[{"events":[{}]}]}`, want: ['{"events":[{}]}'] },
    { given: `{${cursor},"events":[]}`, want: [] },
    { given: `{${cursor}}`, want: [] },
  ])('$given gives the events $want', ({ given, want }) => {
    expect(eventTexts(encoder.encode(given))).toEqual(want)
  })

  it('gives numbers and characters as they were sent', () => {
    const text = '{"id":12345678901234567890,"price":1.10,"name":"ü\\u00fc\\/"}'
    expect(eventTexts(encoder.encode(`{${cursor},"events":[${text}]}`))).toEqual([text])
  })

  it('gives every event of any line', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.jsonValue(), (events, info) => {
        const line = JSON.stringify({ info, events, last: info })
        expect(eventTexts(encoder.encode(line))).toEqual(events.map((event) => JSON.stringify(event)))
      }),
    )
  })
})
