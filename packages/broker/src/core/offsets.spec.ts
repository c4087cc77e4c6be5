import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advances, digitsOf, formatOffset, parseOffset, timelineOf } from './offsets.ts'

const position = fc.record({
  timeline: fc.integer({ min: 1, max: 0xffff }),
  offset: fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }),
})

describe('an offset that the broker writes', () => {
  it.each([
    { timeline: 1, offset: 42, text: '001-0001-000000000000000042' },
    { timeline: 1, offset: 0, text: '001-0001-000000000000000000' },
    { timeline: 1, offset: -1, text: '001-0001--1' },
    { timeline: 31, offset: 7, text: '001-001f-000000000000000007' },
  ])('is $text for offset $offset of timeline $timeline', ({ timeline, offset, text }) => {
    expect(formatOffset({ timeline, offset })).toBe(text)
  })

  it('reads back as what it was', () => {
    fc.assert(
      fc.property(position, ({ timeline, offset }) => {
        const text = formatOffset({ timeline, offset })
        expect(parseOffset({ partition: '0', offset: text }, 1)).toEqual({ kind: 'position', offset: text })
        expect(timelineOf(text)).toBe(timeline)
        expect(Number(digitsOf(text))).toBe(offset)
      }),
    )
  })

  it('sorts as text like the positions sort', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const order = Math.sign(a.timeline - b.timeline || a.offset - b.offset)
        const [left, right] = [formatOffset(a), formatOffset(b)]
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(order)
      }),
    )
  })
})

describe('an offset that a client writes', () => {
  it.each([
    { offset: 'BEGIN', want: { kind: 'begin' } },
    { offset: 'begin', want: { kind: 'begin' } },
    { offset: '0', want: { kind: 'position', offset: '001-0002-000000000000000000' } },
    { offset: '25', want: { kind: 'position', offset: '001-0002-000000000000000025' } },
    { offset: '000000000000000007', want: { kind: 'position', offset: '001-0002-000000000000000007' } },
    { offset: '-1', want: { kind: 'position', offset: '001-0002--1' } },
    { offset: '001-0001-5', want: { kind: 'position', offset: '001-0001-000000000000000005' } },
    { offset: '001-00AB--1', want: { kind: 'position', offset: '001-00ab--1' } },
    { offset: '0012', want: { kind: 'malformed', detail: 'invalid offset null for partition null' } },
    { offset: '001-1-5', want: { kind: 'malformed', detail: 'invalid offset null for partition null' } },
    { offset: '001-0001-5-5', want: { kind: 'malformed', detail: 'invalid offset null for partition null' } },
    { offset: '001-0001-x', want: { kind: 'malformed', detail: 'invalid offset null for partition null' } },
    {
      offset: '1'.repeat(19),
      want: { kind: 'malformed', detail: `invalid offset ${'1'.repeat(19)} for partition 3` },
    },
    {
      offset: `001-0001-${'1'.repeat(19)}`,
      want: { kind: 'malformed', detail: 'invalid offset null for partition null' },
    },
    { offset: 'END', want: { kind: 'malformed', detail: 'invalid offset END for partition 3' } },
    { offset: '', want: { kind: 'malformed', detail: 'invalid offset  for partition 3' } },
    { offset: '1.5', want: { kind: 'malformed', detail: 'invalid offset 1.5 for partition 3' } },
  ])('$offset is read as $want.kind', ({ offset, want }) => {
    expect(parseOffset({ partition: '3', offset }, 2)).toEqual(want)
  })
})

describe('a committed offset', () => {
  it.each([
    { offset: '001-0001-000000000000000007', committed: '001-0001-000000000000000006', want: true },
    { offset: '001-0001-000000000000000006', committed: '001-0001-000000000000000006', want: false },
    { offset: '001-0001-000000000000000005', committed: '001-0001-000000000000000006', want: false },
    { offset: '001-0001-000000000000000000', committed: '001-0001--1', want: true },
    { offset: '001-0002--1', committed: '001-0001-000000000000000006', want: true },
    { offset: '001-0001--1', committed: 'BEGIN', want: true },
    { offset: '001-0001-000000000000000007', committed: '6', want: true },
    { offset: '001-0001-000000000000000006', committed: '6', want: false },
  ])('$committed is moved by $offset: $want', ({ offset, committed, want }) => {
    expect(advances(offset, committed)).toBe(want)
  })
})
