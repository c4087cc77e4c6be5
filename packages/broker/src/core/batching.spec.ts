import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allowedEvents,
  type Batch,
  type BatchLimits,
  bufferedBytes,
  drain,
  type Flow,
  flush,
  flushAt,
  uncommittedEvents,
  withBuffer,
} from './batching.ts'
import type { LogRecord } from './log-record.ts'
import { commit, createBuffer, type PartitionBuffer, receive } from './partition-buffer.ts'

const LIMITS: BatchLimits = {
  batchLimit: 3,
  batchFlushTimeoutMs: 1000,
  batchTimespanMs: 0,
  maxUncommittedEvents: 10,
  streamLimit: 0,
  maxBufferedBytes: 1000,
}

/** Records of 10 bytes at these offsets, appended one second after the other. */
function records(...offsets: readonly number[]): readonly LogRecord[] {
  return offsets.map((offset) => ({ offset, at: offset * 1000, value: new Uint8Array(10) }))
}

function range(from: number, to: number): readonly LogRecord[] {
  return records(...Array.from({ length: to - from + 1 }, (_, index) => from + index))
}

function buffer(partition: string, waiting: readonly LogRecord[] = [], limits = LIMITS): PartitionBuffer {
  const created = createBuffer({ event_type: 'e', partition }, -1, 0)
  return refill(created, waiting, limits)
}

/** The buffer with more records. */
function refill(before: PartitionBuffer, records: readonly LogRecord[], limits = LIMITS): PartitionBuffer {
  const through = records.at(-1)?.offset ?? before.readThrough
  return receive(before, { records, skipped: [], through }, limits.batchTimespanMs)
}

interface Given {
  readonly limits?: Partial<BatchLimits>
  readonly waiting?: readonly (readonly LogRecord[])[]
  readonly room?: number
}

/** A flow with one partition, named 0, 1 and so on, for each list of waiting records. */
function flow({ limits, waiting = [[]], room = 1_000_000 }: Given = {}): Flow {
  const complete = { ...LIMITS, ...limits }
  const buffers = waiting.map(
    (list, index) => [String(index), buffer(String(index), list, complete)] as const,
  )
  return { limits: complete, buffers: new Map(buffers), sentEvents: 0, room }
}

function flushed(given: Flow, at: number): readonly [flow: Flow, lines: readonly string[]] {
  const [after, batches] = flush(given, [...given.buffers.keys()], at)
  return [after, batches.map(line)]
}

/** `0:1-3` are the events 1 to 3 of partition 0, `0@3` is an empty batch at offset 3. */
function line({ partition, ordinal, events, debug }: Batch): string {
  const remark = debug === undefined ? '' : ` (${debug})`
  const [first] = events
  const place = first === undefined ? `@${ordinal}` : `:${first.offset}-${ordinal}`
  return `${partition.partition}${place}${remark}`
}

describe('a partition with events', () => {
  it('sends them as soon as a batch is full', () => {
    const [after, lines] = flushed(flow({ waiting: [range(0, 6)] }), 0)
    expect(lines).toEqual(['0:0-2', '0:3-5'])
    expect(after.buffers.get('0')?.records.map(({ offset }) => offset)).toEqual([6])
  })

  it('waits while the batch is not full', () => {
    expect(flushed(flow({ waiting: [range(0, 1)] }), 999)[1]).toEqual([])
  })

  it('sends what it has when the flush timeout has passed', () => {
    expect(flushed(flow({ waiting: [range(0, 1)] }), 1000)[1]).toEqual(['0:0-1'])
  })

  it('starts the flush timeout anew with each batch', () => {
    const [after] = flushed(flow({ waiting: [range(0, 3)] }), 400)
    expect(flushed(after, 1399)[1]).toEqual([])
    expect(flushed(after, 1400)[1]).toEqual(['0:3-3'])
  })

  it('sends a batch of what is allowed when that is less than the batch limit', () => {
    const [after, lines] = flushed(flow({ waiting: [range(0, 6)], limits: { maxUncommittedEvents: 5 } }), 0)
    expect(lines).toEqual(['0:0-2', '0:3-4'])
    expect(allowedEvents(after)).toBe(0)
  })

  it('sends nothing more once the stream limit is sent, although it is committed', () => {
    const [after, lines] = flushed(flow({ waiting: [range(0, 6)], limits: { streamLimit: 4 } }), 0)
    expect(lines).toEqual(['0:0-2', '0:3-3'])
    const committed = withBuffer(after, '0', commit(buffer('0'), 3))
    expect(allowedEvents(committed)).toBe(0)
  })

  it('sends nothing to a connection that takes nothing', () => {
    expect(flushed(flow({ waiting: [range(0, 6)], room: 0 }), 5000)[1]).toEqual([])
  })

  it('stops in the middle when the connection is full', () => {
    const [after, lines] = flushed(flow({ waiting: [range(0, 8)], room: 1 }), 0)
    expect(lines).toEqual(['0:0-2'])
    expect(after.room).toBeLessThan(0)
  })
})

