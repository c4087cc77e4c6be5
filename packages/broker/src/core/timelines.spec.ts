import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Timelines } from './state.ts'
import {
  committedOrdinal,
  ordinalOf,
  positionBefore,
  positionOf,
  type Spans,
  spansOf,
  startTimeline,
} from './timelines.ts'

/** The spans of a partition that had so many events in each closed timeline; `deleted` is the number that are gone. */
function spans(sizes: readonly number[], deleted = 0): Spans {
  const started = [...sizes, 0].map((_, index) =>
    startTimeline({ order: index + 1, storageId: 'default', topic: `t${index + 1}` }, 0),
  )
  const timelines = started.map((timeline, index) => {
    const size = sizes[index]
    return { ...timeline, latestPosition: size === undefined ? null : [size - 1], deleted: index < deleted }
  })
  const [first = started[0], ...others] = timelines
  if (first === undefined) throw new Error('there is always one timeline')
  const complete: Timelines = [first, ...others]
  return spansOf(complete, '0')
}

const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

describe('the timelines of a partition', () => {
  it('count on from one another', () => {
    expect(spans([2, 0, 3]).map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 2],
      [2, 5],
      [5, Number.POSITIVE_INFINITY],
    ])
  })

  it('are empty before the partition was added', () => {
    const [first, ...others] = spans([2]).map(({ timeline }) => timeline)
    if (first === undefined) throw new Error('there is always one timeline')
    expect(spansOf([first, ...others], '7').map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [0, Number.POSITIVE_INFINITY],
    ])
  })
})

describe('the position of an ordinal', () => {
  it.each([
    { ordinal: -1, of: [1, -1], before: [1, -1] },
    { ordinal: 0, of: [1, 0], before: [1, 0] },
    { ordinal: 1, of: [1, 1], before: [3, -1] },
    { ordinal: 2, of: [3, 0], before: [3, 0] },
    { ordinal: 4, of: [3, 2], before: [4, -1] },
    { ordinal: 9, of: [4, 4], before: [4, 4] },
  ])('$ordinal in timelines of 2, 0 and 3 events is $of, or $before', ({ ordinal, of, before }) => {
    const [timeline, offset] = of
    expect(positionOf(ordinal, spans([2, 0, 3]))).toEqual({ timeline, offset })
    const [timelineBefore, offsetBefore] = before
    expect(positionBefore(ordinal, spans([2, 0, 3]))).toEqual({
      timeline: timelineBefore,
      offset: offsetBefore,
    })
  })

  it('is the beginning of what is left when its timeline is gone', () => {
    expect(positionOf(1, spans([2, 3], 1))).toEqual({ timeline: 2, offset: -1 })
    expect(positionBefore(1, spans([2, 3], 1))).toEqual({ timeline: 2, offset: -1 })
  })

  it('has that ordinal', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: -1, max: 20 }), (closed, ordinal) => {
        const all = spans(closed)
        expect(ordinalOf(positionOf(ordinal, all), all)).toBe(ordinal)
        expect(ordinalOf(positionBefore(ordinal, all), all)).toBe(ordinal)
      }),
    )
  })
})

describe('the ordinal of a committed offset', () => {
  it.each([
    { committed: '001-0001-000000000000000001', want: 1 },
    { committed: '001-0002--1', want: 1 },
    { committed: '001-0002-000000000000000005', want: 7 },
    { committed: '1', want: 1 },
    { committed: 'BEGIN', want: undefined },
    { committed: '001-0009--1', want: undefined },
  ])('$committed is $want after a timeline of 2 events', ({ committed, want }) => {
    expect(committedOrdinal(committed, spans([2]))).toBe(want)
  })

  it('is the end of its timeline when it lies beyond', () => {
    expect(committedOrdinal('001-0001-000000000000000099', spans([2]))).toBe(1)
  })
})
