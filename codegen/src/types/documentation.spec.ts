import fc from 'fast-check'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import { commentLines, documentationOf } from './documentation.ts'

describe('the documentation of a schema', () => {
  it('is its description, its deprecation and its format', () => {
    const node = { description: 'When.', deprecated: true, format: 'date-time' }
    expect(commentLines(documentationOf(node))).toEqual([
      '/**',
      ' * When.',
      ' * @deprecated',
      ' * @format date-time',
      ' */',
    ])
  })

  it.each([
    { given: { title: 'Who brings it' }, want: ['/** Who brings it */'] },
    { given: { title: 'Order id' }, want: [] },
    { given: { title: 'A', description: 'B' }, want: ['/** B */'] },
    {
      given: { 'x-extensible-enum': ['*/', 'b'] },
      want: ['/** Known values: "*\\/", "b". There may be others. */'],
    },
    { given: { enum: ['a'], 'x-extensible-enum': ['b'] }, want: [] },
  ])('of a property order_id with $given is $want', ({ given, want }) => {
    expect(commentLines(documentationOf(given, 'order_id'))).toEqual(want)
  })

  it('is one line when there is one thing to say, and none when there is nothing', () => {
    expect(commentLines({ description: 'When.' })).toEqual(['/** When. */'])
    expect(commentLines(documentationOf({ description: ' ', deprecated: 'yes', format: '*/' }))).toEqual([])
  })

  it('breaks long lines between words', () => {
    const lines = commentLines({ description: 'word '.repeat(60) })
    expect(lines.length).toBeGreaterThan(4)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(103)
  })

  it('breaks lines anew that are too long in the middle of a sentence, and keeps all others', () => {
    const long = `Text${' word'.repeat(20)}`
    const description = `Short\nline.\n${long}\nso on.\n${long}\n- item\n${long}\nNew.`
    const most = `Text${' word'.repeat(19)}`
    expect(commentLines({ description })).toEqual([
      '/**',
      ' * Short',
      ' * line.',
      ` * ${most}`,
      ' * word so on.',
      ` * ${most}`,
      ' * word',
      ' * - item',
      ` * ${most}`,
      ' * word',
      ' * New.',
      ' */',
    ])
  })

  it.each([
    { description: 'a */ b', line: '/** a *\\/ b */' },
    { description: '@ts-ignore', line: '/** \\@ts-ignore */' },
    { description: 'by \u202eeb', line: '/** by eb */' },
    { description: 'mail a@b.c', line: '/** mail a@b.c */' },
  ])('cannot act on the code around it: $description', ({ description, line }) => {
    expect(commentLines({ description })).toEqual([line])
  })

  it('is one comment and nothing else, whatever it says', () => {
    const text = fc.array(
      fc.constantFrom(
        '*/',
        '/*',
        '*',
        '/',
        '\n',
        '\r',
        '\u2028',
        '@',
        '`',
        '//',
        '\\',
        ' ',
        'x',
        '@ts-ignore',
        '\t',
      ),
    )
    fc.assert(
      fc.property(text, (parts) => {
        const source = commentLines({ description: parts.join('') }).join('\n')
        const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.ES2022)
        expect(file.statements).toHaveLength(0)
        expect(file.endOfFileToken.getFullText(file)).toBe(source)
        expect(source).not.toMatch(/^[/*\s]*@ts-/m)
      }),
    )
  })
})
