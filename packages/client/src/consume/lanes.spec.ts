import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Lanes,
  type LanesInput,
  queuedWork,
  runningWork,
  startLanes,
  stepLanes,
  type Work,
} from './lanes.ts'

function work(...ids: readonly number[]): readonly Work[] {
  return ids.map((id) => ({ id, key: '' }))
}

function keyed(...pairs: readonly (readonly [number, string])[]): readonly Work[] {
  return pairs.map(([id, key]) => ({ id, key }))
}

function arrived(lane: string, given: readonly Work[]): LanesInput {
  return { kind: 'arrived', lane, work: given }
}

/** Lanes after these inputs, and what was started by the last of them. */
function after(concurrency: number, ...inputs: readonly LanesInput[]): readonly [Lanes, readonly number[]] {
  return inputs.reduce<readonly [Lanes, readonly number[]]>(
    ([lanes], input) => stepLanes(lanes, input),
    [startLanes(concurrency), []],
  )
}

function started(concurrency: number, ...inputs: readonly LanesInput[]): readonly number[] {
  return after(concurrency, ...inputs)[1]
}

describe('the work of a partition', () => {
  it('runs one after another, in order', () => {
    const given = arrived('a', work(1, 2, 3))
    expect(started(9, given)).toEqual([1])
    expect(started(9, given, { kind: 'finished', lane: 'a', id: 1 })).toEqual([2])
  })

  it('runs side by side as far as its keys differ, and in order per key', () => {
    const given = arrived('a', keyed([1, 'x'], [2, 'x'], [3, 'y'], [4, 'x']))
    expect(started(9, given)).toEqual([1, 3])
    expect(started(9, given, { kind: 'finished', lane: 'a', id: 1 })).toEqual([2])
    expect(started(9, given, { kind: 'finished', lane: 'a', id: 3 })).toEqual([])
  })

  it('stands still once some of it has failed for good, while others go on', () => {
    const given = [arrived('a', work(1, 2)), arrived('b', work(3, 4))]
    const [lanes, start] = after(2, ...given, { kind: 'halted', lane: 'a', id: 1 })
    expect(start).toEqual([])
    expect(stepLanes(lanes, { kind: 'finished', lane: 'b', id: 3 })[1]).toEqual([4])
    expect(stepLanes(lanes, arrived('a', work(5)))[1]).toEqual([])
    expect(queuedWork(lanes)).toBe(1)
  })

  it('begins anew with the next stream, even if it stood still', () => {
    const halted = [arrived('a', work(1, 2)), { kind: 'halted', lane: 'a', id: 1 } as const]
    expect(started(1, ...halted, { kind: 'replaced' }, arrived('a', work(7)))).toEqual([7])
  })

  it('is not overtaken by the next stream while it still runs', () => {
    const [lanes, start] = after(9, arrived('a', work(1, 2)), { kind: 'replaced' }, arrived('a', work(7)))
    expect(start).toEqual([])
    expect(stepLanes(lanes, { kind: 'finished', lane: 'a', id: 1 })[1]).toEqual([7])
  })

  it('is finished, but not begun, when the consumer drains', () => {
    const [lanes] = after(1, arrived('a', work(1, 2)), { kind: 'drain' })
    expect(stepLanes(lanes, { kind: 'finished', lane: 'a', id: 1 })[1]).toEqual([])
    expect([runningWork(lanes), queuedWork(lanes)]).toEqual([1, 0])
  })
})

describe('partitions', () => {
  it('run side by side, but no more work at once than concurrency', () => {
    const all = ['a', 'b', 'c'].map((lane, index) => arrived(lane, work(index)))
    expect(runningWork(after(2, ...all)[0])).toBe(2)
    expect(started(2, ...all, { kind: 'finished', lane: 'a', id: 0 })).toEqual([2])
  })

  it('take turns, so that none starves behind a busy one', () => {
    const given = [arrived('a', work(1, 2, 3)), arrived('b', work(4))]
    const [lanes, start] = after(1, ...given, { kind: 'finished', lane: 'a', id: 1 })
    expect(start).toEqual([2])
    expect(stepLanes(lanes, { kind: 'finished', lane: 'a', id: 2 })[1]).toEqual([4])
  })
})

describe('any sequence of arrivals and endings', () => {
  const action = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('arrive' as const),
        lane: fc.constantFrom('a', 'b'),
        key: fc.constantFrom('', 'x', 'y'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('finish' as const, 'halt' as const), pick: fc.nat() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const) }) },
  )

  it('keeps the order per key, one at a time, within concurrency, and starts nothing behind a failure', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (actions, concurrency) => {
          let lanes = startLanes(concurrency)
          const origin = new Map<number, { readonly lane: string; readonly key: string }>()
          const running = new Set<number>()
          const halted = new Set<string>()
          const last = new Map<string, number>()
          let nextId = 0
          const step = (input: LanesInput) => {
            const [next, start] = stepLanes(lanes, input)
            lanes = next
            for (const id of start) {
              const own = origin.get(id)
              const place = `${own?.lane} ${own?.key}`
              expect(halted.has(own?.lane ?? '')).toBe(false)
              expect(
                [...running].some(
                  (other) => `${origin.get(other)?.lane} ${origin.get(other)?.key}` === place,
                ),
              ).toBe(false)
              expect(last.get(place) ?? -1).toBeLessThan(id)
              last.set(place, id)
              running.add(id)
            }
            expect(running.size).toBeLessThanOrEqual(concurrency)
          }
          for (const each of actions) {
            if (each.kind === 'arrive') {
              const id = nextId++
              origin.set(id, each)
              step(arrived(each.lane, [{ id, key: each.key }]))
            } else if (each.kind === 'replace') {
              halted.clear()
              step({ kind: 'replaced' })
            } else {
              const id = [...running][each.pick % Math.max(1, running.size)]
              const lane = origin.get(id ?? -1)?.lane
              if (id === undefined || lane === undefined) continue
              running.delete(id)
              if (each.kind === 'halt') halted.add(lane)
              step({ kind: each.kind === 'halt' ? 'halted' : 'finished', lane, id })
            }
          }
          // Whatever is left of lanes that did not fail gets its turn.
          while (running.size > 0) {
            const [id = -1] = running
            running.delete(id)
            step({ kind: 'finished', lane: origin.get(id)?.lane ?? '', id })
          }
          expect(queuedWork(lanes)).toBe(0)
        },
      ),
    )
  })
})