describe('a partition without events', () => {
  it('sends an empty batch after each flush timeout, at the offset it has come to', () => {
    const [first, lines] = flushed(flow({ waiting: [range(0, 2)] }), 0)
    expect(lines).toEqual(['0:0-2'])
    const [second, keepAlive] = flushed(first, 1000)
    expect(keepAlive).toEqual(['0@2'])
    expect(second.buffers.get('0')?.keepAlives).toBe(1)
    expect(flushed(second, 1999)[1]).toEqual([])
    expect(flushed(second, 2000)[0].buffers.get('0')?.keepAlives).toBe(2)
  })

  it('counts empty batches from the last event on', () => {
    const [kept] = flushed(flow(), 1000)
    const refilled = withBuffer(kept, '0', refill(buffer('0'), range(0, 2)))
    expect(flushed(refilled, 1000)[0].buffers.get('0')?.keepAlives).toBe(0)
  })

  it('sends empty batches ten times a second at most', () => {
    const [after, lines] = flushed(flow({ limits: { batchFlushTimeoutMs: 0 }, waiting: [range(0, 0)] }), 0)
    expect(lines).toEqual(['0:0-0'])
    expect(flushed(after, 99)[1]).toEqual([])
    expect(flushed(after, 100)[1]).toEqual(['0@0'])
  })

  it('keeps the connection alive while nothing may be sent', () => {
    const [after] = flushed(flow({ waiting: [range(0, 6)], limits: { maxUncommittedEvents: 3 } }), 0)
    expect(flushed(after, 1000)[1]).toEqual(['0@2'])
  })
})

describe('several partitions', () => {
  it('share what may be uncommitted', () => {
    const given = flow({ waiting: [range(0, 5), range(0, 5)], limits: { maxUncommittedEvents: 7 } })
    const [after, lines] = flushed(given, 0)
    expect(lines).toEqual(['0:0-2', '0:3-5', '1:0-0'])
    expect(uncommittedEvents(after)).toBe(7)
  })

  it('send from the heaviest when too much waits', () => {
    const limits = { batchLimit: 100, maxBufferedBytes: 65 }
    const [after, lines] = flushed(flow({ waiting: [range(0, 1), range(0, 4)], limits }), 0)
    expect(lines).toEqual(['1:0-4 (Stream parameters are causing overflow)'])
    expect(bufferedBytes(after)).toBe(20)
  })
})

describe('a batch timespan', () => {
  const limits = { batchLimit: 100, batchTimespanMs: 3000 }

  it('closes a batch when a later event has come', () => {
    const [after, lines] = flushed(flow({ limits, waiting: [range(1, 3)] }), 0)
    expect(lines).toEqual([])
    const later = withBuffer(
      after,
      '0',
      refill(buffer('0', range(1, 3), { ...LIMITS, ...limits }), records(4)),
    )
    expect(flushed(later, 0)[1]).toEqual(['0:1-3'])
  })
})

describe('a stream that is about to end', () => {
  it('sends what waits, in batches that need not be full', () => {
    const given = flow({ waiting: [range(0, 3), range(0, 0), []] })
    const [, batches] = drain(given, [...given.buffers.keys()], 0)
    expect(batches.map(line)).toEqual(['0:0-2', '0:3-3', '1:0-0'])
  })
})

describe('any flow', () => {
  const given = fc.record({
    batchLimit: fc.integer({ min: 1, max: 5 }),
    maxUncommittedEvents: fc.integer({ min: 0, max: 12 }),
    streamLimit: fc.integer({ min: 0, max: 12 }),
    maxBufferedBytes: fc.integer({ min: 1, max: 200 }),
    sizes: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
    at: fc.nat(2000),
  })

  it('sends every event once and in order, within its limits, and asks to be woken later', () => {
    fc.assert(
      fc.property(given, ({ sizes, at, ...limits }) => {
        const before = flow({ limits, waiting: sizes.map((size) => range(0, size - 1)) })
        const [after, batches] = flush(before, [...before.buffers.keys()], at)
        expect(uncommittedEvents(after)).toBeLessThanOrEqual(limits.maxUncommittedEvents)
        if (limits.streamLimit > 0) expect(after.sentEvents).toBeLessThanOrEqual(limits.streamLimit)
        for (const [key, { records: left, sent, partition }] of after.buffers) {
          const mine = batches
            .filter((batch) => batch.partition === partition)
            .flatMap(({ events }) => events)
          expect([...mine, ...left]).toEqual(before.buffers.get(key)?.records)
          expect(sent).toBe(mine.at(-1)?.offset ?? -1)
        }
        for (const { events, debug } of batches) {
          if (debug === undefined) expect(events.length).toBeLessThanOrEqual(limits.batchLimit)
        }
        for (const one of after.buffers.values()) expect(flushAt(after, one)).toBeGreaterThan(at)
      }),
    )
  })
})
