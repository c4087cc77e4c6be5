import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pinNames } from './pin-names.ts'

describe('the names of types', () => {
  it.each([
    { of: 'types that nothing is known of', types: ['A:1', 'B:2'], pinned: {}, names: ['A', 'B'] },
    { of: 'types that wish for the same', types: ['A:1', 'A:2'], pinned: {}, names: ['A', 'A2'] },
    { of: 'a reserved wish', types: ['Reserved:1'], pinned: {}, names: ['Reserved2'] },
    { of: 'a sibling that comes first', types: ['A:new', 'A:1'], pinned: { A: '1' }, names: ['A2', 'A'] },
    { of: 'a type that has moved', types: ['B:1'], pinned: { A: '1' }, names: ['A'] },
    { of: 'a type that has changed in its place', types: ['A:2'], pinned: { A: '1' }, names: ['A'] },
    {
      of: 'alternatives of which one is new',
      types: ['Option1:new', 'Option2:1', 'Option3:2'],
      pinned: { Option1: '1', Option2: '2' },
      names: ['Option12', 'Option1', 'Option2'],
    },
  ])('of $of', ({ types, pinned, names }) => {
    const locked = Object.fromEntries(Object.entries(pinned).map(([name, content]) => [name, { content }]))
    expect(pinNames(types.map(parse), ['Reserved'], locked)).toEqual(names)
  })

  it('are unique, and stay when types are added in any place', () => {
    const type = fc.record({
      wish: fc.constantFrom('A', 'B', 'A2'),
      content: fc.integer({ max: 1000 }).map(String),
    })
    const list = fc.uniqueArray(type, { selector: ({ content }) => content, maxLength: 8 })
    fc.assert(
      fc.property(list, fc.nat(), (all, seed) => {
        const before = all.filter((_, index) => (seed >> index) % 2 === 0)
        const first = pinNames(before, [], {})
        const locked = Object.fromEntries(
          before.map(({ wish, content }, index) => [first[index], { wish, content }]),
        )
        const names = pinNames(all, [], locked)
        expect(new Set(names).size).toBe(all.length)
        for (const [index, entry] of before.entries()) expect(names[all.indexOf(entry)]).toBe(first[index])
      }),
    )
  })
})

function parse(text: string): { wish: string; content: string } {
  const [wish = '', content = ''] = text.split(':')
  return { wish, content }
}
