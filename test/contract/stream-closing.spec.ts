import { expect } from 'vitest'
import { anOrder, orders } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { World } from './world.ts'

contract('the stream timeout', (it) => {
  it('ends the stream with a remark', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { stream_timeout: 10 })
    await clock.advance(10_000)
    expect((await stream.rest()).map(({ info }) => info?.debug)).toEqual(['Stream timeout reached'])
  })

  it('sends what has been buffered before', async ({ clock, subscribe, publish, openStream, commit }) => {
    const stream = await openStream(await subscribe(), { stream_timeout: 10, batch_limit: 9 })
    await publish([anOrder(1)])
    await clock.advance(10_000)
    const [batch, last] = await stream.batches(2)
    expect(batch && numbers(batch)).toEqual(['order-1'])
    expect(last?.info?.debug).toBe('Stream timeout reached')
    await commit(stream, ...(batch ? [batch.cursor] : []))
  })

  it('leaves the connection open until the commits are there', async (world) => {
    const subscription = await world.subscribe()
    const stream = await world.openStream(subscription, { stream_timeout: 10 })
    await world.publish([anOrder(1)])
    const { cursor } = await stream.batch()
    await world.clock.advance(10_000)
    await stream.batch()
    expect(await world.owners(subscription)).toEqual([stream.id])
    expect((await world.commit(stream, cursor)).status).toBe(204)
    expect(await stream.rest()).toEqual([])
  })

  it('does not wait longer than the commit timeout', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { stream_timeout: 10, commit_timeout: 15 })
    await publish([anOrder(1)])
    await clock.advance(15_000)
    expect((await stream.rest()).map(({ info }) => info?.debug)).toEqual([
      'Stream started',
      'Stream timeout reached',
    ])
  })

  it('is chosen by the broker when it is out of range', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { stream_timeout: 0, batch_flush_timeout: 4_200 })
    await clock.advance(4_200_000)
    expect((await stream.rest()).at(-1)?.info?.debug).toBe('Stream timeout reached')
  })
})

contract('the stream limit', (it) => {
  it('ends the stream when so many events are committed', async ({
    subscribe,
    publish,
    openStream,
    commit,
  }) => {
    const stream = await openStream(await subscribe(), { stream_limit: 2 })
    await publish(orders(1, 3))
    const batches = await stream.batches(2)
    await commit(stream, ...batches.map(({ cursor }) => cursor))
    expect((await stream.rest()).map(({ info }) => info?.debug)).toEqual([
      'Stream limit in events reached: 2',
    ])
  })

  it('sends no more events than it allows', async ({ clock, subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { stream_limit: 2, batch_flush_timeout: 5 })
    await publish(orders(1, 3))
    await clock.advance(5_000)
    const sizes = (await stream.batches(3)).map(({ events }) => events?.length)
    expect(sizes).toEqual([1, 1, undefined])
  })
})

contract('a client that goes away', (it) => {
  const leaving = {
    abort: {},
    cancel: { msw: 'MSW 2 keeps a copy of each response open, so that a cancelled body goes unnoticed' },
  } as const
  for (const way of ['abort', 'cancel'] as const) {
    const sentence = `by ${way} frees its partition when it owes no commit`
    const behaviour = async ({ subscribe, openStream, until }: World) => {
      const subscription = await subscribe()
      const stream = await openStream(subscription)
      stream[way]()
      await until.owners(subscription, ([owner]) => owner === null)
      expect((await openStream(subscription)).id).not.toBe(stream.id)
    }
    it(sentence, behaviour, leaving[way])
  }

  it('by abort breaks its own read', async ({ subscribe, openStream }) => {
    const stream = await openStream(await subscribe())
    const line = stream.line()
    stream.abort()
    await expect(line).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('may still commit what it has received', async ({
    subscribe,
    publish,
    openStream,
    commit,
    owners,
    until,
  }) => {
    const subscription = await subscribe()
    await publish(orders(1, 2))
    const stream = await openStream(subscription, { batch_limit: 2 })
    const { cursor } = await stream.batch()
    stream.abort()
    expect(await owners(subscription)).toEqual([stream.id])
    expect((await commit(stream, cursor)).status).toBe(204)
    await until.owners(subscription, ([owner]) => owner === null)
  })
})
