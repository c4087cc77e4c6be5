import { type Client, createConsumer, createProducer, type Fetch, type ProducerOptions } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import {
  createWorld,
  ORDER_PLACED,
  type Order,
  orders,
  problem,
  scripted,
  type World,
  whileTimePasses,
} from './world.ts'

function producerOf(client: Client, options: ProducerOptions<Order> = { lingerMs: 0 }) {
  return createProducer<Order>(client, ORDER_PLACED, options)
}

/** The numbers of all orders that the broker has stored, in order. */
async function stored({ client, clock }: World): Promise<number[]> {
  const reader = createConsumer<{ [ORDER_PLACED]: Order }>(client(), [ORDER_PLACED], {
    owningApplication: 'check',
    readFrom: 'begin',
    streamKeepAliveLimit: 1,
  })
  const numbers: number[] = []
  const read = async () => {
    for await (const batch of reader) {
      numbers.push(...batch.events.map(({ n }) => n))
      await batch.commit()
    }
  }
  await whileTimePasses(clock, read())
  return numbers
}

/** A way to the broker that remembers the batches that went through it. */
function recorded(world: World): { readonly fetch: Fetch; readonly batches: Order[][] } {
  const batches: Order[][] = []
  const fetch: Fetch = (url, init) => {
    if (url.endsWith('/events') && init.method === 'POST') batches.push(JSON.parse(String(init.body)))
    return world.fetch(url, init)
  }
  return { fetch, batches }
}

describe('publishing an event', () => {
  it('resolves with its outcome and the eid that it was given', async () => {
    const world = await createWorld()
    const outcome = await producerOf(world.client()).publish({ n: 1 })
    expect(outcome).toEqual({
      status: 'submitted',
      eid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      maybeDuplicated: false,
    })
    expect(await stored(world)).toEqual([1])
  })

  it('resolves with the step and the reason when the broker does not accept it', async () => {
    const { client } = await createWorld()
    const outcome = await producerOf(client()).publish({} as Order)
    expect(outcome).toMatchObject({
      status: 'rejected',
      step: 'validating',
      detail: expect.stringContaining('[n] not found'),
    })
  })

  it('rejects when the event type does not exist, because that says nothing about the event', async () => {
    const { client } = await createWorld()
    const lost = createProducer<Order>(client(), 'no.such-type', { lingerMs: 0 }).publish({ n: 1 })
    await expect(lost).rejects.toMatchObject({ code: 'not-found', outcome: 'rejected' })
  })
})

describe('publishing many events', () => {
  it('resolves with one outcome per event, in order', async () => {
    const world = await createWorld()
    const outcomes = await producerOf(world.client(), { maxEvents: 7, lingerMs: 0 }).publish(orders(1, 50))
    expect(outcomes.map(({ status }) => status)).toEqual(new Array(50).fill('submitted'))
    expect(await stored(world)).toEqual(orders(1, 50).map(({ n }) => n))
  })

  it('submits the innocent neighbours of events that the broker does not accept', async () => {
    const world = await createWorld()
    const events = orders(1, 30).map((order) =>
      order.n % 10 === 0 ? ({ bad: true } as unknown as Order) : order,
    )
    const outcomes = await producerOf(world.client()).publish(events)
    const rejected = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []))
    expect(rejected).toEqual([10, 20, 30])
    expect(await stored(world)).toEqual(
      orders(1, 30)
        .map(({ n }) => n)
        .filter((n) => n % 10 !== 0),
    )
  })

  it('submits the innocent neighbours of an event that makes the broker refuse the whole request', async () => {
    const world = await createWorld()
    // Nakadi's parser has no integers of more than 64 bits; it answers 400 without naming an event.
    const strict: Fetch = async (url, init) =>
      String(init.body).includes('100000000000000000000')
        ? problem(400, 'Can not use long value')
        : world.fetch(url, init)
    const producer = producerOf(world.client({ fetch: strict }))
    const outcomes = await producer.publish([{ n: 1 }, { n: 1e20 }, { n: 3 }])
    expect(outcomes.map(({ status }) => status)).toEqual(['submitted', 'rejected', 'submitted'])
    expect(outcomes[1]).toMatchObject({ detail: 'Can not use long value' })
    expect(await stored(world)).toEqual([1, 3])
  })

  it('does not send an event that is too large, and says so', async () => {
    const world = await createWorld()
    const big = { n: 2, text: 'x'.repeat(1_000_000) }
    const outcomes = await producerOf(world.client()).publish([{ n: 1 }, big])
    expect(outcomes[1]).toMatchObject({
      status: 'rejected',
      step: 'before-sending',
      detail: expect.stringContaining('999000'),
    })
    expect(await stored(world)).toEqual([1])
  })

  it('rejects when no event was judged, and otherwise marks those of a failed request', async () => {
    const all = scripted(problem(403, 'denied'))
    const { client } = await createWorld()
    await expect(producerOf(client({ fetch: all })).publish(orders(1, 2))).rejects.toMatchObject({
      code: 'forbidden',
    })

    const second = scripted(new Response(null), problem(403, 'denied'))
    const outcomes = await producerOf(client({ fetch: second }), { maxEvents: 1, lingerMs: 0 }).publish(
      orders(1, 2),
    )
    expect(outcomes).toMatchObject([
      { status: 'submitted' },
      { status: 'rejected', step: 'none', error: { code: 'forbidden' } },
    ])
  })

  it('resolves at once when there are none', async () => {
    expect(await producerOf((await createWorld()).client()).publish([])).toEqual([])
  })
})

