import { describe, expect, it } from 'vitest'
import type { Timelines } from '../core/state.ts'
import { startTimeline } from '../core/timelines.ts'
import type { EventLog } from '../storage/event-log.ts'
import { createMemoryEventLog } from '../storage/memory.ts'
import { createPartitionReader } from './partition-reader.ts'

/** A history of closed timelines with so many events each, and an active one. Their topics are t1, t2, … */
function timelines(...sizes: readonly number[]): Timelines {
  const closed = sizes.map((size, index) => ({ ...active(index + 1), latestPosition: [size - 1] }))
  const [first = active(1), ...others] = [...closed, active(sizes.length + 1)]
  return [first, ...others]
}

function active(order: number) {
  return startTimeline({ order, storageId: 'default', topic: `t${order}` }, 0)
}

const LIMITS = { maxRecords: 2, maxBytes: 1000 }

async function createReader(overrides: Partial<EventLog> = {}) {
  const log = { ...createMemoryEventLog(), ...overrides }
  await log.createTopic('t1', ['0'])
  const seen: string[] = []
  let history = timelines()
  const reader = createPartitionReader(
    log,
    { partition: '0', timelines: () => history },
    {
      onRecords: (from, records) => seen.push(`${from}: ${records.map(({ offset }) => offset).join(' ')}`),
      onFailure: (reason) => seen.push(String(reason)),
    },
  )
  const append = async (count: number, topic = 't1') => {
    const record = { partition: '0', value: new Uint8Array(1) }
    await log.append(
      topic,
      Array.from({ length: count }, () => record),
      0,
    )
    await settle()
  }
  const change = (after: Timelines) => {
    history = after
    reader.follow()
  }
  return { log, reader, append, change, seen }
}

/** Lets the promises of the memory log run out; they need no more than a few turns of the microtask queue. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('a reader of a partition', () => {
  it('answers each request once', async () => {
    const { reader, append, seen } = await createReader()
    await append(3)
    reader.read({ from: 0, ...LIMITS })
    await settle()
    await append(1)
    expect(seen).toEqual(['0: 0 1'])
  })

  it('waits at the end of the log for the next append', async () => {
    const { reader, append, seen } = await createReader()
    reader.read({ from: 0, ...LIMITS })
    await settle()
    expect(seen).toEqual([])
    await append(1)
    expect(seen).toEqual(['0: 0'])
  })

  it('does not miss an append that comes while it finds nothing', async () => {
    const { reader, append, seen } = await createReader()
    reader.read({ from: 0, ...LIMITS })
    await append(1)
    expect(seen).toEqual(['0: 0'])
  })

  it('answers the latest request only', async () => {
    const { reader, append, seen } = await createReader()
    await append(3)
    reader.read({ from: 0, ...LIMITS })
    reader.read({ from: 2, ...LIMITS })
    await settle()
    expect(seen).toEqual(['2: 2'])
  })

  it('answers nothing once it is stopped or closed', async () => {
    const { reader, append, seen } = await createReader()
    reader.read({ from: 0, ...LIMITS })
    reader.stop()
    await append(1)
    reader.read({ from: 1, ...LIMITS })
    reader.close()
    await append(1)
    expect(seen).toEqual([])
  })

  it('answers the next request after the log has failed', async () => {
    const record = { offset: 0, at: 0, value: new Uint8Array(1) }
    const results = [Promise.reject(new Error('disk full')), Promise.resolve([record])]
    const { reader, seen } = await createReader({ read: async () => (await results.shift()) ?? [] })
    reader.read({ from: 0, ...LIMITS })
    await settle()
    reader.read({ from: 0, ...LIMITS })
    await settle()
    expect(seen).toEqual(['Error: disk full', '0: 0'])
  })

  it('reports that the log fails', async () => {
    const { log, reader, seen } = await createReader()
    await log.deleteTopic('t1')
    reader.read({ from: 0, ...LIMITS })
    await settle()
    expect(seen).toEqual(['Error: There is no partition 0 of a topic t1.'])
  })
})

describe('a reader of a partition with several timelines', () => {
  it('goes on at the next timeline that has events', async () => {
    const { log, reader, append, change, seen } = await createReader()
    await log.createTopic('t2', ['0'])
    await log.createTopic('t3', ['0'])
    await append(2)
    await append(2, 't3')
    change(timelines(2, 0))
    reader.read({ from: 1, ...LIMITS })
    await settle()
    reader.read({ from: 2, ...LIMITS })
    await settle()
    expect(seen).toEqual(['1: 1', '2: 2 3'])
  })

  it('waits for the first event of a timeline that began while it waited', async () => {
    const { log, reader, append, change, seen } = await createReader()
    await append(1)
    reader.read({ from: 1, ...LIMITS })
    await settle()
    await log.createTopic('t2', ['0'])
    change(timelines(1))
    await append(1, 't2')
    expect(seen).toEqual(['1: 1'])
  })

  it('leaves out a timeline whose records are gone', async () => {
    const { log, reader, append, change, seen } = await createReader()
    await append(2)
    await log.createTopic('t2', ['0'])
    await append(1, 't2')
    const [first, ...others] = timelines(2)
    change([{ ...first, deleted: true }, ...others])
    await log.deleteTopic('t1')
    reader.read({ from: 0, ...LIMITS })
    await settle()
    expect(seen).toEqual(['0: 2'])
  })

  it('reads on after a timeline that is cleaned up under its hands', async () => {
    const [first, ...others] = timelines(2)
    const after: Timelines = [{ ...first, deleted: true }, ...others]
    const { log, reader, append, change, seen } = await createReader()
    await append(2)
    await log.createTopic('t2', ['0'])
    await append(1, 't2')
    change([first, ...others])
    await log.deleteTopic('t1')
    reader.read({ from: 0, ...LIMITS })
    change(after)
    await settle()
    expect(seen).toEqual(['0: 2'])
  })
})
