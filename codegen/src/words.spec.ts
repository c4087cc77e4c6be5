import { describe, expect, it } from 'vitest'
import {
  camelCase,
  createNamePool,
  identifierWordsOf,
  joinWords,
  kebabCase,
  pascalCase,
  withoutRepetitions,
  wordsOf,
} from './words.ts'

describe('the words of a name', () => {
  it.each([
    { name: 'order.order-placed', words: ['order', 'order', 'placed'] },
    { name: 'github.issue_comment', words: ['github', 'issue', 'comment'] },
    { name: 'orderPlaced', words: ['order', 'Placed'] },
    { name: 'star$created', words: ['star', 'created'] },
    { name: '日本', words: [] },
    { name: '*/ alert(1) /*', words: ['alert', '1'] },
  ])('of $name are $words', ({ name, words }) => {
    expect(wordsOf(name)).toEqual(words)
  })

  it.each([
    { name: 'Größe', words: ['Größe'] },
    { name: 'Gro\u0308\u00dfe', words: ['Größe'] },
    { name: 'straßenName', words: ['straßen', 'Name'] },
    { name: '日本-語', words: ['日本', '語'] },
    { name: 'order_id·2', words: ['order', 'id·2'] },
    { name: 'a\u3164b\u200bc\u{1d49c}d', words: ['a', 'b', 'c', 'd'] },
    { name: '*/ alert(1) /*', words: ['alert', '1'] },
  ])('of $name in identifiers are $words', ({ name, words }) => {
    expect(identifierWordsOf(name)).toEqual(words)
  })

  it('are written without the repetitions that namespaces bring', () => {
    expect(withoutRepetitions(['order', 'Order', 'placed', 'order'])).toEqual(['order', 'placed', 'order'])
  })

  it('are written as a type, as a value and as a file', () => {
    const words = ['github', 'issue', 'comment']
    expect([pascalCase(words), camelCase(words), kebabCase(words)]).toEqual([
      'GithubIssueComment',
      'githubIssueComment',
      'github-issue-comment',
    ])
  })

  it('stay short enough for a file system, whatever the name', () => {
    expect(kebabCase(Array.from({ length: 500 }, () => 'ab')).length).toBeLessThanOrEqual(120)
  })
})

describe('words that are joined', () => {
  it.each([
    { first: ['github', 'star'], second: ['star', 'created'], joined: ['github', 'star', 'created'] },
    { first: ['order'], second: ['total'], joined: ['order', 'total'] },
    { first: ['order'], second: ['order'], joined: ['order', 'order'] },
    { first: ['a', 'b'], second: ['a', 'b', 'c'], joined: ['a', 'b', 'c'] },
  ])('$first and $second are $joined', ({ first, second, joined }) => {
    expect(joinWords(first, second)).toEqual(joined)
  })
})

describe('a name that is taken', () => {
  it('gets the next number that is free', () => {
    const names = createNamePool(['Order', 'Order2'])
    expect([names.take('Order'), names.take('Order'), names.take('Paid')]).toEqual([
      'Order3',
      'Order4',
      'Paid',
    ])
  })

  it('is numbered in linear time', () => {
    const names = createNamePool([])
    for (let count = 0; count < 100_000; count++) names.take('Order')
    expect(names.take('Order')).toBe('Order100001')
  })
})
