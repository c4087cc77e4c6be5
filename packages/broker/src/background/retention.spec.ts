import { completeEventType } from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { createMemoryStorage } from '../storage/memory.ts'
import type { Storage } from '../storage/storage.ts'
import { retentionJob } from './retention.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const P0 = { topic: 'topic', partition: '0' }

async function aStorage(cleanup_policy: EventType['cleanup_policy']): Promise<Storage> {
  const storage = createMemoryStorage()
  await storage.events.createTopic(P0.topic, ['0'])
  const definition: NewEventType = {
    name: 'order.placed',
    owning_application: 'shop',
    category: 'business',
    cleanup_policy,
    schema: { type: 'json_schema', schema: '{}' },
  }
  const eventType = completeEventType(definition, 0)
  const { topic } = P0
  await storage.commands.propose({ type: 'createEventType', eventType, partitions: ['0'], topic }, 0)
  return storage
}

async function append(storage: Storage, at: number, key: string): Promise<void> {
  await storage.events.append(P0.topic, [{ partition: '0', value: new Uint8Array(1), key }], at)
}

async function offsetsAt(storage: Storage, now: number): Promise<readonly number[]> {
  await retentionJob({ storage, clock: createManualClock(now) }).run(new AbortController().signal)
  const records = await storage.events.read(P0, { from: 0, maxRecords: 100, maxBytes: 1000 })
  return records.map(({ offset }) => offset)
}

describe('retention', () => {
  it('drops what is older than the retention time of the event type', async () => {
    const storage = await aStorage('delete')
    await append(storage, 0, 'a')
    await append(storage, 1, 'a')
    expect(await offsetsAt(storage, 2 * DAY)).toEqual([0, 1])
    expect(await offsetsAt(storage, 2 * DAY + 1)).toEqual([1])
    expect(await storage.events.bounds(P0)).toEqual({ first: 1, next: 2 })
  })

  it('never drops a compacted event type by age', async () => {
    const storage = await aStorage('compact')
    await append(storage, 0, 'a')
    expect(await offsetsAt(storage, 365 * DAY)).toEqual([0])
  })

  it('compacts what has been readable for three hours', async () => {
    const storage = await aStorage('compact')
    for (const at of [0, HOUR, 2 * HOUR]) await append(storage, at, 'a')
    expect(await offsetsAt(storage, 3 * HOUR)).toEqual([0, 1, 2])
    expect(await offsetsAt(storage, 4 * HOUR + 1)).toEqual([1, 2])
    expect(await offsetsAt(storage, 9 * HOUR)).toEqual([2])
  })

  it('does both where the policy says both', async () => {
    const storage = await aStorage('compact_and_delete')
    await append(storage, 0, 'a')
    await append(storage, 0, 'b')
    await append(storage, DAY, 'a')
    expect(await offsetsAt(storage, 2 * DAY)).toEqual([1, 2])
    expect(await offsetsAt(storage, 2 * DAY + 1)).toEqual([2])
  })

  it('goes on with the other partitions when one fails, and says so', async () => {
    const storage = await aStorage('delete')
    const failing: Storage = {
      ...storage,
      events: { ...storage.events, expire: () => Promise.reject(new Error('broken')) },
    }
    const run = retentionJob({ storage: failing, clock: createManualClock(0) }).run(
      new AbortController().signal,
    )
    await expect(run).rejects.toThrow('Not every partition could be cleaned.')
  })
})
