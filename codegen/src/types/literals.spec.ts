import fc from 'fast-check'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import { literalType, propertyKey, stringLiteral, valueLiteral } from './literals.ts'

describe('a string of a schema', () => {
  it.each([
    { text: 'plain', literal: "'plain'" },
    { text: "it's", literal: '"it\'s"' },
    { text: `'"`, literal: `'\\'"'` },
    { text: 'a\nb', literal: "'a\\nb'" },
    { text: 'a\u2028b', literal: "'a\\u2028b'" },
    { text: 'a\u202eb', literal: "'a\\u202eb'" },
    { text: '\\', literal: "'\\\\'" },
  ])('$text is written as $literal', ({ text, literal }) => {
    expect(stringLiteral(text)).toBe(literal)
  })

  const unit = fc.oneof(
    fc.constantFrom("'", '"', '\\', '`', '\n', '\u2028', '\u202e', '\ud800'),
    fc.string({ unit: 'binary' }),
  )
  const anyText = fc.array(unit, { maxLength: 12 }).map((parts) => parts.join(''))

  it('is one literal of that very text, whatever it contains', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseType(stringLiteral(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the name of a property', () => {
  it.each([
    { name: 'order_number', key: 'order_number' },
    { name: 'order-number', key: "'order-number'" },
    { name: '2fa', key: "'2fa'" },
    { name: '', key: "''" },
    { name: 'x: 1 }', key: "'x: 1 }'" },
    { name: 'naïve', key: "'naïve'" },
  ])('$name is written as $key', ({ name, key }) => {
    expect(propertyKey(name)).toBe(key)
  })
})

describe('a value of a schema', () => {
  it.each([
    { value: null, type: 'null' },
    { value: -1.5, type: '-1.5' },
    { value: [1, 'a'], type: "readonly [1, 'a']" },
    { value: { 'a-b': { c: true } }, type: "{ readonly 'a-b': { readonly c: true } }" },
    { value: {}, type: '{ readonly [key: string]: never }' },
  ])('$value is written as the type $type', ({ value, type }) => {
    expect(literalType(value)).toBe(type)
  })
})

describe('a value of a schema in an expression', () => {
  const fitting = 'a'.repeat(94)
  it.each([
    { value: {}, literal: '{}' },
    { value: [1, null, "it's"], literal: `[1, null, "it's"]` },
    { value: { ['__proto__']: { 'a-b': true } }, literal: `{ ['__proto__']: { 'a-b': true } }` },
    { value: [fitting], literal: `['${fitting}']` },
    { value: { a: [`${fitting}a`] }, literal: `{\n    a: [\n      '${fitting}a',\n    ],\n  }` },
  ])('is written as $literal', ({ value, literal }) => {
    expect(valueLiteral(value, '  ')).toBe(literal)
  })
})

/** The text of a literal type, or undefined when the source is anything else. */
function parseType(source: string): string | undefined {
  const { statements } = ts.createSourceFile('x.ts', `type X = ${source}`, ts.ScriptTarget.ES2022)
  const [only] = statements
  if (statements.length !== 1 || only === undefined || !ts.isTypeAliasDeclaration(only)) return undefined
  const { type } = only
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined
}
