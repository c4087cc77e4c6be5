// Consuming with a handler: `consumer.run` and `consumer.runEach`.

import { seededRandom } from '@rioni/broker'
import type { Consumer, Fetch, HandlerFailure, RunOptions } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, type Orders, uncommitted, worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, type Order, orders, type World, whileTimePasses } from './world.ts'

const numbers = (from: number, to: number) => orders(from, to).map(({ n }) => n)

/** Runs a handler of events and closes the consumer when so many have been processed. */
async function processEach(
  world: World,
  consumer: Consumer<Orders>,
  count: number,
  {
    handle = () => {},
    ...options
  }: RunOptions<Orders> & { handle?: (n: number, attempt: number) => unknown } = {},
): Promise<number[]> {
  const seen: number[] = []
  const run = consumer.runEach(async ({ event }, context) => {
    await handle(event.n, context.attempt)
    seen.push(event.n)
    if (seen.length >= count) void consumer.close()
  }, options)
  await whileTimePasses(world.clock, run)
  return seen
}

describe('a handler of batches', () => {
  it('gets every batch in order and commits it when it has succeeded', async () => {
    const world = await worldWithOrders(25)
    const consumer = consumerOf(world.client())
    const seen: number[] = []
    const run = consumer.run(async (batch, { attempt, deadline, signal }) => {
      expect([attempt, deadline > world.clock.now(), signal.aborted]).toEqual([1, true, false])
      seen.push(...batch.events.map(({ n }) => n))
      if (seen.length === 25) void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(seen).toEqual(numbers(1, 25))
    expect(await uncommitted(world)).toBe(0)
    expect([consumer.connection, world.clock.pending]).toEqual([{ kind: 'closed', reason: 'stopped' }, 0])
  })

  it('may be one function per event type', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client())
    const seen: number[] = []
    const run = consumer.run({
      [ORDER_PLACED]: (batch) => {
        seen.push(...batch.events.map(({ n }) => n))
        void consumer.close()
      },
    })
    await whileTimePasses(world.clock, run)
    expect(seen).toEqual(numbers(1, 10))
  })

  it('is refused when an event type has none', async () => {
    const world = await worldWithOrders(1)
    const handlers = {} as { [ORDER_PLACED]: () => void }
    await expect(consumerOf(world.client()).run(handlers)).rejects.toThrow(
      /there is no handler for events of order\.order-placed/,
    )
  })

  it('never works on two batches of a partition at once, but on several partitions (row 1)', async () => {
    const world = await worldWithOrders(80, 4)
    const consumer = consumerOf(world.client(), { batchLimit: 5 })
    const working = new Map<string, number>()
    let [most, seen] = [0, 0]
    const run = consumer.run(async (batch) => {
      working.set(batch.partition, (working.get(batch.partition) ?? 0) + 1)
      expect(working.get(batch.partition)).toBe(1)
      most = Math.max(most, working.size)
      await new Promise<void>((resolve) => world.clock.after(50, resolve))
      working.delete(batch.partition)
      seen += batch.events.length
      if (seen === 80) void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(most).toBeGreaterThan(1)
    expect(await uncommitted(world)).toBe(0)
  })

  it('works on no more batches at once than concurrency', async () => {
    const world = await worldWithOrders(40, 4)
    const consumer = consumerOf(world.client(), { batchLimit: 5 })
    let [working, most, seen] = [0, 0, 0]
    const handle = async (batch: { readonly events: readonly Order[] }) => {
      working += 1
      most = Math.max(most, working)
      await new Promise<void>((resolve) => world.clock.after(50, resolve))
      working -= 1
      seen += batch.events.length
      if (seen === 40) void consumer.close()
    }
    await whileTimePasses(world.clock, consumer.run(handle, { concurrency: 1 }))
    expect(most).toBe(1)
  })
})

describe('parallelism per key inside a partition (row 1)', () => {
  it('keeps the order per key and commits only the contiguous prefix', async () => {
    const world = await worldWithOrders(30)
    const consumer = consumerOf(world.client())
    const byKey = new Map<string, number[]>()
    let release = () => {}
    const blocked = new Promise<void>((resolve) => {
      release = resolve
    })
    let done = 0
    const key = ({ n }: Order) => String(n % 3)
    const run = consumer.run(
      async (batch) => {
        const own = key(batch.events[0] ?? { n: 0 })
        if (own === '0') await blocked
        byKey.set(own, [...(byKey.get(own) ?? []), ...batch.events.map(({ n }) => n)])
        done += batch.events.length
        if (done === 30) void consumer.close()
      },
      { key },
    )
    while (done < 20) await world.clock.advance(100)
    expect(await uncommitted(world)).toBe(30)
    release()
    await whileTimePasses(world.clock, run)
    for (const [own, seen] of byKey) {
      expect(seen).toEqual(numbers(1, 30).filter((n) => key({ n }) === own))
    }
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('a batch of which one key fails', () => {
  it('is not committed, although its other keys succeed, and later (row 1)', async () => {
    const world = await worldWithOrders(10)
    const run = consumerOf(world.client()).run(
      async (batch) => {
        if (batch.events.some(({ n }) => n === 1)) throw new Error('poison')
        await new Promise<void>((resolve) => world.clock.after(500, resolve))
      },
      { key: ({ n }) => String(n), retry: { maxAttempts: 1 } },
    )
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow('poison')
    expect(await uncommitted(world)).toBe(10)
  })
})

describe('a handler that fails', () => {
  it('is called again with the same event, with the attempt that it is', async () => {
    const world = await worldWithOrders(10)
    const attempts: number[] = []
    const seen = await processEach(world, consumerOf(world.client()), 10, {
      handle: (n, attempt) => {
        if (n !== 4) return
        attempts.push(attempt)
        if (attempt < 3) throw new Error('not yet')
      },
    })
    expect([attempts, seen]).toEqual([[1, 2, 3], numbers(1, 10)])
    expect(await uncommitted(world)).toBe(0)
  })

  it('stops the consumer by default: what was before is committed, nothing is skipped (row 4)', async () => {
    const world = await worldWithOrders(30)
    const consumer = consumerOf(world.client())
    const run = consumer.run((batch) => {
      if (batch.events.some(({ n }) => n === 15)) throw new Error('poison')
    })
    await expect(whileTimePasses(world.clock, run)).rejects.toMatchObject({
      code: 'handler-failed',
      attempts: 5,
      message: expect.stringMatching(/order\.order-placed.*partition 0: poison\. They are not committed/),
      cause: new Error('poison'),
    })
    expect(await uncommitted(world)).toBe(20)
    expect(world.clock.pending).toBe(0)
  })

  it('lets the other partitions finish what they have (row 1)', async () => {
    const world = await worldWithOrders(40, 2)
    const consumer = consumerOf(world.client(), { batchLimit: 5 })
    const done = new Map<string, number>()
    let poisoned: string | undefined
    const run = consumer.run(
      async (batch) => {
        poisoned ??= batch.partition
        if (batch.partition === poisoned) throw new Error('poison')
        await new Promise<void>((resolve) => world.clock.after(100, resolve))
        done.set(batch.partition, (done.get(batch.partition) ?? 0) + batch.events.length)
      },
      { retry: { maxAttempts: 2 } },
    )
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow('poison')
    const [finished = 0] = done.values()
    expect(finished).toBeGreaterThan(5)
    expect(await uncommitted(world)).toBe(40 - finished)
  })

  it('passes an event over only when the policy says skip', async () => {
    const world = await worldWithOrders(10)
    const failures: (readonly [number, string])[] = []
    const seen = await processEach(world, consumerOf(world.client()), 9, {
      handle: (n) => {
        if (n === 4) throw new Error('poison')
      },
      onFailure: 'skip',
      retry: { maxAttempts: 2 },
      onHandlerError: ({ attempts }, { kind }) => failures.push([attempts, kind]),
    })
    expect(seen).toEqual(numbers(1, 10).filter((n) => n !== 4))
    expect(failures).toEqual([
      [1, 'retry'],
      [2, 'skip'],
    ])
    expect(await uncommitted(world)).toBe(0)
  })

  it('hands an event to the dead letters, and waits until they have it (row 9)', async () => {
    const world = await worldWithOrders(10)
    const letters: HandlerFailure[] = []
    let refusals = 2
    const seen = await processEach(world, consumerOf(world.client()), 9, {
      handle: (n) => {
        if (n === 4) throw new Error('poison')
      },
      onFailure: 'dead-letter',
      deadLetter: async (failure) => {
        if (refusals-- > 0) throw new Error('the queue is full')
        letters.push(failure)
      },
    })
    expect(seen).toHaveLength(9)
    expect(letters).toMatchObject([{ eventType: ORDER_PLACED, attempts: 5, events: [{ n: 4 }] }])
    expect(await uncommitted(world)).toBe(0)
  })

  it('stops when the dead letters do not take an event', async () => {
    const world = await worldWithOrders(10)
    const run = processEach(world, consumerOf(world.client()), 10, {
      handle: (n) => {
        if (n === 4) throw new Error('poison')
      },
      onFailure: 'dead-letter',
      deadLetter: () => Promise.reject(new Error('the queue is full')),
    })
    await expect(run).rejects.toThrow(/the dead letters did not take them.*the queue is full/)
    expect(await uncommitted(world)).toBe(10)
  })

  it('keeps its count over reconnects, because the same events come again (row 3)', async () => {
    const world = await worldWithOrders(10)
    const attempts: number[] = []
    const seen = await processEach(world, consumerOf(world.client(), { commitTimeoutSeconds: 2 }), 9, {
      handle: (n, attempt) => {
        if (n !== 4) return
        attempts.push(attempt)
        throw new Error('poison')
      },
      onFailure: 'skip',
      retry: { maxAttempts: 4, baseDelayMs: 3000 },
    })
    expect(attempts).toEqual([1, 2, 3, 4])
    expect(new Set(seen)).toEqual(new Set(numbers(1, 10).filter((n) => n !== 4)))
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('a run on a bad day', () => {
  /** Breaks every second stream off somewhere. */
  function cutting(world: World, random: () => number): Fetch {
    let streams = 0
    return async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.includes('/events?')) return response
      streams += 1
      return streams % 2 === 0
        ? response
        : new Response(response.body?.pipeThrough(cutAfter(1 + random() * 9000)), response)
    }
  }

  for (const seed of [1, 2, 3, 4, 5]) {
    it(`loses nothing and keeps the order per key: seed ${seed} (rows 1 and 25)`, async () => {
      const world = await worldWithOrders(120, 3)
      const dice = seededRandom(seed)
      const random = () => dice.below(1000) / 1000
      const consumer = consumerOf(world.client({ fetch: cutting(world, random) }), {
        commitTimeoutSeconds: 5,
        commitPolicy: seed % 2 === 0 ? { batches: 3, seconds: 1 } : 'every-batch',
      })
      const key = ({ n }: Order) => String(n % 5)
      const seen = new Map<string, number[]>()
      const run = consumer.runEach(
        async ({ event, partition }) => {
          await new Promise<void>((resolve) => world.clock.after(1 + random() * 50, resolve))
          if (random() < 0.1) throw new Error('bad luck')
          const place = `${partition} ${key(event)}`
          seen.set(place, [...(seen.get(place) ?? []), event.n])
        },
        { key, retry: { maxAttempts: 99, baseDelayMs: 20 }, concurrency: 4 },
      )
      while (seen.size === 0 || (await uncommitted(world)) > 0) await world.clock.advance(500)
      await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
      expect([...seen.values()].flatMap((all) => [...new Set(all)]).toSorted((a, b) => a - b)).toEqual(
        numbers(1, 120),
      )
      // Repetitions go back to where a stream began; what comes for the first time comes in order.
      for (const all of seen.values()) {
        const first = [...new Set(all)]
        expect(first).toEqual(first.toSorted((a, b) => a - b))
      }
      expect(world.clock.pending).toBe(0)
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

describe('a handler that takes too long', () => {
  it('hears of the deadline by its signal, and the events come again', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client(), { commitTimeoutSeconds: 2 })
    const aborted: number[] = []
    let calls = 0
    const run = consumer.run(async (_, { signal }) => {
      calls += 1
      if (calls > 1) return void consumer.close()
      const startedAt = world.clock.now()
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      aborted.push(world.clock.now() - startedAt)
      throw signal.reason
    })
    await whileTimePasses(world.clock, run)
    expect([aborted, calls]).toEqual([[2000], 2])
    expect(await uncommitted(world)).toBe(0)
  })
})

describe('closing a consumer that runs a handler', () => {
  it('finishes and commits what has begun, and begins nothing more (row 13)', async () => {
    const world = await worldWithOrders(30)
    const consumer = consumerOf(world.client())
    let calls = 0
    const run = consumer.run(async () => {
      calls += 1
      await new Promise<void>((resolve) => world.clock.after(1000, resolve))
    })
    while (calls === 0) await world.clock.advance(100)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect([calls, await uncommitted(world), world.clock.pending]).toEqual([1, 20, 0])
  })

  it('gives a handler up after closeTimeoutMs, and tells it', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client(), { closeTimeoutMs: 3000 })
    let signal: AbortSignal | undefined
    const run = consumer.run(async (_, context) => {
      signal = context.signal
      await new Promise(() => {})
    })
    while (signal === undefined) await world.clock.advance(100)
    const startedAt = world.clock.now()
    const closed = consumer.close()
    await whileTimePasses(world.clock, Promise.all([closed, run]))
    expect(world.clock.now() - startedAt).toBeLessThanOrEqual(3100)
    expect(signal.aborted).toBe(true)
    expect(await uncommitted(world)).toBe(10)
  })
})
