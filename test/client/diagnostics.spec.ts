// What a client tells about itself: the channels, the log, the health of consumers, and the lag of subscriptions
// (client.md 4, rows 17, 18 and 20).

import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel'
import {
  type Consumer,
  createConsumer,
  createProducer,
  type DiagnosticsEvents,
  type DiagnosticsKind,
  diagnosticsChannels,
  type Fetch,
  type Logger,
  NakadiError,
  presets,
  readLag,
  watchLag,
} from '@rioni/client'
import { afterEach, describe, expect, it } from 'vitest'
import { consumerOf, type Orders, worldWithOrders } from './orders-world.ts'
import {
  createWorld,
  ORDER_PLACED,
  type Order,
  orders,
  problem,
  type World,
  whileTimePasses,
} from './world.ts'

let endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings) end()
  endings = []
})

/** What is published to a channel until the end of the test. */
function listen<Kind extends DiagnosticsKind>(kind: Kind): DiagnosticsEvents[Kind][] {
  const heard: DiagnosticsEvents[Kind][] = []
  const listener: ChannelListener = (message) => heard.push(message as DiagnosticsEvents[Kind])
  subscribe(diagnosticsChannels[kind], listener)
  endings.push(() => unsubscribe(diagnosticsChannels[kind], listener))
  return heard
}

/** A logger that remembers its lines. */
function memoryLogger() {
  const lines: { readonly level: string; readonly message: string; readonly fields: object }[] = []
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields })
  }
  const logger: Logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { logger, lines }
}

/** Consumes so many orders. */
async function consume(world: World, consumer: Consumer<Orders>, count: number): Promise<void> {
  let seen = 0
  const run = consumer.run((batch) => {
    seen += batch.events.length
    if (seen >= count) void consumer.close()
  })
  await whileTimePasses(world.clock, run)
}

describe('the channels (row 17)', () => {
  it('tell every request with its flow id, status and duration', async () => {
    const world = await createWorld()
    const requests = listen('request')
    await world.client().eventTypes.get(ORDER_PLACED, { flowId: 'flow-1' })
    await world
      .client()
      .eventTypes.get('no.such')
      .catch(() => undefined)
    expect(requests).toMatchObject([
      { operation: 'getEventType', method: 'GET', flowId: 'flow-1', status: 200, durationMs: 0 },
      { operation: 'getEventType', status: 404, failure: { code: 'not-found' } },
    ])
    expect(requests[0]?.url).toBe(`http://broker.test/event-types/${ORDER_PLACED}`)
  })

  it('tell what became of the events of a call', async () => {
    const world = await createWorld()
    const published = listen('publish')
    const producer = createProducer<unknown>(world.client(), ORDER_PLACED, { lingerMs: 0 })
    await whileTimePasses(world.clock, producer.publish([{ n: 1 }, { n: 'x' }, 'none']))
    const refused = createProducer(world.client({ fetch: async () => problem(403, 'no') }), ORDER_PLACED)
    await whileTimePasses(
      world.clock,
      refused.publish({ n: 1 }).catch(() => undefined),
    )
    const counts = { eventType: ORDER_PLACED, operation: 'publishEvents', aborted: 0, unknown: 0 }
    expect(published).toMatchObject([
      { ...counts, events: 3, submitted: 1, rejected: 2 },
      { ...counts, events: 1, submitted: 0, rejected: 0, error: { code: 'forbidden' } },
    ])
  })

  it('tell batches and commits with their stream', async () => {
    const world = await worldWithOrders(15)
    const [batches, commits] = [listen('batch'), listen('commit')]
    await consume(world, consumerOf(world.client()), 15)
    const ids = batches.map(({ subscriptionId, streamId }) => ({ subscriptionId, streamId }))
    expect(batches).toMatchObject([
      { ...ids[0], eventType: ORDER_PLACED, partition: '0' },
      { ...ids[0], eventType: ORDER_PLACED, partition: '0' },
    ])
    expect(ids[0]?.streamId).toMatch(/^[0-9a-f-]{36}$/)
    expect(batches.every(({ bytes, offset }) => bytes > 100 && offset !== '')).toBe(true)
    expect(commits.at(-1)).toMatchObject({ ...ids[0], cursors: 1, result: 'accepted', outdated: 0 })
  })

  it('tell why a stream is opened again, and why a consumer has ended', async () => {
    const world = await worldWithOrders(1)
    const [reconnects, errors] = [listen('reconnect'), listen('error')]
    let answer: Fetch = world.fetch
    const client = world.client({ fetch: (url, init) => answer(url, init) })
    const consumer = consumerOf(client, { streamTimeoutSeconds: 10 })
    const run = consumer.run(() => {})
    run.catch(() => undefined)
    await world.clock.advance(500)
    answer = async (url, init) => (url.includes('/events') ? problem(403, 'no') : world.fetch(url, init))
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow('403')
    expect(reconnects).toMatchObject([{ reason: 'stream-timeout', failures: 0 }])
    expect(errors).toMatchObject([{ origin: 'consumer', error: { code: 'forbidden' } }])
  })

  it('tell what a handler has thrown, in brief, and what is done about it', async () => {
    const world = await worldWithOrders(1)
    const errors = listen('error')
    const consumer = consumerOf(world.client())
    const run = consumer.run((_, { attempt }) => {
      if (attempt === 1) throw Object.assign(new Error('no ledger'), { request: 'what came with it' })
      void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(errors).toEqual([
      {
        origin: 'handler',
        subscriptionId: consumer.health().subscriptionId,
        eventType: ORDER_PLACED,
        partition: '0',
        attempts: 1,
        decision: 'retry',
        error: { name: 'Error', message: 'no ledger' },
      },
    ])
  })
})

describe('the log of a client', () => {
  it('gets what happens to this client alone, and nothing is needed for it', async () => {
    const world = await createWorld()
    const { logger, lines } = memoryLogger()
    await world.client().eventTypes.get(ORDER_PLACED)
    await world.client({ logger }).eventTypes.get(ORDER_PLACED)
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['debug', 'getEventType was answered 200 after 0 ms'],
    ])
  })

  it('is spared lines below its level', async () => {
    const world = await createWorld()
    const { logger, lines } = memoryLogger()
    const quiet = { ...logger, isLevelEnabled: (level: string) => level === 'warn' }
    await world.client({ logger: quiet }).eventTypes.get(ORDER_PLACED)
    expect(lines).toEqual([])
  })

  it('may be broken without harm to the work', async () => {
    const world = await createWorld()
    const broken = () => {
      throw new Error('disk full')
    }
    const logger = { debug: broken, info: broken, warn: broken, error: broken }
    const producer = createProducer<Order>(world.client({ logger }), ORDER_PLACED, { lingerMs: 0 })
    expect((await producer.publish({ n: 1 })).status).toBe('submitted')
  })

  it('must have all four methods', async () => {
    const world = await createWorld()
    const logger = { debug: () => {}, info: () => {} } as unknown as Logger
    expect(() => world.client({ logger })).toThrow(/logger has no method warn, error/)
  })
})

