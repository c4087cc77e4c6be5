import { getEventListeners } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import {
  type Batch,
  type ClientOptions,
  type ConsumerOptions,
  createClient,
  createConsumer,
  createProducer,
  type Fetch,
} from '@rioni/client'
import { Agent } from 'undici'
import { describe, expect, it } from 'vitest'
import {
  createWorld,
  ORDER_PLACED,
  type Order,
  orderPlaced,
  orders,
  type World,
  whileTimePasses,
} from './world.ts'

const billing: ConsumerOptions = { owningApplication: 'billing', readFrom: 'begin', batchLimit: 10 }

async function worldWithOrders(count: number): Promise<World> {
  const world = await createWorld()
  await createProducer<Order>(world.client(), ORDER_PLACED, { lingerMs: 0 }).publish(orders(1, count))
  return world
}

function consumerIn(world: World, options: ConsumerOptions = billing, way: Partial<ClientOptions> = {}) {
  return createConsumer<{ readonly [ORDER_PLACED]: Order }>(world.client(way), [ORDER_PLACED], options)
}

/** The stream that owns the only partition of the only subscription, if any. */
async function owner({ client }: World): Promise<string | null | undefined> {
  for await (const { id } of client().subscriptions.list()) {
    const { items } = await client().subscriptions.stats(id)
    return items[0]?.partitions[0]?.stream_id
  }
  return undefined
}