describe('a producer', () => {
  it('gathers what is published within lingerMs into one request', async () => {
    const world = await createWorld()
    const { fetch, batches } = recorded(world)
    const producer = producerOf(world.client({ fetch }), { lingerMs: 50 })
    const published = [producer.publish({ n: 1 }), producer.publish({ n: 2 })]
    await world.clock.advance(49)
    expect(batches).toEqual([])
    await world.clock.advance(1)
    await Promise.all(published)
    expect(batches.map((batch) => batch.map(({ n }) => n))).toEqual([[1, 2]])
  })

  it('has one request in flight, and gathers the next batch meanwhile', async () => {
    const world = await createWorld()
    let [inFlight, most] = [0, 0]
    const fetch: Fetch = async (url, init) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      const response = await world.fetch(url, init)
      inFlight -= 1
      return response
    }
    const producer = producerOf(world.client({ fetch }))
    await Promise.all(orders(1, 20).map((order) => producer.publish(order)))
    expect(most).toBe(1)
    expect(await stored(world)).toEqual(orders(1, 20).map(({ n }) => n))
  })

  it('holds no more than maxBufferedEvents, and takes the rest as there is room', async () => {
    const world = await createWorld()
    let taken = 0
    const events = orders(1, 10).map(({ n }) => ({
      toJSON() {
        taken += 1
        return { n, metadata: { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z' } }
      },
      n,
    }))
    const producer = createProducer<object>(
      world.client(),
      { name: ORDER_PLACED, category: 'undefined' },
      { maxBufferedEvents: 4, lingerMs: 50 },
    )
    const published = producer.publish(events)
    expect(taken).toBe(4)
    await whileTimePasses(world.clock, published)
    expect(taken).toBe(10)
  })

  it('does not linger while events wait for room', async () => {
    const world = await createWorld()
    const { fetch, batches } = recorded(world)
    const producer = producerOf(world.client({ fetch }), { maxBufferedEvents: 2, lingerMs: 1e9 })
    const published = producer.publish(orders(1, 3))
    await world.clock.advance(0)
    expect(batches.map((batch) => batch.length)).toEqual([2])
    await producer.close()
    expect(await published).toHaveLength(3)
  })

  it('sends what waits without lingering on flush', async () => {
    const { client } = await createWorld()
    const producer = producerOf(client(), { lingerMs: 1e9 })
    const published = producer.publish({ n: 1 })
    await producer.flush()
    expect(await published).toMatchObject({ status: 'submitted' })
  })

  it('settles everything on close, takes nothing after it, and leaves no timer', async () => {
    const world = await createWorld()
    const producer = producerOf(world.client(), { lingerMs: 1e9, maxEvents: 3 })
    const published = producer.publish(orders(1, 10))
    await producer.close()
    expect((await published).every(({ status }) => status === 'submitted')).toBe(true)
    await expect(producer.publish({ n: 11 })).rejects.toMatchObject({ code: 'closed', outcome: 'not-sent' })
    expect(world.clock.pending).toBe(0)
  })
})

describe('an answer that is lost', () => {
  /** Lets the broker carry out the first request and loses its answer. */
  function losing(world: World): { readonly fetch: Fetch; readonly bodies: string[] } {
    const bodies: string[] = []
    const fetch: Fetch = async (url, init) => {
      const response = await world.fetch(url, init)
      if (!url.endsWith('/events') || init.method !== 'POST') return response
      bodies.push(String(init.body))
      if (bodies.length > 1) return response
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    }
    return { fetch, bodies }
  }

  it('makes the producer send the same text again, and flag the events as possibly duplicated', async () => {
    const world = await createWorld()
    const { fetch, bodies } = losing(world)
    const outcome = await whileTimePasses(world.clock, producerOf(world.client({ fetch })).publish({ n: 1 }))
    expect(outcome).toMatchObject({ status: 'submitted', maybeDuplicated: true })
    expect(bodies[1]).toBe(bodies[0])
    expect(await stored(world)).toEqual([1, 1])
  })

  it('leaves the outcome unknown when the producer is told to report it', async () => {
    const world = await createWorld()
    const producer = producerOf(world.client({ fetch: losing(world).fetch }), {
      lingerMs: 0,
      onUnknown: 'report',
    })
    expect(await producer.publish({ n: 1 })).toMatchObject({
      status: 'unknown',
      error: { code: 'connection-lost' },
    })
  })

  it('is never success: when no answer comes at all, the outcome is unknown', async () => {
    const world = await createWorld()
    const hanging: Fetch = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const client = world.client({ fetch: hanging, requestTimeoutMs: 1000 })
    const outcome = await whileTimePasses(world.clock, producerOf(client).publish({ n: 1 }))
    expect(outcome).toMatchObject({
      status: 'unknown',
      error: { code: 'timeout', attempts: 3, outcome: 'unknown' },
    })
    expect(world.clock.pending).toBe(0)
  })
})

describe('a producer whose own parts fail', () => {
  it('reports the events that are not settled as unknown, with the error, and goes on', async () => {
    const world = await createWorld()
    const refused = { publishing_status: 'failed', partition: '0', step: 'publishing', detail: '', eid: '' }
    const stored = { ...refused, publishing_status: 'submitted' }
    const answers = scripted(Response.json([stored, refused], { status: 207 }), new Response(null))
    const random = {
      uuid: () => 'eid',
      below: () => {
        throw new Error('the source has run dry')
      },
    }
    const producer = producerOf(world.client({ fetch: answers, random }))
    expect(await whileTimePasses(world.clock, producer.publish(orders(1, 2)))).toMatchObject([
      { status: 'submitted' },
      {
        status: 'unknown',
        detail: expect.stringContaining('the source has run dry'),
        error: { outcome: 'unknown' },
      },
    ])
    expect(await whileTimePasses(world.clock, producer.publish({ n: 3 }))).toMatchObject({
      status: 'submitted',
    })
    await producer.close()
  })
})

describe('a broker in trouble', () => {
  it('gets the request again after as long as it asks for', async () => {
    const world = await createWorld()
    const fetch = scripted(problem(503, 'maintenance', { 'retry-after': '7' }), new Response(null))
    const published = producerOf(world.client({ fetch })).publish({ n: 1 })
    await world.clock.advance(6999)
    expect(fetch.requests).toHaveLength(1)
    await world.clock.advance(1)
    expect(await published).toMatchObject({ status: 'submitted', maybeDuplicated: false })
  })

  it('gets what its log refused again, with everything after it in the partition', async () => {
    const item = (publishing_status: string, partition: string) => ({
      publishing_status,
      partition,
      step: 'publishing',
      detail: '',
      eid: '',
    })
    const world = await createWorld()
    const partial = [
      item('submitted', '0'),
      item('failed', '1'),
      item('submitted', '0'),
      item('submitted', '1'),
    ]
    const fetch = scripted(Response.json(partial, { status: 207 }), new Response(null))
    const outcomes = await whileTimePasses(
      world.clock,
      producerOf(world.client({ fetch })).publish(orders(1, 4)),
    )
    expect(await fetch.requests[1]?.json()).toMatchObject([{ n: 2 }, { n: 4 }])
    expect(outcomes.map((outcome) => 'maybeDuplicated' in outcome && outcome.maybeDuplicated)).toEqual([
      false,
      false,
      false,
      true,
    ])
  })
})