describe('a token', () => {
  const token = 'secret-token-1'

  /** A broker behind a transport that hangs the request, with its headers, on every error, in streams too. */
  function leakyFetch(world: World): Fetch {
    let calls = 0
    const leak = (init: RequestInit) =>
      Object.assign(new Error(`cannot send ${JSON.stringify(init.headers)}`), { request: init })
    return async (url, init) => {
      calls += 1
      if (calls % 4 === 0) throw leak(init)
      const response = await world.fetch(url, { ...init, headers: new Headers(init.headers) })
      if (!url.includes('/subscriptions/') || init.method !== 'GET') return response
      const body = response.body?.pipeThrough(
        new TransformStream({
          transform(chunk, controller) {
            controller.enqueue(chunk)
            if (calls < 12) controller.error(leak(init))
          },
        }),
      )
      return new Response(body ?? null, response)
    }
  }

  it('is in no event, no line of the log, and no state of a consumer', async () => {
    const world = await worldWithOrders(5)
    const kinds: DiagnosticsKind[] = ['request', 'publish', 'batch', 'commit', 'reconnect', 'error']
    const heard = kinds.map((kind) => listen(kind))
    const { logger, lines } = memoryLogger()
    const client = world.client({ token, logger, fetch: leakyFetch(world) })
    const producer = createProducer<Order>(client, ORDER_PLACED, { lingerMs: 0 })
    for (const order of orders(6, 9)) await whileTimePasses(world.clock, producer.publish(order))
    const consumer = consumerOf(client)
    let seen = 0
    const states: unknown[] = []
    const run = consumer.run((batch, { attempt }) => {
      states.push(consumer.health(), consumer.progress, consumer.connection)
      if (attempt === 1)
        throw new NakadiError({ code: 'validation', outcome: 'rejected', message: 'not yet' })
      seen += batch.events.length
      if (seen >= 9) void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(heard.map((events) => events.length > 0)).toEqual(kinds.map(() => true))
    const everything = JSON.stringify([heard, lines, states])
    expect(everything).toContain('[token]')
    expect(everything).not.toContain(token)
  })
})

describe('the health of a consumer (row 18)', () => {
  it('tells state, since when, and the last progress', async () => {
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client())
    expect(consumer.health()).toMatchObject({ alive: true, connected: false, state: 'idle' })
    const startedAt = world.clock.now()
    const run = consumer.run(() => {})
    await world.clock.advance(2_500)
    const health = consumer.health()
    expect(health).toMatchObject({ alive: true, connected: true, state: 'streaming', inHandMs: 0 })
    expect(health.since).toBe(startedAt)
    expect(world.clock.now() - (health.lastProgressAt ?? 0)).toBeLessThanOrEqual(1_000)
    await consumer.close()
    await run
    expect(consumer.health()).toMatchObject({ alive: true, connected: false, state: 'closed' })
  })

  it('is alive without a connection, because a restart would not bring the broker back', async () => {
    const world = await worldWithOrders(1)
    let answer: Fetch = world.fetch
    const client = world.client({ fetch: (url, init) => answer(url, init) })
    const consumer = consumerOf(client, { streamTimeoutSeconds: 10 })
    const run = consumer.run(() => {})
    await world.clock.advance(1_000)
    answer = async () => {
      throw new Error('connect ECONNREFUSED')
    }
    await world.clock.advance(600_000)
    const { alive, connected, message, lastProgressAt = 0 } = consumer.health()
    expect([alive, connected]).toEqual([true, false])
    expect(message).toMatch(/no stream is open|a stream is being opened/)
    expect(world.clock.now() - lastProgressAt).toBeGreaterThan(500_000)
    await whileTimePasses(world.clock, consumer.close())
    await run
  })

  it('is not alive, though connected again and again, when a handler never returns', async () => {
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client(), { closeTimeoutMs: 0 })
    const startedAt = world.clock.now()
    const run = consumer.run(() => new Promise(() => undefined))
    run.catch(() => undefined)
    await world.clock.advance(299_000)
    expect(consumer.health().alive).toBe(true)
    expect(consumer.health({ stuckAfterMs: 60_000 }).alive).toBe(false)
    expect(consumer.health().lastProgressAt ?? startedAt).toBeLessThan(startedAt + 2_000)
    await world.clock.advance(10_000)
    expect(consumer.health()).toMatchObject({ alive: false, message: expect.stringMatching(/stuckAfterMs/) })
    await whileTimePasses(world.clock, consumer.close())
  })

  it('is not alive after a handler has failed for good', async () => {
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client())
    const run = consumer.run(
      () => {
        throw new Error('no ledger')
      },
      { retry: { maxAttempts: 1 } },
    )
    await expect(whileTimePasses(world.clock, run)).rejects.toThrow('no ledger')
    expect(consumer.health()).toMatchObject({ alive: false, message: expect.stringMatching(/no ledger/) })
  })

  it('is not alive after the consumer has failed', async () => {
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client({ fetch: async () => problem(403, 'no') }))
    await expect(
      whileTimePasses(
        world.clock,
        consumer.run(() => {}),
      ),
    ).rejects.toThrow('403')
    expect(consumer.health()).toMatchObject({ alive: false, state: 'closed' })
  })
})