describe('closing a consumer', () => {
  it('ends its loop', async () => {
    const world = await worldWithOrders(0)
    const consumer = consumerIn(world)
    const next = consumer[Symbol.asyncIterator]().next()
    await world.clock.advance(5000)
    await consumer.close()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(consumer.connection).toEqual({ kind: 'closed', reason: 'stopped' })
  })

  it('waits until the batch in hand is committed, and then frees the partition (row 19)', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerIn(world)
    const batches = consumer[Symbol.asyncIterator]()
    const { value: batch } = await whileTimePasses(world.clock, batches.next())
    let closed = false
    const closing = consumer.close().then(() => {
      closed = true
    })
    await world.clock.advance(9000)
    expect([closed, typeof (await owner(world))]).toEqual([false, 'string'])
    expect(await batch?.commit()).toEqual({ status: 'committed' })
    await closing
    await world.clock.advance(0)
    expect(await owner(world)).toBeNull()
  })

  it('waits for the batch in hand for closeTimeoutMs at most', async () => {
    const world = await worldWithOrders(10)
    const consumer = consumerIn(world, { ...billing, closeTimeoutMs: 3000 })
    await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    const closing = consumer.close()
    await world.clock.advance(3000)
    await closing
    expect(consumer.connection.kind).toBe('closed')
  })

  it('waits for the answer to commits that nobody waits for', async () => {
    const world = await worldWithOrders(10)
    let answered = false
    const fetch: Fetch = async (url, init) => {
      if (url.endsWith('/cursors')) await new Promise<void>((resolve) => world.clock.after(500, resolve))
      const response = await world.fetch(url, init)
      if (url.endsWith('/cursors')) answered = true
      return response
    }
    const consumer = consumerIn(world, billing, { fetch })
    const loop = async () => {
      for await (const batch of consumer) {
        void batch.commit()
        break
      }
    }
    await whileTimePasses(world.clock, loop())
    expect(answered).toBe(true)
    expect(await uncommitted(world)).toBe(0)
  })

  it('tries a commit that nobody confirmed once more, within closeTimeoutMs', async () => {
    const world = await worldWithOrders(10)
    let [isBroken, commits] = [true, 0]
    const fetch: Fetch = async (url, init) => {
      if (!url.endsWith('/cursors')) return world.fetch(url, init)
      commits += 1
      if (isBroken) throw new Error('gone')
      return world.fetch(url, init)
    }
    const consumer = consumerIn(world, billing, { fetch })
    const { value: batch } = await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    expect(await whileTimePasses(world.clock, batch?.commit() ?? Promise.resolve())).toMatchObject({
      status: 'unconfirmed',
    })
    isBroken = false
    const before = commits
    await consumer.close()
    expect(commits).toBe(before + 1)
    expect(await uncommitted(world)).toBe(0)
  })

  it('goes on asking for the answer to a commit that is still under way', async () => {
    const world = await worldWithOrders(10)
    let commits = 0
    const fetch: Fetch = async (url, init) => {
      if (url.endsWith('/cursors') && ++commits <= 3) throw new Error('gone')
      return world.fetch(url, init)
    }
    const consumer = consumerIn(world, billing, { fetch })
    const { value: batch } = await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    const committed = batch?.commit()
    await whileTimePasses(world.clock, consumer.close())
    expect(await committed).toEqual({ status: 'committed' })
    expect([commits, await uncommitted(world)]).toEqual([4, 0])
  })

  it('does not wait longer than closeTimeoutMs for a commit that gets no answer again', async () => {
    const world = await worldWithOrders(10)
    let [isHanging, unanswered] = [false, 0]
    const fetch: Fetch = (url, init) => {
      if (!url.endsWith('/cursors')) return world.fetch(url, init)
      if (!isHanging) return Promise.reject(new Error('gone'))
      unanswered += 1
      return new Promise(() => {})
    }
    const consumer = consumerIn(world, { ...billing, closeTimeoutMs: 3000 }, { fetch })
    const { value: batch } = await whileTimePasses(world.clock, consumer[Symbol.asyncIterator]().next())
    await whileTimePasses(world.clock, batch?.commit() ?? Promise.resolve())
    isHanging = true
    const closing = consumer.close()
    await world.clock.advance(3000)
    await closing
    expect(unanswered).toBeGreaterThan(0)
    expect(consumer.connection.kind).toBe('closed')
  })

  it('happens by itself when the loop is left, when it throws, and on the signal', async () => {
    const leaving = await worldWithOrders(10)
    const left = consumerIn(leaving)
    for await (const _ of passing(leaving, left)) break
    expect(left.connection.kind).toBe('closed')

    const throwing = await worldWithOrders(10)
    const thrown = consumerIn(throwing)
    const loop = async () => {
      for await (const _ of passing(throwing, thrown)) throw new Error('the handler failed')
    }
    await expect(loop()).rejects.toThrow('the handler failed')
    expect(thrown.connection.kind).toBe('closed')

    const aborting = await worldWithOrders(0)
    const controller = new AbortController()
    const aborted = consumerIn(aborting, { ...billing, signal: controller.signal })
    const next = aborted[Symbol.asyncIterator]().next()
    await aborting.clock.advance(0)
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  it('is possible before the loop has begun, and more than once', async () => {
    const consumer = consumerIn(await worldWithOrders(0))
    await Promise.all([consumer.close(), consumer.close()])
    expect(await consumer[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined })
  })

  it('leaves no timer and no listener behind', async () => {
    const world = await worldWithOrders(10)
    const before = world.clock.pending
    const { signal } = new AbortController()
    const consumer = consumerIn(world, { ...billing, signal })
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    for await (const batch of passing(world, consumer)) {
      await batch.commit()
      break
    }
    await world.clock.advance(0)
    expect(world.clock.pending).toBe(before)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('over real sockets', () => {
  it('a closed consumer has closed the connection of its stream', async () => {
    const broker = createBroker()
    const server = await serve(broker, { port: 0 })
    const line = await countConnections(server.port)
    const agent = new Agent()
    const client = createClient({ baseUrl: line.url, dispatcher: agent })
    await client.eventTypes.create(orderPlaced())
    await createProducer<Order>(client, ORDER_PLACED).publish(orders(1, 10))

    const consumer = createConsumer<{ readonly [ORDER_PLACED]: Order }>(client, [ORDER_PLACED], billing)
    for await (const batch of consumer) {
      await batch.commit()
      expect(line.open()).toBe(2)
      break
    }
    await agent.close()
    await line.allClosed()
    expect(line.open()).toBe(0)
    await line.close()
    await server.close()
    await broker.close()
  })
})

/** The batches of a consumer, while time passes. */
async function* passing(
  { clock }: World,
  consumer: AsyncIterable<Batch<{ readonly [ORDER_PLACED]: Order }>>,
): AsyncGenerator<Batch<{ readonly [ORDER_PLACED]: Order }>> {
  const batches = consumer[Symbol.asyncIterator]()
  try {
    while (true) {
      const { done, value } = await whileTimePasses(clock, batches.next())
      if (done) return
      yield value
    }
  } finally {
    await batches.return?.()
  }
}

/** Events that the subscription has not committed. */
async function uncommitted({ client }: World): Promise<number | undefined> {
  for await (const { id } of client().subscriptions.list()) {
    const { items } = await client().subscriptions.stats(id)
    return items[0]?.partitions[0]?.unconsumed_events
  }
  return undefined
}

/** A way to a port that counts the connections through it. */
async function countConnections(port: number) {
  const sockets = new Set<Socket>()
  let emptied = () => {}
  const server = createServer((socket) => {
    const onward = createConnection(port, '127.0.0.1')
    sockets.add(socket)
    socket.on('error', () => onward.destroy()).pipe(onward)
    onward.on('error', () => socket.destroy()).pipe(socket)
    socket.on('close', () => {
      onward.destroy()
      sockets.delete(socket)
      if (sockets.size === 0) emptied()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    open: () => sockets.size,
    allClosed: () =>
      new Promise<void>((resolve) => {
        emptied = resolve
        if (sockets.size === 0) resolve()
      }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
