// What every storage promises. Each implementation is a line of the table.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogRecord } from '../core/log-record.ts'
import { createDiskStorage, type DiskStorageOptions } from './disk/disk-storage.ts'
import type { NewRecord } from './event-log.ts'
import { createMemoryStorage } from './memory.ts'
import type { Storage } from './storage.ts'

interface Candidate {
  readonly name: string
  open(): Promise<Storage>
}

const directories: string[] = []

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true })
})

/** A storage in a new directory. */
function onDisk(options: Omit<DiskStorageOptions, 'directory'>): () => Promise<Storage> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rioni-storage-'))
    directories.push(directory)
    return await createDiskStorage({ directory, minDirtyRatio: 0, ...options })
  }
}

const tiny = { segmentBytes: 100, indexEveryBytes: 50, cacheBytes: 0, maxOpenFiles: 2, snapshotBytes: 100 }

const candidates: readonly Candidate[] = [
  { name: 'memory', open: async () => createMemoryStorage() },
  { name: 'files', open: onDisk({ fsync: 'never' }) },
  { name: 'files that are synced', open: onDisk({ fsync: 'group' }) },
  { name: 'files that are synced for each append', open: onDisk({ fsync: 'always' }) },
  { name: 'files of a few records, with nothing in memory', open: onDisk({ fsync: 'never', ...tiny }) },
  { name: 'files of a few records, that are synced', open: onDisk({ fsync: 'group', ...tiny }) },
]

const P0 = { topic: 't', partition: '0' }
const P1 = { topic: 't', partition: '1' }
const ALL = { from: 0, maxRecords: 1000, maxBytes: 1_000_000 }

function record(partition: string, text: string, key?: string): NewRecord {
  return { partition, value: new TextEncoder().encode(text), ...(key === undefined ? {} : { key }) }
}

function text({ value }: LogRecord): string {
  return new TextDecoder().decode(value)
}

