import { type Batch, type Consumer, createConsumer, type Fetch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, type Orders, uncommitted, worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, orders, problem, type World, whileTimePasses } from './world.ts'

/** What to do with a batch; `done` ends the loop. */
type Work = (batch: Batch<Orders>) => Promise<'done' | undefined>

/** Runs a consumer until its work is done, while time passes. */
async function consume({ clock }: World, consumer: Consumer<Orders>, work: Work): Promise<void> {
  const loop = async () => {
    for await (const batch of consumer) if ((await work(batch)) === 'done') break
  }
  await whileTimePasses(clock, loop())
}

/** Collects and commits until so many orders have come. */
async function collect(world: World, consumer: Consumer<Orders>, count: number): Promise<number[]> {
  const seen: number[] = []
  await consume(world, consumer, async (batch) => {
    seen.push(...batch.events.map(({ n }) => n))
    await batch.commit()
    return seen.length >= count ? 'done' : undefined
  })
  return seen
}

/** The next batch that a consumer gets while time passes. */
async function nextBatch(world: World, batches: AsyncIterator<Batch<Orders>>): Promise<Batch<Orders>> {
  const { value, done } = await whileTimePasses(world.clock, batches.next())
  if (done) throw new Error('the consumer has ended')
  return value
}

describe('consuming', () => {
  it('delivers the events of a partition in order, in batches of batchLimit', async () => {
    const world = await worldWithOrders(25)
    const sizes: number[] = []
    const seen: number[] = []
    await consume(world, consumerOf(world.client()), async (batch) => {
      sizes.push(batch.events.length)
      seen.push(...batch.events.map(({ n }) => n))
      expect(batch).toMatchObject({ eventType: ORDER_PLACED, partition: '0' })
      expect(await batch.commit()).toEqual({ status: 'committed' })
      return seen.length === 25 ? 'done' : undefined
    })
    expect(sizes).toEqual([10, 10, 5])
    expect(seen).toEqual(orders(1, 25).map(({ n }) => n))
  })

  it('goes on after what was committed', async () => {
    const world = await worldWithOrders(20)
    expect(await collect(world, consumerOf(world.client()), 10)).toEqual(orders(1, 10).map(({ n }) => n))
    expect(await collect(world, consumerOf(world.client()), 10)).toEqual(orders(11, 20).map(({ n }) => n))
  })

  it('hands out the line as the broker sent it (row 15)', async () => {
    const world = await worldWithOrders(1)
    await consume(world, consumerOf(world.client()), async (batch) => {
      const { cursor, events } = JSON.parse(new TextDecoder().decode(batch.raw))
      expect(cursor).toEqual(batch.cursor)
      expect(events).toEqual(batch.events)
      return 'done'
    })
  })

  it('shares the partitions with the other consumers of the subscription', async () => {
    const world = await worldWithOrders(40, 4)
    const partitions = [new Set<string>(), new Set<string>()]
    const consumers = partitions.map((own) => {
      const consumer = consumerOf(world.client(), { batchLimit: 1, maxUncommittedEvents: 1 })
      return consume(world, consumer, async (batch) => {
        await world.clock.advance(10)
        own.add(batch.partition)
        await batch.commit()
        return (await uncommitted(world)) === 0 ? 'done' : undefined
      })
    })
    await Promise.race(consumers)
    expect(new Set([...(partitions[0] ?? []), ...(partitions[1] ?? [])]).size).toBe(4)
    expect(partitions.every((own) => own.size >= 2)).toBe(true)
  })

  it('ends by itself after streamLimit committed events', async () => {
    const world = await worldWithOrders(20)
    const consumer = consumerOf(world.client(), { streamLimit: 10 })
    expect(await collect(world, consumer, 99)).toEqual(orders(1, 10).map(({ n }) => n))
    expect(consumer.connection).toEqual({ kind: 'closed', reason: 'finished' })
  })
})

