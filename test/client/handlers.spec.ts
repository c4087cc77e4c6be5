// What handlers may do that is not polite: throw odd things, answer with what is no promise, have keys that fail.

import type { ConsumerOptions, RunOptions } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, type Orders, uncommitted, worldWithOrders } from './orders-world.ts'
import { type Order, orders, whileTimePasses } from './world.ts'

const numbers = (from: number, to: number) => orders(from, to).map(({ n }) => n)
const once = { retry: { maxAttempts: 1 } } as const

describe('a function key that throws', () => {
  const odd = ({ n }: Order) => {
    if (n === 3) throw new Error('no key')
    return String(n % 2)
  }

  it('fails its event alone: no handler gets it, and its batch is not committed (row 1)', async () => {
    const world = await worldWithOrders(10)
    const seen: number[] = []
    const run = consumerOf(world.client()).run(
      (batch) => {
        seen.push(...batch.events.map(({ n }) => n))
      },
      { key: odd, ...once },
    )
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow(/the handler failed.*no key/)
    expect(seen).not.toContain(3)
    expect(await uncommitted(world)).toBe(10)
  })

  it('is a failure that the policy decides about', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client())
    const [seen, given]: [number[], unknown[]] = [[], []]
    const run = consumer.runEach(({ event }) => void seen.push(event.n), {
      key: odd,
      ...once,
      onFailure: 'dead-letter',
      deadLetter: ({ events }) => void given.push(...events),
    })
    while (seen.length < 9) await world.clock.advance(100)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect(given).toMatchObject([{ n: 3 }])
    expect(await uncommitted(world)).toBe(0)
  })

  it('fails as well when it returns no string', async () => {
    const world = await worldWithOrders(1)
    const options = { key: () => undefined, ...once } as unknown as RunOptions<Orders>
    const run = consumerOf(world.client()).run(() => {}, options)
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow(/key must return a string, not undefined/)
  })
})

describe('a handler that commits by itself', () => {
  const manual: Partial<ConsumerOptions> = { commitPolicy: 'manual' }

  it('does not commit other keys of its batch along, which may fail (row 1)', async () => {
    const world = await worldWithOrders(10)
    const statuses: string[] = []
    const run = consumerOf(world.client(), manual).run(
      async (batch) => {
        if (batch.events.some(({ n }) => n === 2)) {
          await new Promise<void>((resolve) => world.clock.after(500, resolve))
          throw new Error('poison')
        }
        statuses.push((await batch.commit()).status, (await batch.commit()).status)
      },
      { key: ({ n }) => String(n % 2), ...once },
    )
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow('poison')
    expect([statuses, await uncommitted(world)]).toEqual([['held', 'held'], 10])
  })

  it('commits a batch when all of its keys have asked for it', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client(), manual)
    const statuses: string[] = []
    const run = consumer.run(
      async (batch) => {
        statuses.push((await batch.commit()).status)
      },
      { key: ({ n }) => String(n % 3) },
    )
    while (statuses.length < 3) await world.clock.advance(100)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect([statuses, await uncommitted(world)]).toEqual([['held', 'held', 'committed'], 0])
  })

  it('need not report what the policy has passed over', async () => {
    const world = await worldWithOrders(30)
    const consumer = consumerOf(world.client(), manual)
    let calls = 0
    const run = consumer.run(
      async (batch) => {
        calls += 1
        if (calls === 1) throw new Error('poison')
        await batch.commit()
      },
      { ...once, onFailure: 'skip' },
    )
    while (calls < 3) await world.clock.advance(100)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect([calls, await uncommitted(world)]).toEqual([3, 0])
  })

  it('is one of batches: runEach has none to commit, and says so', async () => {
    const world = await worldWithOrders(1)
    await expect(consumerOf(world.client(), manual).runEach(() => {})).rejects.toThrow(
      /'manual' goes with run/,
    )
  })
})

describe('a handler of events that answers with something like a promise', () => {
  it('is waited for, like the query of a database library that begins with then (row 1)', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client())
    const done: number[] = []
    const run = consumer.runEach(({ event }) => {
      return {
        // biome-ignore lint/suspicious/noThenProperty: that is what such libraries do.
        then: (resolve: () => void) =>
          world.clock.after(20, () => {
            done.push(event.n)
            resolve()
          }),
      }
    })
    while (done.length < 9) await world.clock.advance(10)
    expect(await uncommitted(world)).toBe(10)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect([done, await uncommitted(world)]).toEqual([numbers(1, 10), 0])
  })
})

describe('a handler that throws', () => {
  for (const thrown of [undefined, null, 0, '', 'text']) {
    it(`${JSON.stringify(thrown) ?? 'undefined'} has failed as with an error (row 1)`, async () => {
      const world = await worldWithOrders(10)
      const run = consumerOf(world.client()).runEach(() => {
        throw thrown
      }, once)
      await expect(whileTimePasses(world.clock, run)).rejects.toMatchObject({ code: 'handler-failed' })
      expect(await uncommitted(world)).toBe(10)
    })
  }

  it('stops the consumer when onHandlerError throws, and nothing is passed over', async () => {
    const world = await worldWithOrders(10)
    const run = consumerOf(world.client()).runEach(() => Promise.reject(new Error('poison')), {
      ...once,
      onFailure: 'skip',
      onHandlerError: () => {
        throw new Error('the pager is broken')
      },
    })
    await expect(whileTimePasses(world.clock, run)).rejects.toMatchObject({
      code: 'handler-failed',
      message: expect.stringMatching(/onHandlerError failed.*the pager is broken/),
    })
    expect(await uncommitted(world)).toBe(10)
  })
})

describe('the options of a run', () => {
  const table: readonly (readonly [object, RegExp])[] = [
    [{ key: 'n' }, /key must be a function, not string/],
    [{ onHandlerError: 3 }, /onHandlerError must be a function, not number/],
    [{ onFailure: 'dead-letter', deadLetter: {} }, /deadLetter must be a function, not object/],
    [{ concurrency: 1.5 }, /concurrency must be a whole number, at least 1, not 1\.5/],
    [{ concurrency: '2' }, /concurrency must be a number, at least 1, not "2"/],
    [{ retry: { maxAttempts: Number.NaN } }, /retry\.maxAttempts must be at least 1, not NaN/],
    [{ retry: { baseDelayMs: 20_000 } }, /retry\.maxDelayMs must be at least 20000.*retry\.baseDelayMs/],
    [{ onFailure: 'ignore' }, /onFailure must be one of stop, skip, dead-letter, redeliver/],
  ]
  for (const [options, want] of table) {
    it(`that cannot work are named: ${want.source}`, async () => {
      const world = await worldWithOrders(1)
      await expect(consumerOf(world.client()).run(() => {}, options)).rejects.toThrow(want)
    })
  }
})
