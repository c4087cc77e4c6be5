import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Page, pageOf, parsePageToken } from './id-pages.ts'

interface Item {
  readonly id: string
}

const ITEMS: readonly Item[] = [...'bdfh'].map((id) => ({ id }))

function page(token: string, limit: number, items = ITEMS): Page<Item> {
  const parsed = parsePageToken(token)
  if (parsed === undefined) throw new Error(`not a token: ${token}`)
  return pageOf(items, parsed, limit)
}

/** `b d | prev | next`, with `-` for no link. */
function written({ items, prev = '-', next = '-' }: Page<Item>): string {
  return `${items.map(({ id }) => id).join(' ')} | ${prev} | ${next}`
}

describe('a page of a list by id', () => {
  const pages = [
    ['new', 2, 'b d | - | Wf'],
    ['new', 4, 'b d f h | - | -'],
    ['Wf', 2, 'f h | Bf | -'],
    ['Wd', 2, 'd f | Bd | Wh'],
    ['Fb', 2, 'd f | Bd | Wh'],
    ['Fd', 2, 'f h | Id | -'],
    ['Fh', 2, ' | Ih | -'],
    ['Bf', 2, 'b d | - | Wf'],
    ['Bh', 2, 'd f | Bd | Ff'],
    ['If', 2, 'd f | Bd | Ff'],
    ['Id', 2, 'b d | - | Fd'],
    ['Bb', 2, ' | - | Wb'],
  ] as const
  for (const [token, limit, want] of pages) {
    it(`is "${want}" for ${token} and a limit of ${limit}`, () => {
      expect(written(page(token, limit))).toBe(want)
    })
  }

  it('is none for a token with an unknown letter', () => {
    expect(parsePageToken('Xb')).toBeUndefined()
    expect(parsePageToken('')).toBeUndefined()
  })
})

describe('following the links of a list by id', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 })
  const lists = ids.map((list) => list.sort().map((id) => ({ id })))

  it('shows every item once, there and back', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 5 }), (items, limit) => {
        const there: string[] = []
        const shown: string[][] = []
        let current = page('new', limit, items)
        for (;;) {
          shown.push(current.items.map(({ id }) => id))
          there.push(...current.items.map(({ id }) => id))
          if (current.next === undefined) break
          current = page(current.next, limit, items)
        }
        expect(there).toEqual(items.map(({ id }) => id))
        const back: string[] = [...(shown.at(-1) ?? [])]
        while (current.prev !== undefined) {
          current = page(current.prev, limit, items)
          back.unshift(...current.items.map(({ id }) => id))
        }
        expect(back).toEqual(there)
      }),
    )
  })
})