describe('the lag of a subscription (row 20)', () => {
  it('is what is not committed, with its age and the streams that there is room for', async () => {
    const world = await worldWithOrders(40, 4)
    const consumer = consumerOf(world.client(), { commitPolicy: 'manual' })
    const run = consumer.run(() => {})
    await world.clock.advance(20_000)
    const { subscriptionId = '' } = consumer.health()
    const lag = await readLag(world.client(), subscriptionId)
    expect(lag).toMatchObject({ unconsumedEvents: 40, partitions: 4, streams: 1, roomForStreams: 3 })
    expect(lag.lagSeconds).toBeGreaterThanOrEqual(20)
    expect(lag.eventTypes).toMatchObject([{ eventType: ORDER_PLACED, unconsumedEvents: 40 }])
    await whileTimePasses(world.clock, consumer.close())
    await run
  })

  it('is asked for at once and after every interval, also after errors, until the watch is closed', async () => {
    const world = await worldWithOrders(3)
    const { id } = await world.client().subscriptions.createOrGet({
      owning_application: 'billing',
      event_types: [ORDER_PLACED],
    })
    let answer: Fetch = world.fetch
    const client = world.client({ fetch: (url, init) => answer(url, init), retry: { maxAttempts: 1 } })
    const [seen, errors]: [number[], string[]] = [[], []]
    const watch = watchLag(client, id, {
      intervalMs: 5_000,
      onLag: ({ at }) => seen.push(at),
      onError: ({ code }) => errors.push(code),
    })
    await world.clock.advance(4_000)
    expect(seen.length).toBe(1)
    answer = async () => problem(503, 'busy')
    await world.clock.advance(5_000)
    answer = world.fetch
    await world.clock.advance(5_000)
    expect([seen.length, errors, watch.latest?.at]).toEqual([2, ['unavailable'], seen[1]])
    await watch.close()
    await world.clock.advance(20_000)
    expect([seen.length, world.clock.pending]).toEqual([2, 0])
  })

  it('is not asked for more often than every second', async () => {
    const world = await createWorld()
    expect(() => watchLag(world.client(), 'any', { intervalMs: 10 })).toThrow(
      /intervalMs must be at least 1000/,
    )
  })
})

describe.each(['throughput', 'latency'] as const)('the preset for %s', (aim) => {
  it('has values that go together, and carry events from end to end', async () => {
    const world = await createWorld({ partitions: 2 })
    const client = world.client()
    const producer = createProducer<Order>(client, ORDER_PLACED, presets[aim].producer)
    await whileTimePasses(world.clock, producer.publish(orders(1, 50)))
    const consumer = createConsumer<Orders>(client, [ORDER_PLACED], {
      ...presets[aim].consumer,
      owningApplication: 'billing',
      readFrom: 'begin',
    })
    await consume(world, consumer, 50)
  })
})
