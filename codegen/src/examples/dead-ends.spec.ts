import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import { describe, expect, it } from 'vitest'
import { withoutDeadEnds } from './dead-ends.ts'

const TEXT: ExampleRecipe = { text: [1, 1] }
const NULL: ExampleRecipe = { pick: [null] }

function object(members: Record<string, ExampleRecipe>, optional: readonly string[] = []): ExampleRecipe {
  return { object: members, optional }
}

describe('recipes', () => {
  it.each<{ title: string; given: (ExampleRecipe | undefined)[]; kept: ExampleRecipe[] | undefined }>([
    { title: 'that lead back to themselves are none', given: [object({ a: { part: 0 } })], kept: undefined },
    { title: 'that lead nowhere are none', given: [object({ a: { part: 1 } }), undefined], kept: undefined },
    {
      title: 'do without properties that never come to an end',
      given: [object({ a: { part: 1 }, b: TEXT }, ['a', 'b']), object({ a: { part: 1 } })],
      kept: [object({ b: TEXT }, ['b'])],
    },
    {
      title: 'do without properties whose smallest value is enormous',
      given: [object({ a: { list: { part: 1 }, length: [3, 3] } }, ['a']), { text: [9000, 9000] }],
      kept: [object({})],
    },
    {
      title: 'have the shortest of several ways first',
      given: [object({ a: { any: [{ part: 0 }, { part: 2 }, NULL] } }), undefined, TEXT],
      kept: [object({ a: { any: [NULL, { part: 0 }, { part: 1 }] } }), TEXT],
    },
    {
      title: 'have empty lists where there is no item',
      given: [object({ a: { list: { part: 1 }, length: [0, 2] } }), undefined],
      kept: [object({ a: { pick: [[]] } })],
    },
    {
      title: 'are numbered in the order in which they are come upon',
      given: [object({ a: { part: 3 }, b: { part: 1 } }), TEXT, NULL, object({ a: { part: 1 } })],
      kept: [object({ a: { part: 1 }, b: { part: 2 } }), object({ a: { part: 2 } }), TEXT],
    },
    {
      title: 'end although they lead through each other in a circle',
      given: [{ part: 1 }, object({ a: { any: [{ part: 2 }, NULL] } }), object({ a: { part: 1 } })],
      kept: [{ part: 1 }, object({ a: { any: [NULL, { part: 2 }] } }), object({ a: { part: 1 } })],
    },
  ])('$title', ({ given, kept }) => {
    expect(withoutDeadEnds(given)).toEqual(kept)
  })
})
