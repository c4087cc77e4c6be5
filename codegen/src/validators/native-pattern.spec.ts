import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { nativePattern } from './native-pattern.ts'

describe('a pattern for the regular expressions of the platform', () => {
  it.each([
    ['^[a-z]+$', '^[a-z]+$'],
    ['a.b', 'a[^\\n]b'],
    ['(?s)a.b', 'a[^]b'],
    ['(?P<year>\\d{4})', '(?:[0-9]{4})'],
    ['\\s', '[\\u{9}\\u{a}\\u{c}\\u{d}\\u{20}]'],
    ['(?i)ab', '[Aa][Bb]'],
    ['\\Qa.b\\E', 'a\\.b'],
    ['[]a]', '[\\]a]'],
    ['a{,3}', 'a\\{,3\\}'],
    ['a*?', 'a*'],
    ['\\x{1F600}', '\\u{1f600}'],
    ['\\-', '\\x2d'],
  ])('writes %s as %s', (pattern, source) => {
    expect(nativePattern(pattern)).toBe(source)
  })

  it('has nothing for single bytes', () => {
    expect(nativePattern('\\C')).toBeUndefined()
  })

  it('writes every pattern that RE2 accepts so that it finds the same texts', () => {
    fc.assert(
      fc.property(patterns(), fc.array(texts(), { minLength: 1, maxLength: 8 }), (pattern, subjects) => {
        const re2 = compiled(pattern)
        fc.pre(re2 !== undefined)
        const source = nativePattern(pattern)
        fc.pre(source !== undefined)
        const native = new RegExp(source ?? '', 'u')
        for (const subject of subjects) {
          expect({ pattern, source, subject, found: native.test(subject) }).toEqual({
            pattern,
            source,
            subject,
            found: re2?.test(subject),
          })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

function compiled(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return undefined
  }
}

const PIECES = [
  'a',
  'b',
  'K',
  'ſ',
  'é',
  '0',
  '-',
  '_',
  ' ',
  '\\.',
  '\\-',
  '\\/',
  '.',
  '^',
  '$',
  '|',
  '(',
  ')',
  '(?:',
  '(?i)',
  '(?i:',
  '(?s)',
  '(?m)',
  '(?-i:',
  '(?P<n>',
  '[',
  ']',
  '[^',
  '[a-c]',
  '[^a-c\\d]',
  '[[:alpha:]]',
  '[[:^space:]_]',
  '[]a]',
  '[a-]',
  '[\\w-]',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\b',
  '\\B',
  '\\A',
  '\\z',
  '\\pL',
  '\\p{Greek}',
  '\\P{Lu}',
  '*',
  '+',
  '?',
  '*?',
  '{2}',
  '{1,}',
  '{0,2}',
  '{',
  '}',
  '{,2}',
  '\\x41',
  '\\x{e9}',
  '\\n',
  '\\t',
  '\\Q.*\\E',
  '\\101',
  '\\\\',
  '/',
  ':',
  '=',
  '!',
  '<',
  '>',
]

function patterns(): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''))
}

function texts(): fc.Arbitrary<string> {
  const characters = [
    'a',
    'b',
    'c',
    'A',
    'B',
    'k',
    'K',
    '\u212a',
    's',
    'ſ',
    'é',
    'É',
    'α',
    '0',
    '9',
    '-',
    '_',
    ' ',
    '\n',
    '\r',
    '\u00a0',
    '\u2028',
    '.',
    '*',
    '{',
    '}',
    ',',
    '2',

    '\\',
    '/',
    ']',
  ]
  return fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((all) => all.join(''))
}