describe.each(candidates)('the event log of the storage in $name', ({ open }) => {
  let storage: Storage
  beforeEach(async () => {
    storage = await open()
    await storage.events.createTopic('t', ['0', '1'])
  })
  afterEach(() => storage.close())

  const append = (at: number, ...records: readonly NewRecord[]) => storage.events.append('t', records, at)
  const read = async (of = P0, range = ALL) => {
    const records = await storage.events.read(of, range)
    return records.map((one) => `${one.offset}:${text(one)}`)
  }
  const bounds = (of = P0) => storage.events.bounds(of)

  it('keeps the order within each partition and counts offsets from 0', async () => {
    await append(5, record('0', 'a'), record('1', 'b'), record('0', 'c'))
    await append(6, record('0', 'd'))
    expect(await read()).toEqual(['0:a', '1:c', '2:d'])
    expect(await read(P1)).toEqual(['0:b'])
    expect(await bounds()).toEqual({ first: 0, next: 3 })
    expect((await storage.events.read(P0, ALL)).map(({ at }) => at)).toEqual([5, 5, 6])
  })

  it('keeps the order of appends that are made at the same time', async () => {
    const texts = Array.from({ length: 50 }, (_, index) => `event ${index}`)
    await Promise.all(texts.map((one) => append(0, record('0', one), record('1', one))))
    const expected = texts.map((one, index) => `${index}:${one}`)
    expect(await read()).toEqual(expected)
    expect(await read(P1)).toEqual(expected)
  })

  it('gives back the key, the headers and every byte of a record', async () => {
    const value = Uint8Array.from({ length: 256 }, (_, index) => index)
    const headers = {
      consumerSubscriptionId: 's',
      owner: { name: 'team', value: 'ä' },
      encoding: 'avro',
    } as const
    await append(7, { partition: '0', value, key: '["k\u0000€"]', headers })
    const [first] = await storage.events.read(P0, ALL)
    expect(first).toEqual({ offset: 0, at: 7, value: expect.anything(), key: '["k\u0000€"]', headers })
    expect([...(first?.value ?? [])]).toEqual([...value])
  })

  it('keeps a tombstone, which has a key and no value', async () => {
    await append(0, record('0', '', 'k'))
    expect(await storage.events.read(P0, ALL)).toMatchObject([{ offset: 0, key: 'k', value: { length: 0 } }])
  })

  it('reads from an offset, as much as is wanted', async () => {
    await append(0, record('0', 'aa'), record('0', 'bb'), record('0', 'cc'))
    expect(await read(P0, { ...ALL, from: 1 })).toEqual(['1:bb', '2:cc'])
    expect(await read(P0, { ...ALL, maxRecords: 1 })).toEqual(['0:aa'])
    expect(await read(P0, { ...ALL, maxBytes: 5 })).toEqual(['0:aa', '1:bb'])
    expect(await read(P0, { ...ALL, maxBytes: 1 })).toEqual(['0:aa'])
    expect(await read(P0, { ...ALL, from: 3 })).toEqual([])
    expect(await read(P0, { ...ALL, from: 99 })).toEqual([])
  })

  it('reads a record that is larger than anything read at once', async () => {
    const large = 'x'.repeat(3_000_000)
    await append(0, record('0', 'a'), record('0', large), record('0', 'b'))
    const records = await storage.events.read(P0, { from: 1, maxRecords: 2, maxBytes: 10_000_000 })
    expect(records.map((one) => text(one).length)).toEqual([large.length, 1])
  })

  it('appends nothing when one of the records has no partition', async () => {
    await expect(append(0, record('0', 'a'), record('9', 'b'))).rejects.toThrow('no partition 9')
    expect(await bounds()).toEqual({ first: 0, next: 0 })
  })

  it('adds empty partitions and leaves those that a topic has', async () => {
    await append(0, record('1', 'a'))
    await storage.events.addPartitions('t', ['1', '2'])
    expect(await read(P1)).toEqual(['0:a'])
    expect(await bounds({ topic: 't', partition: '2' })).toEqual({ first: 0, next: 0 })
    await expect(storage.events.addPartitions('x', ['0'])).rejects.toThrow('topic x')
  })

  it('refuses to create a topic that exists', async () => {
    await append(0, record('0', 'a'))
    await expect(storage.events.createTopic('t', ['0'])).rejects.toThrow('topic t already')
    expect(await read()).toEqual(['0:a'])
  })

  it('takes any text for the name of a topic and of a partition', async () => {
    const names = ['../up', '.', '..', 'a/b', 'Ä €', '%2e', 'x'.repeat(60), 'A', 'a']
    for (const topic of names) {
      await storage.events.createTopic(topic, names)
      await storage.events.append(
        topic,
        names.map((partition) => record(partition, partition)),
        0,
      )
      for (const partition of names) expect(await read({ topic, partition })).toEqual([`0:${partition}`])
    }
  })

  it('rejects whatever concerns a topic or a partition that does not exist', async () => {
    const unknown = { topic: 'x', partition: '0' }
    await expect(bounds({ topic: 't', partition: '9' })).rejects.toThrow('no partition 9')
    await expect(storage.events.read(unknown, ALL)).rejects.toThrow('topic x')
    await expect(storage.events.append('x', [record('0', 'a')], 0)).rejects.toThrow('topic x')
    await expect(storage.events.trim(unknown, 0)).rejects.toThrow('topic x')
    await expect(storage.events.expire(unknown, 0)).rejects.toThrow('topic x')
    await expect(storage.events.compact(unknown, 0)).rejects.toThrow('topic x')
    expect(() => storage.events.watch(unknown, () => {})).toThrow('topic x')
  })

  it('forgets a topic that is deleted, and takes its name again', async () => {
    await append(0, record('0', 'a'))
    await storage.events.deleteTopic('t')
    await expect(bounds()).rejects.toThrow('topic t')
    await storage.events.deleteTopic('t')
    await storage.events.createTopic('t', ['0'])
    expect(await bounds()).toEqual({ first: 0, next: 0 })
  })

  it('tells the watchers of a partition about its appends until they stop watching', async () => {
    const seen: string[] = []
    const unwatch = storage.events.watch(P0, () => seen.push('0'))
    storage.events.watch(P1, () => seen.push('1'))
    await append(0, record('0', 'a'), record('0', 'b'))
    unwatch()
    await append(0, record('0', 'c'), record('1', 'd'))
    expect(seen).toEqual(['0', '1'])
  })

  it('shows the records of an append to its watchers', async () => {
    const seen: Promise<readonly string[]>[] = []
    storage.events.watch(P0, () => seen.push(read()))
    await append(0, record('0', 'a'))
    expect(await Promise.all(seen)).toEqual([['0:a']])
  })

  describe('trimming', () => {
    it('deletes the records before an offset and keeps the offsets of the rest', async () => {
      await append(0, record('0', 'a'), record('0', 'b'), record('0', 'c'))
      await storage.events.trim(P0, 2)
      expect(await bounds()).toEqual({ first: 2, next: 3 })
      expect(await read()).toEqual(['2:c'])
      await storage.events.trim(P0, 1)
      await append(0, record('0', 'd'))
      expect(await read()).toEqual(['2:c', '3:d'])
    })

    it('stops at the end and gives no offset twice', async () => {
      await append(0, record('0', 'a'), record('0', 'b'))
      await storage.events.trim(P0, 99)
      expect(await bounds()).toEqual({ first: 2, next: 2 })
      await append(0, record('0', 'c'))
      expect(await read()).toEqual(['2:c'])
    })
  })

  describe('expiring', () => {
    it('deletes everything when everything is older, and gives no offset twice', async () => {
      await append(1, record('0', 'a'), record('0', 'b'))
      await append(2, record('0', 'c'))
      await storage.events.expire(P0, 3)
      expect(await bounds()).toEqual({ first: 3, next: 3 })
      expect(await read()).toEqual([])
      await append(4, record('0', 'd'))
      expect(await read()).toEqual(['3:d'])
    })

    it('keeps every record from the moment on, and moves the first offset to the oldest that is left', async () => {
      for (let at = 0; at < 40; at += 1) await append(at, record('0', 'x'.repeat(50)))
      await storage.events.expire(P0, 30)
      const { first, next } = await bounds()
      expect(first).toBeLessThanOrEqual(30)
      expect(next).toBe(40)
      const offsets = (await storage.events.read(P0, ALL)).map(({ offset }) => offset)
      expect(offsets).toEqual(Array.from({ length: 40 - first }, (_, index) => first + index))
    })

    it('changes nothing where nothing is older', async () => {
      await append(5, record('0', 'a'))
      await storage.events.expire(P0, 5)
      await storage.events.expire(P1, 5)
      expect(await read()).toEqual(['0:a'])
      expect(await bounds(P1)).toEqual({ first: 0, next: 0 })
    })
  })

  describe('compacting', () => {
    it('keeps the newest record of each key and leaves gaps', async () => {
      await append(
        0,
        record('0', 'a1', 'a'),
        record('0', 'b1', 'b'),
        record('0', 'a2', 'a'),
        record('0', 'c1', 'c'),
      )
      await storage.events.compact(P0, 4)
      expect(await read()).toEqual(['1:b1', '2:a2', '3:c1'])
      expect(await bounds()).toEqual({ first: 0, next: 4 })
      expect(await read(P0, { ...ALL, from: 0, maxRecords: 1 })).toEqual(['1:b1'])
    })

    it('looks only at the records before the offset', async () => {
      await append(
        0,
        record('0', 'a1', 'a'),
        record('0', 'a2', 'a'),
        record('0', 'a3', 'a'),
        record('0', 'a4', 'a'),
      )
      await storage.events.compact(P0, 2)
      expect((await read()).slice(-3)).toEqual(['1:a2', '2:a3', '3:a4'])
    })

    it('keeps the records that have no key', async () => {
      await append(0, record('0', 'x'), record('0', 'y'), record('0', 'a1', 'a'), record('0', 'a2', 'a'))
      await storage.events.compact(P0, 4)
      expect(await read()).toEqual(['0:x', '1:y', '3:a2'])
    })

    it('removes what a tombstone deletes, and the tombstone', async () => {
      await append(0, record('0', 'a1', 'a'), record('0', 'b1', 'b'), record('0', '', 'a'))
      await storage.events.compact(P0, 3)
      expect(await read()).toEqual(['1:b1'])
      expect(await bounds()).toEqual({ first: 0, next: 3 })
    })

    it('can be repeated, and goes on after the last offset', async () => {
      for (let round = 0; round < 4; round += 1) {
        for (let n = 0; n < 20; n += 1) await append(0, record('0', `${round}-${n}`, `key ${n % 5}`))
        const { next } = await bounds()
        await storage.events.compact(P0, next)
      }
      expect(await read()).toEqual(['75:3-15', '76:3-16', '77:3-17', '78:3-18', '79:3-19'])
      await append(0, record('0', 'last', 'key 0'))
      expect(await read(P0, { ...ALL, from: 77 })).toEqual(['77:3-17', '78:3-18', '79:3-19', '80:last'])
    })
  })
})

