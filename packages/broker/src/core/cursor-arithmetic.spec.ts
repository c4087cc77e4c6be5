import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CursorContext, convertCursor, type PlacedCursor } from './convert-cursor.ts'
import { distance, shift } from './cursor-arithmetic.ts'
import { formatOffset } from './offsets.ts'
import { spansOf, startTimeline } from './timelines.ts'

/** An event type whose partition 0 had so many events in each closed timeline; the first `deleted` ones are gone. */
function anEventTypeWith(sizes: readonly number[], { deleted = 0 } = {}): CursorContext {
  const [first = startAt(1), ...others] = [...sizes, undefined].map((size, index) => ({
    ...startAt(index + 1),
    latestPosition: size === undefined ? null : [size - 1],
    deleted: index < deleted,
  }))
  return { eventType: { name: 'e' }, partitions: ['0'], timelines: [first, ...others] }
}

function startAt(order: number) {
  return startTimeline({ order, storageId: 'default', topic: `t${order}` }, 0)
}

function offset(timeline: number, number: number): string {
  return formatOffset({ timeline, offset: number })
}

function place(text: string, sizes: readonly number[]): PlacedCursor {
  const converted = convertCursor({ partition: '0', offset: text }, anEventTypeWith(sizes))
  if (converted.kind !== 'placed') throw new Error(`${text} has no place`)
  return converted.cursor
}

function shifted(text: string, by: number, sizes: readonly number[]): string | undefined {
  return shift(place(text, sizes), by, spansOf(anEventTypeWith(sizes).timelines, '0'))
}

/** Sizes of closed timelines, and two positions in them, all of which exist or are before the first event. */
const positions = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((sizes) => fc.record({ sizes: fc.constant(sizes), a: positionIn(sizes), b: positionIn(sizes) }))

function positionIn(sizes: readonly number[]): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: sizes.length + 1 }).chain((timeline) => {
    const last = (sizes[timeline - 1] ?? 5) - 1
    return fc.integer({ min: -1, max: last }).map((number) => offset(timeline, number))
  })
}

describe('a cursor of a client', () => {
  it.each([
    { sizes: [], given: offset(1, 5), want: offset(1, 5) },
    { sizes: [], given: '5', want: offset(1, 5) },
    { sizes: [3], given: '1', want: offset(1, 1) },
    { sizes: [3], given: offset(1, 2), want: offset(2, -1) },
    { sizes: [3, 0, 0], given: offset(1, 2), want: offset(4, -1) },
    { sizes: [0], given: offset(1, -1), want: offset(2, -1) },
    { sizes: [3], given: offset(1, 7), want: offset(1, 7) },
  ])('$given is at $want after timelines of $sizes', ({ sizes, given, want }) => {
    expect(place(given, sizes).offset).toBe(want)
  })

  it.each([
    { partition: '0', given: '001-0001', want: 'invalid offset null for partition null' },
    { partition: '0', given: 'x', want: 'invalid offset x for partition 0' },
    { partition: '9', given: 'BEGIN', want: 'non existing partition 9' },
    {
      partition: '0',
      given: offset(3, 0),
      want: 'offset null for partition null event type e is unavailable as retention time of data elapsed. PATCH partition offset with valid and available offset',
    },
  ])('$given of partition $partition is refused', ({ partition, given, want }) => {
    const refused = { kind: 'refused', detail: want }
    expect(convertCursor({ partition, offset: given }, anEventTypeWith([]))).toEqual(refused)
  })

  it('means the beginning with BEGIN', () => {
    expect(convertCursor({ partition: '0', offset: 'begin' }, anEventTypeWith([2]))).toEqual({
      kind: 'begin',
    })
  })
})

describe('the distance of two cursors', () => {
  it.each([
    { sizes: [], from: offset(1, 3), to: offset(1, 7), want: 4 },
    { sizes: [], from: offset(1, 7), to: offset(1, 3), want: -4 },
    { sizes: [], from: offset(1, -1), to: offset(1, 0), want: 1 },
    { sizes: [3], from: offset(1, 0), to: offset(2, 0), want: 3 },
    { sizes: [3, 0, 2], from: offset(1, 2), to: offset(4, -1), want: 2 },
    { sizes: [3, 0, 2], from: offset(4, 1), to: offset(1, 0), want: -6 },
    { sizes: [3, 0], from: offset(1, 2), to: offset(3, -1), want: 0 },
  ])('from $from to $to is $want after timelines of $sizes', ({ sizes, from, to, want }) => {
    expect(distance(place(from, sizes), place(to, sizes))).toBe(want)
  })
})

describe('a shifted cursor', () => {
  // Timeline 1 is empty, 2 and 3 have two events each.
  it.each([
    { from: offset(3, 1), by: -1, want: offset(3, 0) },
    { from: offset(3, 1), by: -2, want: offset(3, -1) },
    { from: offset(3, 1), by: -3, want: offset(2, 0) },
    { from: offset(3, 1), by: -4, want: offset(2, -1) },
    { from: offset(3, 1), by: -5, want: undefined },
    { from: offset(1, -1), by: 1, want: offset(2, 0) },
    { from: offset(1, -1), by: 2, want: offset(2, 1) },
    { from: offset(1, -1), by: 3, want: offset(3, 0) },
    { from: offset(2, 0), by: 10, want: offset(3, 8) },
    { from: offset(2, 1), by: 0, want: offset(3, -1) },
  ])('from $from by $by is $want', ({ from, by, want }) => {
    expect(shifted(from, by, [0, 2])).toBe(want)
  })

  it('runs beyond the end of the active timeline', () => {
    expect(shifted(offset(2, 1), 3, [0])).toBe(offset(2, 4))
  })

  it('does not go back to a timeline whose records are gone', () => {
    const eventType = anEventTypeWith([2, 2], { deleted: 1 })
    const converted = convertCursor({ partition: '0', offset: offset(2, 1) }, eventType)
    if (converted.kind !== 'placed') throw new Error('it has a place')
    const spans = spansOf(eventType.timelines, '0')
    expect(shift(converted.cursor, -2, spans)).toBe(offset(2, -1))
    expect(shift(converted.cursor, -3, spans)).toBeUndefined()
  })

  it('by the distance to another cursor comes to the same place', () => {
    fc.assert(
      fc.property(positions, ({ sizes, a, b }) => {
        const by = distance(place(a, sizes), place(b, sizes))
        const there = shifted(a, by, sizes)
        // Before the very first event there is no event that a shift could come from.
        if (there === undefined) return
        expect(distance(place(there, sizes), place(b, sizes))).toBe(0)
      }),
    )
  })

  it('by one distance and then another is shifted by their sum', () => {
    fc.assert(
      fc.property(positions, fc.nat(9), fc.nat(9), ({ sizes, a }, one, other) => {
        const once = shifted(shifted(a, one, sizes) ?? '', other, sizes) ?? ''
        const together = shifted(a, one + other, sizes) ?? ''
        expect(distance(place(once, sizes), place(together, sizes))).toBe(0)
      }),
    )
  })
})