describe('committing', () => {
  it('leaves a batch uncommitted that was not committed, and everything after it in its partition', async () => {
    const world = await worldWithOrders(30)
    const results: unknown[] = []
    await consume(world, consumerOf(world.client()), async (batch) => {
      const first = batch.events[0]?.n
      if (first === 11) return undefined
      results.push(await batch.commit())
      return first === 21 ? 'done' : undefined
    })
    expect(results).toEqual([{ status: 'committed' }, { status: 'held' }])
    expect(await uncommitted(world)).toBe(20)
    expect((await collect(world, consumerOf(world.client()), 10))[0]).toBe(11)
  })

  it('commits a held batch together with the one it waited for', async () => {
    const world = await worldWithOrders(20)
    const batches = consumerOf(world.client())[Symbol.asyncIterator]()
    const [first, second] = [await nextBatch(world, batches), await nextBatch(world, batches)]
    expect(await second.commit()).toEqual({ status: 'held' })
    expect(await first.commit()).toEqual({ status: 'committed' })
    expect(await uncommitted(world)).toBe(0)
  })

  it('sends several partitions in one request, and each partition alone when the broker refuses them together (row 2)', async () => {
    const world = await worldWithOrders(40, 2)
    const commits: number[] = []
    const fetch: Fetch = async (url, init) => {
      if (!url.endsWith('/cursors')) return world.fetch(url, init)
      const { items } = JSON.parse(String(init.body))
      commits.push(items.length)
      // Two partitions in one commit: as if one of them had gone to another stream.
      return items.length > 1 ? problem(422, 'cannot be committed') : world.fetch(url, init)
    }
    const batches = consumerOf(world.client({ fetch }))[Symbol.asyncIterator]()
    const seen: Batch<Orders>[] = []
    while (new Set(seen.map(({ partition }) => partition)).size < 2)
      seen.push(await nextBatch(world, batches))
    const results = await whileTimePasses(world.clock, Promise.all(seen.map((batch) => batch.commit())))
    expect(results.every(({ status }) => status === 'committed')).toBe(true)
    expect(commits).toContain(2)
  })

  it('does not fail when the partition has gone to another stream, but says so (row 2)', async () => {
    const world = await worldWithOrders(10)
    const fetch: Fetch = (url, init) =>
      url.endsWith('/cursors')
        ? Promise.resolve(problem(422, 'Session with stream id x not found'))
        : world.fetch(url, init)
    await consume(world, consumerOf(world.client({ fetch })), async (batch) => {
      expect(await batch.commit()).toEqual({ status: 'lost' })
      return 'done'
    })
  })

  it('tries a commit again that got no answer, with the next one', async () => {
    const world = await worldWithOrders(20)
    let broken = true
    const fetch: Fetch = (url, init) =>
      broken && url.endsWith('/cursors') ? Promise.reject(new Error('gone')) : world.fetch(url, init)
    const batches = consumerOf(world.client({ fetch }))[Symbol.asyncIterator]()
    const [first, second] = [await nextBatch(world, batches), await nextBatch(world, batches)]
    const result = await whileTimePasses(world.clock, first.commit())
    expect(result).toMatchObject({ status: 'unconfirmed', error: { code: 'connection-lost', attempts: 3 } })
    broken = false
    expect(await second.commit()).toEqual({ status: 'committed' })
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('a commit that got no answer', () => {
  it('goes out again with the next commit of another partition', async () => {
    const world = await worldWithOrders(40, 2)
    let broken = true
    const fetch: Fetch = (url, init) =>
      broken && url.endsWith('/cursors') ? Promise.reject(new Error('gone')) : world.fetch(url, init)
    const batches = consumerOf(world.client({ fetch }), { batchLimit: 40 })[Symbol.asyncIterator]()
    const [first, second] = [await nextBatch(world, batches), await nextBatch(world, batches)]
    expect(first.partition).not.toBe(second.partition)
    expect(await whileTimePasses(world.clock, first.commit())).toMatchObject({ status: 'unconfirmed' })
    broken = false
    await second.commit()
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('a connection that is lost', () => {
  /** Breaks the first stream after so many bytes, in the middle of a line. */
  function cutting(world: World, bytes: number): { readonly fetch: Fetch; readonly streams: () => number } {
    let streams = 0
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?')) return response
      streams += 1
      return streams > 1 ? response : new Response(cutAfter(response.body, bytes), response)
    }
    return { fetch, streams: () => streams }
  }

  function cutAfter(body: ReadableStream<Uint8Array> | null, bytes: number): ReadableStream<Uint8Array> {
    let left = bytes
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk.subarray(0, left))
        left -= chunk.length
        if (left <= 0) controller.error(new Error('other side closed'))
      },
    })
    if (body === null) throw new Error('a stream has a body')
    return body.pipeThrough(cut)
  }

  it('is opened again, and what was cut off is delivered again as a whole', async () => {
    const world = await worldWithOrders(30)
    const { fetch, streams } = cutting(world, 3000)
    const seen = await collect(world, consumerOf(world.client({ fetch })), 30)
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(orders(1, 30).map(({ n }) => n))
    expect(streams()).toBeGreaterThan(1)
    expect(await uncommitted(world)).toBe(0)
  })

  it('loses nothing, wherever it was cut', async () => {
    for (const bytes of [1, 200, 2500, 3001, 5000]) {
      const world = await worldWithOrders(20)
      const seen = await collect(world, consumerOf(world.client({ fetch: cutting(world, bytes).fetch })), 20)
      expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(orders(1, 20).map(({ n }) => n))
    }
  })

  it('does not deliver twice what the loop had not taken from it', async () => {
    const world = await worldWithOrders(30)
    const startedAt = world.clock.now()
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?') || world.clock.now() > startedAt) return response
      return new Response(response.body?.pipeThrough(endAfterLines(3)) ?? null, response)
    }
    const consumer = consumerOf(world.client({ fetch }), { commitTimeoutSeconds: 5 })
    const batches = consumer[Symbol.asyncIterator]()
    const first = await nextBatch(world, batches)
    expect(await first.commit()).toEqual({ status: 'committed' })
    expect(consumer.connection.kind).toBe('backingOff')
    while (consumer.connection.kind !== 'streaming') await world.clock.advance(100)
    const [second, third] = [await nextBatch(world, batches), await nextBatch(world, batches)]
    const seen = [...second.events, ...third.events].map(({ n }) => n)
    expect(seen).toEqual(orders(11, 30).map(({ n }) => n))
    expect(await third.commit()).toEqual({ status: 'held' })
    expect(await second.commit()).toEqual({ status: 'committed' })
  })

  /** Ends a stream, as if the broker had, after so many lines. */
  function endAfterLines(lines: number): TransformStream<Uint8Array, Uint8Array> {
    let left = lines
    return new TransformStream({
      transform(chunk, controller) {
        controller.enqueue(chunk)
        left -= chunk.filter((byte) => byte === 10).length
        if (left <= 0) controller.terminate()
      },
    })
  }

  it('is opened again when the broker sends nothing any more', async () => {
    const world = await worldWithOrders(10)
    let streams = 0
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?')) return response
      streams += 1
      return streams > 1 ? response : new Response(new ReadableStream(), response)
    }
    const consumer = consumerOf(world.client({ fetch }), { commitTimeoutSeconds: 1 })
    expect(await collect(world, consumer, 10)).toHaveLength(10)
    expect(streams).toBeGreaterThan(1)
  })

  it('shows what happened while it waits', async () => {
    const world = await worldWithOrders(10)
    const fetch: Fetch = (url, init) =>
      url.includes('/events?')
        ? Promise.resolve(problem(503, 'Failed to continue streaming'))
        : world.fetch(url, init)
    const consumer = consumerOf(world.client({ fetch }))
    const next = consumer[Symbol.asyncIterator]().next()
    await world.clock.advance(0)
    expect(consumer.connection).toMatchObject({
      kind: 'backingOff',
      failures: 1,
      cause: { code: 'unavailable' },
    })
    await consumer.close()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  it('waits for a slot when all partitions are taken, and takes over when one is free', async () => {
    const world = await worldWithOrders(10)
    const first = consumerOf(world.client())
    const batches = first[Symbol.asyncIterator]()
    await nextBatch(world, batches)
    const second = consumerOf(world.client())
    const taken = second[Symbol.asyncIterator]().next()
    await world.clock.advance(100)
    expect(second.connection).toMatchObject({
      kind: 'backingOff',
      failures: 0,
      cause: { code: 'no-free-slots' },
    })
    await batches.return?.()
    expect(await whileTimePasses(world.clock, taken)).toMatchObject({ value: { partition: '0' } })
    await whileTimePasses(world.clock, second.close())
  })
})

describe('a loop that cannot go on', () => {
  it('throws when the subscription is deleted (row 6)', async () => {
    const world = await worldWithOrders(10)
    const { subscriptions } = world.client()
    const { id } = await subscriptions.createOrGet({
      owning_application: 'billing',
      event_types: [ORDER_PLACED],
    })
    await subscriptions.delete(id)
    const consumer = createConsumer<Orders>(world.client(), [ORDER_PLACED], { subscriptionId: id })
    await expect(consume(world, consumer, async () => 'done')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('throws when the subscription delivers event types that the consumer does not know', async () => {
    const world = await worldWithOrders(1)
    const { id } = await world
      .client()
      .subscriptions.createOrGet({ owning_application: 'billing', event_types: [ORDER_PLACED] })
    const consumer = createConsumer(world.client(), ['other.type'], { subscriptionId: id })
    await expect(consumer[Symbol.asyncIterator]().next()).rejects.toThrow(/also delivers order\.order-placed/)
  })

  it('throws when a batch is larger than maxLineBytes, and says which option to change', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client(), { maxLineBytes: 1000 })
    await expect(consume(world, consumer, async () => 'done')).rejects.toThrow(
      '[protocol] The stream cannot be read: a batch is longer than 1000 bytes; raise maxLineBytes, or lower batchLimit.',
    )
  })

  it('throws when the broker cannot be reached at the very start', async () => {
    const world = await worldWithOrders(1)
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    const consumer = consumerOf(world.client({ fetch: () => Promise.reject(refused) }))
    await expect(consume(world, consumer, async () => 'done')).rejects.toMatchObject({ code: 'unreachable' })
    expect(world.clock.pending).toBe(0)
  })
})

describe('back-pressure', () => {
  it('stops reading the connection while maxUnreadBatches wait for the loop', async () => {
    const world = await worldWithOrders(100)
    let pulled = 0
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?')) return response
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          pulled += 1
          controller.enqueue(chunk)
        },
      })
      return new Response(response.body?.pipeThrough(count) ?? null, response)
    }
    const options = { batchLimit: 1, maxUncommittedEvents: 100, maxUnreadBatches: 2 }
    const consumer = consumerOf(world.client({ fetch }), options)
    await nextBatch(world, consumer[Symbol.asyncIterator]())
    await world.clock.advance(5000)
    expect(pulled).toBeLessThan(10)
    expect(consumer.connection).toMatchObject({ kind: 'streaming', paused: true })
    await whileTimePasses(world.clock, consumer.close())
  })
})
