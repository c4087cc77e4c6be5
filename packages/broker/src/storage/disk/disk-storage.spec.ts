import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { completeEventType } from '@rioni/event-types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../storage.ts'
import { createDiskStorage, type DiskStorageOptions } from './disk-storage.ts'
import { nodeFileSystem } from './file-system.ts'

const P0 = { topic: 't', partition: '0' }
const P1 = { topic: 't', partition: '1' }
const ALL = { from: 0, maxRecords: 100_000, maxBytes: 100_000_000 }

let directory: string
let opened: Storage[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rioni-disk-'))
  opened = []
})

afterEach(async () => {
  for (const storage of opened) await storage.close()
  rmSync(directory, { recursive: true })
})

async function open(options: Partial<DiskStorageOptions> = {}): Promise<Storage> {
  const storage = await createDiskStorage({ directory, fsync: 'never', minDirtyRatio: 0, ...options })
  opened.push(storage)
  return storage
}

/** A storage with an event type whose topic is `t`. */
async function openWithTopic(options: Partial<DiskStorageOptions> = {}): Promise<Storage> {
  const storage = await open(options)
  await storage.events.createTopic('t', ['0', '1'])
  const eventType = completeEventType(
    {
      name: 'order.placed',
      owning_application: 'shop',
      category: 'business',
      schema: { type: 'json_schema', schema: '{}' },
    },
    0,
  )
  await storage.commands.propose(
    { type: 'createEventType', eventType, partitions: ['0', '1'], topic: 't' },
    0,
  )
  return storage
}

function append(storage: Storage, texts: readonly string[], { partition = '0', at = 0 } = {}): Promise<void> {
  const records = texts.map((text) => ({
    partition,
    value: new TextEncoder().encode(text),
    key: text.slice(0, 1),
  }))
  return storage.events.append('t', records, at)
}

async function texts(storage: Storage, of = P0): Promise<readonly string[]> {
  const records = await storage.events.read(of, ALL)
  return records.map(({ offset, value }) => `${offset}:${new TextDecoder().decode(value)}`)
}

function file(partition: string, name: RegExp): string {
  const path = join(directory, 'topics', 't=', `${partition}=`)
  const found = readdirSync(path).find((candidate) => name.test(candidate))
  return join(path, found ?? `no file like ${name}`)
}

async function subscribe(storage: Storage): Promise<void> {
  const { commands } = storage
  const subscription = {
    id: 's',
    owning_application: 'a',
    event_types: ['order.placed'],
    consumer_group: 'g',
    read_from: 'end',
    initial_cursors: [],
    authorization: null,
    annotations: {},
    labels: {},
  } as const
  const position = { event_type: 'order.placed', partition: '0' }
  await commands.propose({ type: 'createSubscription', subscription }, 1000)
  const session = { id: 'session', requested: [] }
  const startAt = [{ ...position, offset: '001-0001--1' }]
  await commands.propose({ type: 'openSession', subscriptionId: 's', session, startAt }, 1000)
  const cursors = [{ ...position, offset: '001-0001-000000000000000007' }]
  await commands.propose({ type: 'commitCursors', subscriptionId: 's', sessionId: 'session', cursors }, 1000)
}

