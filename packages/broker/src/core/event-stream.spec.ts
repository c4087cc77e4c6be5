import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type EventStreamEffect,
  type EventStreamInput,
  type EventStreamSettings,
  type EventStreamState,
  eventStreamWakesAt,
  startEventStream,
  stepEventStream,
} from './event-stream.ts'
import type { LogRecord } from './log-record.ts'

const SETTINGS: EventStreamSettings = {
  batchLimit: 2,
  batchFlushTimeoutMs: 1000,
  streamLimit: 0,
  streamTimeoutMs: 60_000,
  keepAliveLimit: 0,
  maxBufferedBytes: 1000,
}

/** Records of 10 bytes. */
function records(from: number, to: number): readonly LogRecord[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
    offset: from + index,
    at: 0,
    value: new Uint8Array(10),
  }))
}

/** A stream of the partitions 0, 1, … that a test leads through its life, with its effects in short words. */
function createWalk(settings: Partial<EventStreamSettings> = {}, partitions = 1) {
  const starts = Array.from({ length: partitions }, (_, index) => {
    const partition = { event_type: 'e', partition: String(index) }
    return [String(index), { partition, after: -1 }] as const
  })
  let state: EventStreamState = startEventStream(new Map(starts), { ...SETTINGS, ...settings }, 0)
  const take = (input: EventStreamInput, at: number): readonly EventStreamEffect[] => {
    const [after, effects] = stepEventStream(state, input, at)
    state = after
    return effects
  }
  return {
    take,
    phase: () => state.phase,
    wakesAt: () => eventStreamWakesAt(state),
    room: (bytes: number, at: number) => take({ type: 'room', bytes }, at).map(word),
    timer: (at: number) => take({ type: 'timer' }, at).map(word),
    records: (key: string, at: number, [from, to]: readonly [number, number]) =>
      take({ type: 'records', key, records: records(from, to), through: to }, at).map(word),
  }
}

/** `send 0:0-1`, `send 0@1` for an empty batch, `read 0 from 2`, or just the type. */
function word(effect: EventStreamEffect): string {
  switch (effect.type) {
    case 'send': {
      const { partition, ordinal, events } = effect.batch
      const place = events[0] === undefined ? `@${ordinal}` : `:${events[0].offset}-${ordinal}`
      return `send ${partition.partition}${place}`
    }
    case 'read':
      return `read ${effect.partition.partition} from ${effect.from}`
    default:
      return effect.type
  }
}

