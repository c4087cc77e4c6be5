import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogRecord } from './log-record.ts'
import { committableThrough, joinSkipped, type SkippedRange, sift } from './skipped-offsets.ts'

/** Records at these offsets; the negative ones are skipped. */
function records(...offsets: readonly number[]): readonly LogRecord[] {
  return offsets.map((offset) => ({
    offset: Math.abs(offset),
    at: 0,
    value: new Uint8Array(offset < 0 ? 0 : 1),
  }))
}

function sifted(from: number, ...offsets: readonly number[]) {
  const parted = sift(records(...offsets), from, ({ value }) => value.byteLength > 0)
  return {
    records: parted.records.map(({ offset }) => offset),
    skipped: parted.skipped.map(({ after, through }) => `${after}>${through}`).join(' '),
    through: parted.through,
  }
}

function ranges(text: string): readonly SkippedRange[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [after = 0, through = 0] = word.split('>').map(Number)
      return { after, through }
    })
}

describe('sifting records', () => {
  const table = [
    { given: 'nothing but events', from: 3, offsets: [3, 4], records: [3, 4], skipped: '', through: 4 },
    { given: 'nothing to deliver', from: 3, offsets: [-3, -4], records: [], skipped: '2>4', through: 4 },
    {
      given: 'one to skip at the end',
      from: 0,
      offsets: [0, 1, -2],
      records: [0, 1],
      skipped: '1>2',
      through: 2,
    },
    { given: 'two runs', from: 1, offsets: [-1, 2, -3, -4], records: [2], skipped: '0>1 2>4', through: 4 },
    { given: 'a gap before a run', from: 3, offsets: [5, -9], records: [5], skipped: '5>9', through: 9 },
    {
      given: 'a gap inside a run',
      from: 3,
      offsets: [-4, -9, 12],
      records: [12],
      skipped: '2>9',
      through: 12,
    },
    { given: 'no records', from: 3, offsets: [], records: [], skipped: '', through: 2 },
  ]
  for (const { given, from, offsets, ...want } of table) {
    it(`parts ${given}`, () => {
      expect(sifted(from, ...offsets)).toEqual(want)
    })
  }
})

describe('joining skipped ranges', () => {
  const table = [
    ['', '', ''],
    ['', '3>4', '3>4'],
    ['3>4', '', '3>4'],
    ['3>4', '4>6', '3>6'],
    ['0>1 3>4', '4>6 8>9', '0>1 3>6 8>9'],
    ['3>4', '5>6', '3>4 5>6'],
  ] as const
  for (const [earlier, later, want] of table) {
    it(`makes "${want}" of "${earlier}" and "${later}"`, () => {
      expect(joinSkipped(ranges(earlier), ranges(later))).toEqual(ranges(want))
    })
  }
})

describe('what can be committed without the consumer', () => {
  const table = [
    [4, '', undefined],
    [4, '4>7', 7],
    [5, '4>7', 7],
    [3, '4>7', undefined],
    [4, '4>7 8>9', 7],
    [8, '4>7 8>9', 9],
    [9, '4>7 8>9', undefined],
  ] as const
  for (const [committed, skipped, want] of table) {
    it(`is ${want ?? 'nothing'} after ${committed} with ${skipped || 'nothing skipped'}`, () => {
      expect(committableThrough(committed, ranges(skipped))).toBe(want)
    })
  }

  it('never lies behind an event that was not committed, however the log was read', () => {
    const log = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 4 }), isEvent: fc.boolean() }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 5 }), fc.nat(80), (entries, size, committed) => {
        let offset = -1
        const all = entries.flatMap(({ gap, isEvent }) => {
          offset += gap
          return records(isEvent || offset === 0 ? offset : -offset)
        })
        const isEvent = ({ value }: LogRecord) => value.byteLength > 0
        let skipped: readonly SkippedRange[] = []
        let from = 0
        for (let start = 0; start < all.length; start += size) {
          const read = sift(all.slice(start, start + size), from, isEvent)
          skipped = joinSkipped(skipped, read.skipped)
          from = read.through + 1
        }
        const next = all.find((record) => isEvent(record) && record.offset > committed)?.offset ?? from
        const last = all.findLast((record) => record.offset < next)?.offset ?? -1
        expect(committableThrough(committed, skipped)).toBe(last > committed ? last : undefined)
      }),
    )
  })
})
