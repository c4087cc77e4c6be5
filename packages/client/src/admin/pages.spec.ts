import { describe, expect, it } from 'vitest'
import { followPages, type Page } from './pages.ts'

function list(links: readonly (string | undefined)[]) {
  const asked: unknown[] = []
  const fetchPage = async (position: object): Promise<Page<number>> => {
    const index = asked.push(position) - 1
    const href = links[index]
    return { items: [index], _links: href === undefined ? {} : { next: { href } } }
  }
  return { asked, items: followPages({ operation: 'listSubscriptions', fetchPage }) }
}

describe('a list in pages', () => {
  it('goes on where the links say, by offset or by token, and nowhere else', async () => {
    const { asked, items } = list([
      'https://elsewhere.test/?offset=2&limit=2',
      '/subscriptions?token=abc',
      undefined,
    ])
    expect(await all(items)).toEqual([0, 1, 2])
    expect(asked).toEqual([{}, { offset: '2' }, { token: 'abc' }])
  })

  it('asks for no page before it is needed', async () => {
    const { asked, items } = list(['?offset=1', '?offset=2'])
    for await (const item of items) if (item === 1) break
    expect(asked).toHaveLength(2)
  })

  const table: readonly { links: readonly string[]; want: RegExp }[] = [
    { links: ['/subscriptions'], want: /names neither offset nor token/ },
    { links: ['?offset=1', '?offset=1'], want: /leads back to the same page/ },
  ]
  for (const { links, want } of table) {
    it(`ends with an error when a link ${want.source}`, async () => {
      await expect(async () => {
        for await (const _ of list(links).items);
      }).rejects.toThrow(want)
    })
  }
})

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
