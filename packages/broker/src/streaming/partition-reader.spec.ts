import { describe, expect, it } from 'vitest'
import type { EventLog } from '../storage/event-log.ts'
import { createMemoryEventLog } from '../storage/memory.ts'
import { createPartitionReader } from './partition-reader.ts'

const OF = { topic: 't', partition: '0' }
const LIMITS = { maxRecords: 2, maxBytes: 1000 }

async function createReader(overrides: Partial<EventLog> = {}) {
  const log = { ...createMemoryEventLog(), ...overrides }
  await log.createTopic('t', ['0'])
  const seen: string[] = []
  const reader = createPartitionReader(log, OF, {
    onRecords: (from, records) => seen.push(`${from}: ${records.map(({ offset }) => offset).join(' ')}`),
    onFailure: (reason) => seen.push(String(reason)),
  })
  const append = async (count: number) => {
    const record = { partition: '0', value: new Uint8Array(1) }
    await log.append(
      't',
      Array.from({ length: count }, () => record),
      0,
    )
    await settle()
  }
  return { log, reader, append, seen }
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
    await log.deleteTopic('t')
    reader.read({ from: 0, ...LIMITS })
    await settle()
    expect(seen).toEqual(['Error: There is no partition 0 of a topic t.'])
  })
})
