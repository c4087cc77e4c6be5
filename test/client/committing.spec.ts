// When processed batches are committed, and what becomes of commits that fail.

import type { CommitPolicy, ConsumerOptions, Fetch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, uncommitted, worldWithOrders } from './orders-world.ts'
import { problem, type World, whileTimePasses } from './world.ts'

/** A way to the broker that notes when commits were sent and of how many cursors. */
function noting(world: World) {
  const startedAt = world.clock.now()
  const commits: { readonly at: number; readonly cursors: number }[] = []
  const fetch: Fetch = (url, init) => {
    if (url.endsWith('/cursors')) {
      const { items } = JSON.parse(String(init.body))
      commits.push({ at: world.clock.now() - startedAt, cursors: items.length })
    }
    return world.fetch(url, init)
  }
  return { fetch, commits }
}

/** Processes all batches of ten orders each with a policy, and waits before it closes. */
async function consumeWith(commitPolicy: CommitPolicy, options: Partial<ConsumerOptions> = {}) {
  const world = await worldWithOrders(80)
  const { fetch, commits } = noting(world)
  const consumer = consumerOf(world.client({ fetch }), {
    commitPolicy,
    maxUncommittedEvents: 200,
    ...options,
  })
  let done = 0
  const run = consumer.run(async () => {
    done += 1
    await new Promise<void>((resolve) => world.clock.after(100, resolve))
  })
  while (done < 8) await world.clock.advance(100)
  await world.clock.advance(100)
  const before = commits.length
  await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
  expect(await uncommitted(world)).toBe(0)
  return { commits, before, pending: world.clock.pending }
}

describe('a commit policy', () => {
  it('commits every batch by default', async () => {
    expect((await consumeWith('every-batch')).commits).toHaveLength(8)
  })

  it('commits after so many batches, and the rest on closing', async () => {
    const { commits, before } = await consumeWith({ batches: 3 })
    expect([before, commits.length]).toEqual([2, 3])
  })

  it('commits after so many events', async () => {
    expect((await consumeWith({ events: 40 })).before).toBe(2)
  })

  it('commits after so many seconds', async () => {
    const { commits, before } = await consumeWith({ seconds: 0.5 })
    expect(commits[0]?.at).toBeGreaterThanOrEqual(500)
    expect([before, commits.length]).toEqual([1, 2])
  })

  it('commits as late as the commit timeout allows, on closing, and leaves no timer', async () => {
    expect(await consumeWith('latest')).toMatchObject({ before: 0, commits: [{ cursors: 1 }], pending: 0 })
  })

  it('never lets the commit timeout pass', async () => {
    const world = await worldWithOrders(10)
    const { fetch, commits } = noting(world)
    const consumer = consumerOf(world.client({ fetch }), { commitPolicy: 'latest', commitTimeoutSeconds: 8 })
    const run = consumer.run(() => {})
    await world.clock.advance(9000)
    expect(commits).toHaveLength(1)
    expect(commits[0]?.at).toBeLessThanOrEqual(7000)
    expect(await uncommitted(world)).toBe(0)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
  })

  it('leaves committing to the handler when it is manual', async () => {
    const world = await worldWithOrders(20)
    const consumer = consumerOf(world.client(), { commitPolicy: 'manual' })
    let calls = 0
    const run = consumer.run(async (batch) => {
      calls += 1
      if (calls === 1) expect(await batch.commit()).toEqual({ status: 'committed' })
      else void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect([calls, await uncommitted(world)]).toEqual([2, 10])
  })

  it('makes a loop go on at once when a commit is deferred', async () => {
    const world = await worldWithOrders(20)
    const consumer = consumerOf(world.client(), { commitPolicy: { batches: 2 } })
    const results: unknown[] = []
    const loop = async () => {
      for await (const batch of consumer) {
        results.push(await batch.commit())
        if (results.length === 2) break
      }
    }
    await whileTimePasses(world.clock, loop())
    expect(results).toEqual([{ status: 'deferred' }, { status: 'committed' }])
  })
})

describe('a commit that fails', () => {
  it('ends the consumer when it is refused for good, though nobody waits for it', async () => {
    const world = await worldWithOrders(10)
    const fetch: Fetch = (url, init) =>
      url.endsWith('/cursors') ? Promise.resolve(problem(403, 'no right to read')) : world.fetch(url, init)
    for (const commitPolicy of ['every-batch', { seconds: 1 }] as const) {
      const run = consumerOf(world.client({ fetch }), { commitPolicy }).run(() => {})
      await expect(whileTimePasses(world.clock, run)).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(world.clock.pending).toBe(0)
  })

  it('is asked for again within the commit timeout, even when an attempt hangs (row 2)', async () => {
    const world = await worldWithOrders(10)
    let attempts = 0
    const fetch: Fetch = (url, init) => {
      if (!url.endsWith('/cursors')) return world.fetch(url, init)
      attempts += 1
      return attempts === 1 ? new Promise(() => {}) : world.fetch(url, init)
    }
    const consumer = consumerOf(world.client({ fetch }), { commitTimeoutSeconds: 10 })
    const { value: batch } = await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    expect(await whileTimePasses(world.clock, batch?.commit() ?? Promise.resolve())).toEqual({
      status: 'committed',
    })
    expect([attempts, await uncommitted(world)]).toEqual([2, 0])
    await whileTimePasses(world.clock, consumer.close())
  })
})

describe('the progress of a consumer', () => {
  it('shows the age of the oldest commit that is due, and when the last one was confirmed', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerOf(world.client())
    expect(consumer.progress).toMatchObject({ commitAgeMs: 0, lastEventsAt: undefined, unreadBatches: 0 })
    const { value: batch } = await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    const deliveredAt = consumer.progress.lastEventsAt ?? 0
    await world.clock.advance(3000)
    expect(consumer.progress.commitAgeMs).toBe(world.clock.now() - deliveredAt)
    await batch?.commit()
    expect(consumer.progress).toMatchObject({ commitAgeMs: 0, lastCommitAt: world.clock.now() })
    await whileTimePasses(world.clock, consumer.close())
  })
})