describe('a storage on disk that is opened again', () => {
  it.each(['never', 'group', 'always'] as const)('has all events, with fsync %s', async (fsync) => {
    const first = await openWithTopic({ fsync })
    await append(first, ['a', 'b'])
    await append(first, ['c'], { partition: '1' })
    await first.close()
    const second = await open()
    expect(await texts(second)).toEqual(['0:a', '1:b'])
    expect(await texts(second, P1)).toEqual(['0:c'])
    await append(second, ['d'])
    expect(await texts(second)).toEqual(['0:a', '1:b', '2:d'])
  })

  it('has the event types, the subscriptions and what they have committed, and no sessions', async () => {
    const first = await openWithTopic()
    await subscribe(first)
    const eventTypes = first.commands.state.eventTypes
    await first.close()
    const { state } = (await open()).commands
    expect(state.eventTypes).toEqual(eventTypes)
    expect(state.subscriptions.get('s')?.sessions).toEqual([])
    expect(state.subscriptions.get('s')?.positions).toMatchObject([
      { partition: '0', state: 'unassigned', session: null, committed: '001-0001-000000000000000007' },
    ])
  })

  it('lets streams in again although a reset of cursors had not come to its end', async () => {
    const first = await openWithTopic()
    await subscribe(first)
    await first.commands.propose({ type: 'closeStreams', subscriptionId: 's' }, 1000)
    await first.close()
    const { state } = (await open()).commands
    expect(state.subscriptions.get('s')?.isClosingStreams).toBe(false)
  })

  it('has the state that a snapshot and the commands after it make up', async () => {
    const first = await openWithTopic({ snapshotBytes: 500 })
    await subscribe(first)
    for (let n = 0; n < 20; n += 1) {
      const cursors = [
        { event_type: 'order.placed', partition: '0', offset: `001-0001-0000000000000000${n + 10}` },
      ]
      await first.commands.propose(
        { type: 'commitCursors', subscriptionId: 's', sessionId: 'session', cursors },
        1000,
      )
    }
    await first.close()
    expect(readdirSync(join(directory, 'state'))).toHaveLength(2)
    const [position] = (await open()).commands.state.subscriptions.get('s')?.positions ?? []
    expect(position?.committed).toBe('001-0001-000000000000000029')
  })

  it('remembers what was trimmed, expired and compacted', async () => {
    const options = { segmentBytes: 60 }
    const first = await openWithTopic(options)
    for (const text of ['a0', 'b1', 'a2', 'c3', 'a4'])
      await append(first, [text], { at: Number(text.slice(1)) })
    await first.events.trim(P0, 1)
    await first.events.compact(P0, 4)
    for (const text of ['a0', 'b1', 'a2'])
      await append(first, [text], { at: Number(text.slice(1)), partition: '1' })
    await first.events.expire(P1, 2)
    const seen = [await texts(first), await texts(first, P1)]
    expect(seen).toEqual([['1:b1', '2:a2', '3:c3', '4:a4'], ['2:a2']])
    await first.close()
    const second = await open(options)
    expect([await texts(second), await texts(second, P1)]).toEqual(seen)
    expect(await second.events.bounds(P0)).toEqual({ first: 1, next: 5 })
    expect(await second.events.bounds(P1)).toEqual({ first: 2, next: 3 })
  })

  it('deletes topics that no event type has', async () => {
    const first = await openWithTopic()
    await first.events.createTopic('being created', ['0'])
    await first.close()
    const second = await open()
    await expect(second.events.bounds({ topic: 'being created', partition: '0' })).rejects.toThrow(
      'no partition',
    )
    expect(readdirSync(join(directory, 'topics'))).toEqual(['t='])
  })
})

describe('the end of a log that was not written completely', () => {
  it('is cut off, wherever the crash came', async () => {
    const first = await openWithTopic()
    await append(first, ['first'])
    const path = file('0', /\.log$/)
    const { size } = statSync(path)
    await append(first, ['second'])
    await first.close()
    const whole = readFileSync(path)
    for (let length = size; length < whole.byteLength; length += 1) {
      writeFileSync(path, whole.subarray(0, length))
      const storage = await open()
      expect(await texts(storage)).toEqual(['0:first'])
      await append(storage, ['again'])
      expect(await texts(storage)).toEqual(['0:first', '1:again'])
      await storage.close()
    }
  })

  it('is found without reading what the index has passed', async () => {
    const first = await openWithTopic({ indexEveryBytes: 1000 })
    for (let n = 0; n < 100; n += 1) await append(first, [`${n} ${'x'.repeat(100)}`])
    await first.close()
    const read: number[] = []
    const second = await open({
      fileSystem: {
        ...nodeFileSystem,
        readNow(descriptor, buffer, position) {
          read.push(buffer.byteLength)
          return nodeFileSystem.readNow(descriptor, buffer, position)
        },
      },
    })
    expect(await second.events.bounds(P0)).toEqual({ first: 0, next: 100 })
    expect(read.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(5000)
  })

  it('is found without an index too, and with one that points nowhere', async () => {
    const first = await openWithTopic({ indexEveryBytes: 1000 })
    for (let n = 0; n < 100; n += 1) await append(first, [`${n} ${'x'.repeat(100)}`])
    await first.close()
    const index = file('0', /\.index$/)
    const entries = readFileSync(index)
    truncateSync(file('0', /\.log$/), 3000)
    for (const content of [entries, entries.subarray(0, 20), Buffer.alloc(0), Buffer.alloc(64, 1)]) {
      writeFileSync(index, content)
      const storage = await open()
      const { next } = await storage.events.bounds(P0)
      expect(next).toBe(22)
      expect((await texts(storage)).length).toBe(next)
      await storage.close()
    }
  })

  it('is cut off in the command log too', async () => {
    const first = await openWithTopic()
    await first.close()
    const [log] = readdirSync(join(directory, 'state')).filter((name) => name.startsWith('commands'))
    appendFileSync(join(directory, 'state', log ?? ''), '0badc0de {"command"')
    const second = await open()
    await subscribe(second)
    await second.close()
    expect((await open()).commands.state.subscriptions.size).toBe(1)
  })
})

describe('damage to what was kept', () => {
  function damage(path: string, position: number): void {
    const bytes = readFileSync(path)
    bytes[position] = (bytes[position] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }

  it('keeps the storage from opening when it is before the end of the last file', async () => {
    const first = await openWithTopic()
    await append(first, ['aaaa', 'bbbb', 'cccc'])
    await first.close()
    const path = file('0', /\.log$/)
    damage(path, 40)
    await expect(open()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`${path} is damaged at byte 34`),
    })
  })

  it('is reported when the record is read', async () => {
    const first = await openWithTopic({ segmentBytes: 50 })
    for (const text of ['aaaa', 'bbbb', 'cccc']) await append(first, [text])
    await first.close()
    const path = file('0', /^0+\.log$/)
    damage(path, 30)
    const second = await open()
    await expect(texts(second)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`${path} is damaged at byte 0`),
    })
    expect((await second.events.read(P0, { ...ALL, from: 2 })).length).toBe(1)
  })

  it('keeps the storage from opening when it is in the state', async () => {
    const first = await openWithTopic()
    await first.close()
    const [snapshot] = readdirSync(join(directory, 'state')).filter((name) => name.startsWith('snapshot'))
    damage(join(directory, 'state', snapshot ?? ''), 30)
    await expect(open()).rejects.toMatchObject({ code: 'corrupt' })
  })
})

