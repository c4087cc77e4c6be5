import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLane } from './choose-lane.ts'

const free = { waiting: 0, busy: false }
const busy = (waiting: number) => ({ waiting, busy: true })

describe('the lane of an event', () => {
  it('is the same for the same key, whatever the lanes are doing', () => {
    const lane = fc.record({ waiting: fc.nat(), busy: fc.boolean() })
    const lanes = fc.tuple(lane, lane, lane)
    fc.assert(
      fc.property(fc.string(), lanes, lanes, (key, now, later) => {
        expect(chooseLane(key, now)).toBe(chooseLane(key, later))
      }),
    )
  })

  it('is each of the lanes for a like share of the keys', () => {
    const lanes = [free, free, free, free]
    const counts = [0, 0, 0, 0]
    for (let n = 0; n < 4000; n++)
      counts.splice(chooseLane(`order-${n}`, lanes), 1, (counts[chooseLane(`order-${n}`, lanes)] ?? 0) + 1)
    for (const count of counts) expect(count).toBeGreaterThan(800)
  })

  it('is a free one without a key', () => expect(chooseLane(undefined, [busy(0), free])).toBe(1))

  it('is the emptiest one without a key, when none is free', () => {
    expect(chooseLane(undefined, [busy(3), busy(1), busy(2)])).toBe(1)
  })
})