describe('a low-level stream', () => {
  it('begins to read when its connection has room', () => {
    const walk = createWalk({}, 2)
    expect(walk.timer(0)).toEqual([])
    expect(walk.room(1000, 0)).toEqual(['read 0 from 0', 'read 1 from 0'])
    expect(walk.room(1000, 0)).toEqual([])
  })

  it('sends full batches at once and the rest when its time is up', () => {
    const walk = createWalk()
    walk.room(10_000, 0)
    expect(walk.records('0', 10, [0, 2])).toEqual(['send 0:0-1', 'read 0 from 3'])
    expect(walk.timer(1009)).toEqual([])
    expect(walk.timer(1010)).toEqual(['send 0:2-2'])
  })

  it('stays where it is in empty batches', () => {
    const walk = createWalk()
    walk.room(10_000, 0)
    expect(walk.timer(1000)).toEqual(['send 0@-1'])
    walk.records('0', 1000, [0, 1])
    expect(walk.timer(2000)).toEqual(['send 0@1'])
  })

  it('reads on after records of which the client gets nothing', () => {
    const walk = createWalk()
    walk.room(10_000, 0)
    const effects = walk.take({ type: 'records', key: '0', records: [], through: 7 }, 0)
    expect(effects.map(word)).toEqual(['read 0 from 8'])
    expect(walk.timer(1000)).toEqual(['send 0@-1'])
  })

  it('sends nothing and reads nothing while the client does not keep up', () => {
    const walk = createWalk()
    walk.room(1, 0)
    expect(walk.records('0', 0, [0, 5])).toEqual(['send 0:0-1'])
    expect(walk.timer(5000)).toEqual([])
    expect(walk.wakesAt()).toBe(60_000)
    expect(walk.room(10_000, 5000)).toEqual(['send 0:2-3', 'send 0:4-5', 'read 0 from 6'])
  })

  it('empties the heaviest partition as soon as too much waits', () => {
    const walk = createWalk({ batchLimit: 100, maxBufferedBytes: 35 }, 2)
    walk.room(10_000, 0)
    expect(walk.records('0', 0, [0, 0])).toEqual(['read 0 from 1'])
    expect(walk.records('1', 0, [0, 3])).toEqual(['send 1:0-2', 'read 1 from 4'])
  })

  it('ends with what it has when its time is up, even if the client does not keep up', () => {
    const walk = createWalk({ batchLimit: 2 })
    walk.room(1, 0)
    walk.records('0', 0, [0, 4])
    expect(walk.timer(60_000)).toEqual(['send 0:2-3', 'send 0:4-4', 'end'])
    expect(walk.phase()).toBe('ended')
    expect(walk.wakesAt()).toBeUndefined()
    expect(walk.records('0', 60_000, [5, 5])).toEqual([])
  })

  it('ends with the last event that the client wanted', () => {
    const walk = createWalk({ streamLimit: 3 }, 2)
    walk.room(10_000, 0)
    expect(walk.records('0', 0, [0, 1])).toEqual(['send 0:0-1', 'read 0 from 2'])
    expect(walk.records('1', 0, [0, 1])).toEqual(['send 1:0-0', 'end'])
  })

  it('ends when all its partitions have been empty often enough in a row', () => {
    const walk = createWalk({ keepAliveLimit: 2, batchLimit: 100 }, 2)
    walk.room(10_000, 0)
    expect(walk.timer(1000)).toEqual(['send 0@-1', 'send 1@-1'])
    walk.records('1', 1500, [0, 0])
    expect(walk.timer(2000)).toEqual(['send 0@-1', 'send 1:0-0'])
    expect(walk.timer(3000)).toEqual(['send 0@-1', 'send 1@0'])
    expect(walk.timer(4000)).toEqual(['send 0@-1', 'send 1@0', 'end'])
  })

  it('wakes for the batch that is due first', () => {
    const walk = createWalk({}, 2)
    walk.room(10_000, 0)
    walk.records('0', 400, [0, 1])
    expect(walk.wakesAt()).toBe(1000)
    walk.timer(1000)
    expect(walk.wakesAt()).toBe(1400)
  })

  it('delivers every event of a partition once and in order, in batches within the limit', () => {
    const inputs = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('read' as const), count: fc.integer({ min: 1, max: 9 }) }),
        fc.record({ type: fc.constant('room' as const), bytes: fc.integer({ min: -50, max: 900 }) }),
        fc.record({ type: fc.constant('timer' as const), after: fc.integer({ min: 0, max: 1500 }) }),
      ),
    )
    fc.assert(
      fc.property(
        inputs,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 10, max: 200 }),
        (all, batchLimit, cap) => {
          const walk = createWalk({ batchLimit, maxBufferedBytes: cap, streamTimeoutMs: 1_000_000_000 })
          const delivered: number[] = []
          let at = 0
          let reading: number | undefined
          const note = (effects: readonly EventStreamEffect[]) => {
            for (const effect of effects) {
              if (effect.type === 'read') reading = effect.from
              if (effect.type !== 'send') continue
              expect(effect.batch.events.length).toBeLessThanOrEqual(batchLimit)
              delivered.push(...effect.batch.events.map(({ offset }) => offset))
              expect(effect.batch.ordinal).toBe(delivered.length - 1)
            }
          }
          for (const input of all) {
            if (input.type === 'room') note(walk.take(input, at))
            if (input.type === 'timer') {
              at += input.after
              note(walk.take({ type: 'timer' }, at))
            }
            if (input.type === 'read' && reading !== undefined) {
              const through = reading + input.count - 1
              const read = records(reading, through)
              reading = undefined
              note(walk.take({ type: 'records', key: '0', records: read, through }, at))
            }
          }
          expect(delivered).toEqual(delivered.map((_, index) => index))
        },
      ),
    )
  })
})
