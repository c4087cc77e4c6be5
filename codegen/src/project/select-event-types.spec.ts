import { expect, it } from 'vitest'
import { selectEventTypes } from './select-event-types.ts'

it.each([
  { include: [], exclude: [], selected: ['order.paid', 'order.placed', 'orderXplaced'] },
  { include: ['order.*'], exclude: [], selected: ['order.paid', 'order.placed'] },
  { include: ['*placed'], exclude: ['order.*'], selected: ['orderXplaced'] },
  { include: ['order'], exclude: [], selected: [] },
  { include: [], exclude: ['*'], selected: [] },
  { include: ['order.(paid|placed)'], exclude: [], selected: [] },
])('include $include and exclude $exclude select $selected', ({ include, exclude, selected }) => {
  const names = ['order.paid', 'order.placed', 'orderXplaced']
  expect(names.filter(selectEventTypes(include, exclude))).toEqual(selected)
})
