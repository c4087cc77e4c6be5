// Reading low-level streams, whose positions the reader keeps.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CursorReader,
  type CursorReaderOptions,
  createCursorReader,
  createFileCursorStore,
  createMemoryCursorStore,
  createProducer,
  type Fetch,
} from '@rioni/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, type Order, orders, type World, whileTimePasses } from './world.ts'

const numbers = (from: number, to: number) => orders(from, to).map(({ n }) => n)

function readerIn(world: World, options: CursorReaderOptions = {}, fetch: Fetch = world.fetch) {
  return createCursorReader<Order>(world.client({ fetch }), ORDER_PLACED, {
    from: 'begin',
    batchLimit: 10,
    ...options,
  })
}

/** Reads, and saves unless told otherwise, until so many orders have come. */
async function read(
  { clock }: World,
  reader: CursorReader<Order>,
  count: number,
  isSaving = true,
): Promise<number[]> {
  const seen: number[] = []
  const loop = async () => {
    for await (const batch of reader) {
      seen.push(...batch.events.map(({ n }) => n))
      if (isSaving) await batch.save()
      if (seen.length >= count) break
    }
  }
  await whileTimePasses(clock, loop())
  return seen
}

describe('a reader of a low-level stream', () => {
  it('reads from the beginning, in order, and leaves nothing behind', async () => {
    const world = await worldWithOrders(25)
    const reader = readerIn(world)
    expect(await read(world, reader, 25)).toEqual(numbers(1, 25))
    expect([reader.connection, world.clock.pending]).toEqual([{ kind: 'closed', reason: 'stopped' }, 0])
  })

  it('reads from the end what comes after its start', async () => {
    const world = await worldWithOrders(10)
    const reader = readerIn(world, { from: 'end' })
    const seen = read(world, reader, 5)
    while (reader.connection.kind !== 'streaming') await world.clock.advance(10)
    await createProducer<Order>(world.client(), ORDER_PLACED, { lingerMs: 0 }).publish(orders(11, 15))
    expect(await seen).toEqual(numbers(11, 15))
  })

  it('reads exactly the partitions that it is given, from there', async () => {
    const world = await worldWithOrders(40, 4)
    const [first] = await world.client().partitions.list(ORDER_PLACED)
    const reader = readerIn(world, { from: [{ partition: first?.partition ?? '', offset: 'BEGIN' }] })
    const { value } = await whileTimePasses(world.clock, reader[Symbol.asyncIterator]().next())
    expect(value).toMatchObject({ eventType: ORDER_PLACED, partition: first?.partition })
    await reader.close()
  })

  it('goes on after what was saved, and not after what was only read', async () => {
    const world = await worldWithOrders(30)
    const store = createMemoryCursorStore()
    await read(world, readerIn(world, { store }), 10)
    await read(world, readerIn(world, { store }), 10, false)
    expect(await read(world, readerIn(world, { store }), 20)).toEqual(numbers(11, 30))
  })

  it('goes on after what its loop has taken when the connection breaks', async () => {
    const world = await worldWithOrders(30)
    let streams = 0
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?')) return response
      streams += 1
      return streams > 2 ? response : new Response(response.body?.pipeThrough(cutAfter(3000)), response)
    }
    expect(await read(world, readerIn(world, {}, fetch), 30)).toEqual(numbers(1, 30))
    expect(streams).toBeGreaterThan(2)
  })

  it('fails when there is no such event type, and when its position cannot be read', async () => {
    const world = await worldWithOrders(5)
    const stranger = createCursorReader(world.client(), 'order.unknown')
    await expect(stranger[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'not-found' })
    const lost = readerIn(world, { from: [{ partition: '0', offset: '001-0001-000000000000009999' }] })
    await expect(whileTimePasses(world.clock, lost[Symbol.asyncIterator]().next())).rejects.toMatchObject({
      code: 'invalid-cursor',
    })
  })

  it('ends on its signal, and has one loop', async () => {
    const world = await worldWithOrders(0)
    const controller = new AbortController()
    const reader = readerIn(world, { signal: controller.signal })
    const next = reader[Symbol.asyncIterator]().next()
    await world.clock.advance(1000)
    controller.abort()
    expect(await whileTimePasses(world.clock, next)).toEqual({ done: true, value: undefined })
    expect(() => reader[Symbol.asyncIterator]()).toThrow(/one loop/)
  })
})

describe('a cursor store in a file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-cursors-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('outlives its process, and makes its folder', async () => {
    const path = join(folder, 'positions/orders.json')
    const store = createFileCursorStore(path)
    expect(await store.load('a')).toEqual([])
    await Promise.all(['0', '1'].map((partition) => store.save('a', { partition, offset: `${partition}5` })))
    expect(await createFileCursorStore(path).load('a')).toEqual([
      { partition: '0', offset: '05' },
      { partition: '1', offset: '15' },
    ])
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ a: { 0: '05', 1: '15' } })
  })

  for (const given of ['', '[]', '{"a":1}', '{"a":{"0":1}}']) {
    it(`does not take ${JSON.stringify(given)} for positions`, async () => {
      const path = join(folder, 'positions.json')
      await writeFile(path, given)
      await expect(createFileCursorStore(path).load('a')).rejects.toThrow(/holds no positions/)
    })
  }
})

/** Breaks a stream off after so many bytes. */
function cutAfter(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = bytes
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) controller.error(new Error('other side closed'))
    },
  })
}
