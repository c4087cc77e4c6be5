import { describe, expect, it } from 'vitest'
import { sortNames } from './source-text.ts'

describe('names of a module', () => {
  it.each([
    { names: ['b', 'type a', 'C'], sorted: ['type a', 'b', 'C'] },
    { names: ['ab', 'aB', 'Ab', 'AB'], sorted: ['AB', 'Ab', 'aB', 'ab'] },
    {
      names: ['orderPlaced', 'type OrderPlacedEvent', 'type OrderPlaced'],
      sorted: ['type OrderPlaced', 'type OrderPlacedEvent', 'orderPlaced'],
    },
    { names: ['a1', 'a', 'a_', 'aa'], sorted: ['a', 'a1', 'a_', 'aa'] },
  ])('are sorted as $sorted', ({ names, sorted }) => {
    expect(sortNames(names)).toEqual(sorted)
  })
})