describe.each(candidates)('the command log of the storage in $name', ({ open }) => {
  let storage: Storage
  beforeEach(async () => {
    storage = await open()
  })
  afterEach(() => storage.close())

  const subscription = {
    id: 's',
    owning_application: 'a',
    event_types: [],
    consumer_group: 'g',
    read_from: 'end',
    initial_cursors: [],
    authorization: null,
    annotations: {},
    labels: {},
  } as const

  it('has the change in its state when the outcome is there, and tells its watchers before', async () => {
    const { commands } = storage
    const seen: number[] = []
    const unwatch = commands.watch(() => seen.push(commands.state.subscriptions.size))
    const outcome = await commands.propose({ type: 'createSubscription', subscription }, 0)
    expect(outcome.kind).toBe('created')
    expect(commands.state.subscriptions.has('s')).toBe(true)
    await commands.propose({ type: 'deleteSubscription', id: 'unknown' }, 0)
    unwatch()
    await commands.propose({ type: 'deleteSubscription', id: 's' }, 0)
    expect(seen).toEqual([1])
  })

  it('applies commands that are proposed at the same time one after the other', async () => {
    const { commands } = storage
    const outcomes = await Promise.all([
      commands.propose({ type: 'createSubscription', subscription }, 0),
      commands.propose({ type: 'createSubscription', subscription: { ...subscription, id: 'other' } }, 0),
      commands.propose({ type: 'deleteSubscription', id: 's' }, 0),
    ])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'exists', 'deleted'])
    expect(commands.state.subscriptions.size).toBe(0)
  })
})