describe('a data directory', () => {
  it('is refused to a second storage of the same process', async () => {
    await open()
    await expect(open()).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`${process.pid}`),
    })
  })

  it('is taken over from a process that was killed', async () => {
    const other = await anotherProcess()
    writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: other.pid, startedAt: null }))
    await expect(open()).rejects.toThrow(`in use by the process ${other.pid}`)
    other.kill('SIGKILL')
    await once(other, 'exit')
    await open()
  })

  it('is taken over when the number of the process belongs to another one by now', async () => {
    writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }))
    await open()
  })

  it('is taken over when the lock was not written completely', async () => {
    writeFileSync(join(directory, 'lock'), '{"pi')
    await open()
  })

  it('can be opened again after it is closed, and after it could not be opened', async () => {
    await (await open()).close()
    writeFileSync(join(directory, 'format.json'), '{"version":2}')
    await expect(open()).rejects.toMatchObject({
      code: 'newer-format',
      message: expect.stringContaining('format 2'),
    })
    writeFileSync(join(directory, 'format.json'), '{"version":1}')
    await open()
  })

  it.each(['', '{}', '[1]'])('is refused when its format is %j', async (content) => {
    writeFileSync(join(directory, 'format.json'), content)
    await expect(open()).rejects.toMatchObject({ code: 'foreign' })
  })

  it('is refused when it holds something else', async () => {
    writeFileSync(join(directory, 'holiday.jpg'), '')
    await expect(open()).rejects.toMatchObject({
      code: 'foreign',
      message: expect.stringContaining('holiday.jpg'),
    })
  })

  async function anotherProcess(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'])
    await once(child.stdout, 'data')
    return child
  }
})

describe('a disk that fails', () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })

  it.each(['sync', 'write'] as const)(
    'takes nothing more after a failed %s, and keeps what it has',
    async (operation) => {
      let isFull = false
      const orFail =
        <Parameters extends unknown[], Result>(work: (...parameters: Parameters) => Result) =>
        (...parameters: Parameters): Result => {
          if (isFull) throw full
          return work(...parameters)
        }
      const failing =
        operation === 'sync'
          ? {
              ...nodeFileSystem,
              sync: orFail(async (descriptor: number) => await nodeFileSystem.sync(descriptor)),
            }
          : { ...nodeFileSystem, write: orFail(nodeFileSystem.write) }
      const storage = await openWithTopic({ fsync: 'group', fileSystem: failing })
      await append(storage, ['kept'])
      isFull = true
      await expect(append(storage, ['lost'])).rejects.toMatchObject({ code: 'failed', cause: full })
      isFull = false
      await expect(append(storage, ['refused'])).rejects.toMatchObject({ code: 'failed' })
      expect(await texts(storage)).toEqual(['0:kept'])
      await storage.close()
      expect((await texts(await open()))[0]).toBe('0:kept')
    },
  )

  it('takes nothing after the close', async () => {
    const storage = await openWithTopic()
    await storage.close()
    await expect(append(storage, ['late'])).rejects.toMatchObject({ code: 'closed' })
  })
})

describe('open files', () => {
  it('are no more than allowed, however many partitions there are', async () => {
    let descriptors = 0
    let most = 0
    const counting = {
      ...nodeFileSystem,
      open(...parameters: Parameters<typeof nodeFileSystem.open>) {
        descriptors += 1
        most = Math.max(most, descriptors)
        return nodeFileSystem.open(...parameters)
      },
      close(descriptor: number) {
        descriptors -= 1
        nodeFileSystem.close(descriptor)
      },
    }
    const storage = await open({ maxOpenFiles: 4, fileSystem: counting, cacheBytes: 0 })
    const partitions = Array.from({ length: 50 }, (_, n) => String(n))
    await storage.events.createTopic('t', partitions)
    for (const partition of partitions) await append(storage, ['x'], { partition })
    for (const partition of partitions)
      expect(await texts(storage, { topic: 't', partition })).toEqual(['0:x'])
    expect(most).toBeLessThan(10)
    await storage.close()
    expect(descriptors).toBe(0)
  })
})
