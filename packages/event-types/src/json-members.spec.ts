import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectMembers, valueSpan } from './json-members.ts'

/** The text that a path leads to. */
function textAt(text: string, path: readonly string[]): string | undefined {
  const span = valueSpan(text, path)
  return span && text.slice(span.start, span.end)
}

describe('the members of an object in a JSON text', () => {
  it('are listed in the order of the text, with decoded names', () => {
    const text = ' { "b" : 1 , "\\u0061\\"" : [ {} ] } '
    const members = [...objectMembers(text)]
    expect(members.map(({ name }) => name)).toEqual(['b', 'a"'])
    expect(members.map(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end))).toEqual([
      '"b"',
      '"\\u0061\\""',
    ])
    expect(members.map(({ valueSpan }) => text.slice(valueSpan.start, valueSpan.end))).toEqual([
      '1',
      '[ {} ]',
    ])
  })

  it('are none when the text is no object', () => {
    expect([...objectMembers('[{"a":1}]')]).toEqual([])
    expect([...objectMembers('{ }')]).toEqual([])
  })

  it('are the keys and values of JSON.parse, whatever the text', () => {
    return fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(3), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent)
        const value: unknown = JSON.parse(text)
        fc.pre(typeof value === 'object' && value !== null && !Array.isArray(value))
        const members = [...objectMembers(text)].map(({ name, valueSpan: { start, end } }) => [
          name,
          JSON.parse(text.slice(start, end)),
        ])
        expect(Object.fromEntries(members)).toEqual(value)
      }),
    )
  })
})

describe('the value at a path of a JSON text', () => {
  it.each([
    { given: '{"a":{"b": 1.10 }}', path: ['a', 'b'], want: '1.10' },
    { given: '{"a":"{\\"b\\":1}","b":2}', path: ['b'], want: '2' },
    { given: '{"a":"\\\\","b":"}"}', path: ['b'], want: '"}"' },
    { given: '{"a":1,"a":2}', path: ['a'], want: '2' },
    { given: ' [1, 2] ', path: [], want: '[1, 2]' },
    { given: '{"__proto__":{"constructor":3}}', path: ['__proto__', 'constructor'], want: '3' },
    { given: '{"a":[{"b":1}]}', path: ['a', 'b'], want: undefined },
    { given: '{"a":null}', path: ['a', 'b'], want: undefined },
    { given: '{}', path: ['toString'], want: undefined },
  ])('is $want at $path of $given', ({ given, path, want }) => {
    expect(textAt(given, path)).toBe(want)
  })

  it('is found below any depth without recursion', () => {
    const depth = 200_000
    const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)},"b":1}`
    expect(textAt(text, ['b'])).toBe('1')
  })
})
