import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitEvents } from './event-batch.ts'

function texts(body: string): readonly string[] | string {
  const batch = splitEvents(body)
  return batch.ok ? batch.events.map(({ text }) => text) : batch.message
}

describe('the body of a publishing request', () => {
  it.each([
    { body: '[]', want: [] },
    { body: ' \t\r\n[ , ,]\n', want: [] },
    { body: '[{}]', want: ['{}'] },
    { body: '[{"a":1},{"b":2}]', want: ['{"a":1}', '{"b":2}'] },
    { body: '[,,{}{} ,]', want: ['{}', '{}'] },
    { body: '[{ "a" : "]}" }]', want: ['{ "a" : "]}" }'] },
    { body: '[{"a":"\\"}"},{"b":"\\\\"}]', want: ['{"a":"\\"}"}', '{"b":"\\\\"}'] },
    { body: '[{"a":[{"b":{}}]}]', want: ['{"a":[{"b":{}}]}'] },
  ])('$body holds $want.length events', ({ body, want }) => {
    expect(texts(body)).toEqual(want)
  })

  it.each([
    { body: '', want: 'Array of events should start with [ at position 0' },
    { body: '  ', want: 'Array of events should start with [ at position 2' },
    { body: ' {}', want: 'Array of events should start with [ at position 1' },
    { body: '[', want: 'Array of events should end with ] at position 0' },
    { body: '[{}', want: 'Array of events should end with ] at position 2' },
    { body: '[{}] ,', want: 'Array of events should end with ] at position 5' },
    { body: '[1]', want: 'Illegal character at position 1' },
    { body: '[{},"x"]', want: 'Illegal character at position 4' },
    { body: '[{]', want: 'Unclosed object staring at 1 found.' },
    { body: '[{"a":"}]', want: 'Unclosed object staring at 1 found.' },
    { body: '[{"a":}]', want: "Unexpected symbol '}' at pos 6" },
    { body: '[ {"a":1,}]', want: 'Not allowed to finish object with comma at pos 8' },
    {
      body: `[${'{"a":'.repeat(101)}1${'}'.repeat(101)}]`,
      want: 'The object starting at 1 is nested deeper than 100.',
    },
  ])('$body is refused', ({ body, want }) => {
    expect(texts(body)).toBe(want)
  })

  it('gives every event back as it was written', () => {
    const blank = fc.stringMatching(/^[ \t\r\n]{0,3}$/)
    const event = fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat(2))
      .map(([value, indent]) => JSON.stringify(value, null, indent))
      // An integer beyond 64 bits is refused.
      .filter((text) => !/\d{19}/.test(text))
    fc.assert(
      fc.property(fc.array(event), blank, (events, space) => {
        const body = `${space}[${space}${events.join(`${space},${space}`)}${space}]${space}`
        expect(texts(body)).toEqual(events)
      }),
    )
  })

  it('never fails, whatever it holds', () => {
    const character = fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', ' ', 'a', '1')
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const batch = splitEvents(characters.join(''))
        expect(batch.ok ? batch.events : batch.message).toBeTruthy()
      }),
    )
  })
})
