import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject } from './json-value.ts'
import { readEvent } from './read-event.ts'
import { parseStrictJson } from './strict-json.ts'

function message(text: string): string | undefined {
  const reading = readEvent(text)
  return reading.ok ? undefined : reading.message
}

describe('an event', () => {
  it.each([
    '{}',
    ' {"a" : [ 1 , -2.5e3 , { } , [ ] , "\\u00e9\\n\\/" , true , false , null ] } ',
    '{"max":9223372036854775807,"min":-9223372036854775808,"small":1e-400}',
    '{"a":{"k":1},"b":{"k":1}}',
    '{"a":"x:y,z:1","b":"\\":{"}',
    '{"__proto__":1,"constructor":2}',
    '{"a":" 123456789012345678901234567890"}',
  ])('is what JSON says: %s', (text) => {
    expect(readEvent(text)).toEqual({ ok: true, event: JSON.parse(text), text })
  })

  it.each([
    { given: '{"a":007}', text: '{"a":7}' },
    { given: '{"a":[-00.5,1.,1.e2,-.5,00]}', text: '{"a":[-0.5,1.0,1.0e2,-0.5,0]}' },
    { given: '{"a":"it\\\'s","\\\'":1}', text: '{"a":"it\'s","\'":1}' },
  ])('may take liberties, which are not passed on: $given', ({ given, text }) => {
    expect(readEvent(given)).toEqual({ ok: true, event: JSON.parse(text), text })
  })

  it.each([
    { given: '{"a":1,"a":2}', want: 'Duplicate key "a"' },
    { given: '{"x":{"a":1,"\\u0061":2}}', want: 'Duplicate key "a"' },
    {
      given: '{"a":9223372036854775808}',
      want: `Can not use long value '9223372036854775808' cause it is too big at pos 24`,
    },
    {
      given: '{"a":-9223372036854775809}',
      want: `Can not use long value '-9223372036854775809' cause it is too big at pos 25`,
    },
    { given: '{"a":1-2}', want: `Can not use long value '1-2' cause it is too big at pos 8` },
    { given: '{"a":1e400}', want: '1e400 can not be used at pos 10' },
    { given: '{"a":1e}', want: `The provided value '1e' cannot be parsed to float at pos 7` },
    { given: '{"a":+1}', want: `Numbers cannot start with:'+' at pos 6` },
    { given: '{"a":x}', want: `Unexpected symbol 'x' at pos 6` },
    { given: '{"a":[1,]}', want: `Unexpected symbol ']' at pos 9` },
    { given: '{"a":[1 2]}', want: `Unexpected separator '2' at pos 9` },
    { given: '{"a":1,}', want: 'Not allowed to finish object with comma at pos 8' },
    { given: '{a:1}', want: `Unexpected symbol 'a' at pos 2` },
    { given: '{"a" 1}', want: 'Waiting for name-value separator : while parsing object at pos 6' },
    { given: '{"a":1 "b":2}', want: `Unexpected symbol '"' while parsing object at pos 8` },
    { given: '{"a":trux}', want: 'Expected true value at pos 9' },
    { given: '{"a":falsy}', want: 'Expected false value at pos 10' },
    { given: '{"a":nulx}', want: 'Expected null value at pos 9' },
    { given: '{"a":nu', want: 'Unexpected end of data at pos 6' },
    { given: '{"a":"b', want: 'Unexpected end of data at pos 7' },
    { given: '{"a":"\n"}', want: 'Unterminated string at pos 7' },
    { given: '{"a":"\t"}', want: 'Illegal escape. at pos 7' },
    { given: '{"a":"\\x"}', want: 'Illegal escape. at pos 8' },
    { given: '{"a":"\\u00g0"}', want: 'Illegal codepoint 00g0 at pos 12' },
    { given: '{} x', want: `Unexpected symbol 'x' at pos 4` },
    { given: '[1]', want: `A JSON object must begin with '{'` },
  ])('is refused in the words of the broker: $given', ({ given, want }) => {
    expect(message(given)).toBe(want)
  })

  it('is refused when it is nested too deeply to be read exactly', () => {
    const text = `{"a":${'['.repeat(5_000)}01${']'.repeat(5_000)}}`
    expect(message(text)).toBe('Nested deeper than 1000 at pos 1005')
  })
})

describe('the two readers', () => {
  const separators = fc.constantFrom('', ' ', '\n')

  it('agree on all that both accept', () => {
    return fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), separators, (value, space) => {
        const text = JSON.stringify(value, null, space)
        // Integers beyond 64 bits are JSON, but not for the broker.
        fc.pre(!/\d{19}/.test(text))
        expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text), text })
        expect(readEvent(text)).toEqual({ ok: true, event: JSON.parse(text), text })
      }),
    )
  })

  it('agree on texts with something put in or left out, but for the known liberties', () => {
    const piece = fc.constantFrom(
      ...'{}[]",:0123456789.-+eEtrufalsn\\\'\t\n /'.split(''),
      '\\u00',
      '1e999',
      '9'.repeat(20),
    )
    const edit = fc.record({ at: fc.nat(40), drop: fc.nat(2), put: piece })
    const value = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 2 }))
    return fc.assert(
      fc.property(value, fc.array(edit, { minLength: 1, maxLength: 2 }), (original, edits) => {
        let text = JSON.stringify(original)
        for (const { at, drop, put } of edits) text = text.slice(0, at) + put + text.slice(at + drop)
        const [exact, native] = [exactly(text), natively(text)]
        const reading = readEvent(text)
        expect(reading.ok).toBe(isJsonObject(exact))
        if (!reading.ok) return
        expect(reading.event).toEqual(exact)
        if (native !== undefined) expect(native).toEqual(exact)
        expect(JSON.parse(reading.text)).toEqual(exact)
      }),
      { numRuns: 500 },
    )
  })
})

function exactly(text: string): unknown {
  try {
    return parseStrictJson(text).value
  } catch {
    return undefined
  }
}

function natively(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
