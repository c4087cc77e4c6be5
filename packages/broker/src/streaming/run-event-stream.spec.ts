import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import type { EventStreamSettings } from '../core/event-stream.ts'
import { partitionKey } from '../core/state.ts'
import type { ReadRange } from '../storage/event-log.ts'
import { createMemoryStorage } from '../storage/memory.ts'
import type { Storage } from '../storage/storage.ts'
import { runEventStream } from './run-event-stream.ts'

const SETTINGS: EventStreamSettings = {
  batchLimit: 1,
  batchFlushTimeoutMs: 30_000,
  streamLimit: 0,
  streamTimeoutMs: 3_600_000,
  keepAliveLimit: 0,
  maxBufferedBytes: 100_000,
}

const PARTITION = { event_type: 'e', partition: '0' }

/** A storage with the event type `e`, whose topic `t` has so many events of 1,000 bytes. */
async function createStorage(count: number): Promise<Storage> {
  const storage = createMemoryStorage()
  const schema = { type: 'json_schema', schema: '{}' } as const
  const eventType = completeEventType(
    { name: 'e', owning_application: 'shop', category: 'undefined', schema },
    0,
  )
  await storage.events.createTopic('t', ['0'])
  await storage.commands.propose({ type: 'createEventType', eventType, partitions: ['0'], topic: 't' }, 0)
  const value = new TextEncoder().encode(`"${'x'.repeat(998)}"`)
  await storage.events.append(
    't',
    Array.from({ length: count }, () => ({ partition: '0', value })),
    0,
  )
  return storage
}

function run(storage: Storage, { settings = {}, signal = new AbortController().signal } = {}) {
  const clock = createManualClock(0)
  const wanted = {
    eventType: 'e',
    startAt: new Map([[partitionKey(PARTITION), { partition: PARTITION, after: -1 }]]),
    settings: { ...SETTINGS, ...settings },
    meter: { sent: () => {}, close: () => {} },
    signal,
    isDelivered: () => true,
    isAllowed: () => true,
  }
  const metrics = { delivered: () => {} }
  return { clock, stream: runEventStream(wanted, { clock, metrics, storage }) }
}

describe('a low-level stream that is served', () => {
  it('ends at once when its request has been given up already', async () => {
    const { stream } = run(await createStorage(1), { signal: AbortSignal.abort() })
    await stream.ended
    await expect(stream.body.getReader().read()).rejects.toThrow()
  })

  it('reads no more than its client takes', async () => {
    const storage = await createStorage(5000)
    const ranges: ReadRange[] = []
    const events: Storage['events'] = {
      ...storage.events,
      read: async (of, range) => {
        ranges.push(range)
        return await storage.events.read(of, range)
      },
    }
    const { clock, stream } = run({ ...storage, events })
    await clock.advance(10_000)
    const furthest = Math.max(...ranges.map(({ from }) => from))
    // What is written ahead of the client, what waits to be, and what was read last.
    expect(furthest).toBeLessThan(500)
    const reader = stream.body.getReader()
    for (let line = 0; line < 1000; line += 1) await reader.read()
    await clock.advance(0)
    expect(Math.max(...ranges.map(({ from }) => from))).toBeGreaterThan(1000)
    stream.shutdown()
    await stream.ended
  })

  it('is broken off when the log fails, so that it cannot be taken for complete', async () => {
    const storage = await createStorage(1)
    const events: Storage['events'] = {
      ...storage.events,
      read: () => Promise.reject(new Error('no such file')),
    }
    const { stream } = run({ ...storage, events })
    await expect(stream.body.getReader().read()).rejects.toThrow('no such file')
    await stream.ended
  })

  it('ends completely when the broker shuts down', async () => {
    const { stream } = run(await createStorage(0))
    stream.shutdown()
    await stream.ended
    expect(await stream.body.getReader().read()).toMatchObject({ done: true })
  })
})
