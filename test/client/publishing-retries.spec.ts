// What goes out again: after an answer that was lost, and to a broker in trouble.

import { createMemoryStorage } from '@rioni/broker'
import type { Fetch } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { producerOf, stored } from './publishing-world.ts'
import { createWorld, orders, problem, scripted, type World, whileTimePasses } from './world.ts'

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

/** A way to the broker that remembers how publishing was answered, and can answer the first request itself. */
function answered(world: World, first?: Response): { readonly fetch: Fetch; readonly statuses: number[] } {
  const statuses: number[] = []
  const fetch: Fetch = async (url, init) => {
    if (!url.endsWith('/events') || init.method !== 'POST') return world.fetch(url, init)
    const response = statuses.length === 0 && first !== undefined ? first : await world.fetch(url, init)
    statuses.push(response.status)
    return response
  }
  return { fetch, statuses }
}

describe('a broker in trouble', () => {
  it('gets the request again after as long as it asks for (row 6)', async () => {
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
      true,
      false,
      true,
    ])
  })

  it('stores what its log confirmed too late a second time, and the outcome says that this may be', async () => {
    const storage = createMemoryStorage()
    let recover = () => {}
    const recovered = new Promise<void>((resolve) => {
      recover = resolve
    })
    const append: typeof storage.events.append = async (...batch) => {
      await recovered
      return await storage.events.append(...batch)
    }
    const world = await createWorld({ storage: { ...storage, events: { ...storage.events, append } } })
    const { fetch, statuses } = answered(world)
    const published = producerOf(world.client({ fetch })).publish(orders(1, 2))
    await world.clock.advance(35_000)
    expect(statuses).toEqual([207])
    recover()
    expect(await whileTimePasses(world.clock, published)).toMatchObject([
      { status: 'submitted', maybeDuplicated: true },
      { status: 'submitted', maybeDuplicated: true },
    ])
    expect(statuses).toEqual([207, 200])
    expect(await stored(world)).toEqual([1, 2, 1, 2])
  })

  it('stores what it never got to once, and the outcome says so', async () => {
    const world = await createWorld()
    const aborted = { publishing_status: 'aborted', partition: null, step: 'none', detail: '', eid: '' }
    const partial = Response.json([aborted, aborted], { status: 207 })
    const { fetch } = answered(world, partial)
    const published = producerOf(world.client({ fetch })).publish(orders(1, 2))
    expect(await whileTimePasses(world.clock, published)).toMatchObject([
      { status: 'submitted', maybeDuplicated: false },
      { status: 'submitted', maybeDuplicated: false },
    ])
    expect(await stored(world)).toEqual([1, 2])
  })
})
