// Moving a subscription (client.md 3, row 17: the broker knows neither END nor times).

import {
  type Client,
  createClient,
  createConsumer,
  createProducer,
  type Fetch,
  type ResetOptions,
  type ResetTarget,
} from '@rioni/client'
import { describe, expect, it } from 'vitest'
import {
  baseUrl,
  createWorld,
  ORDER_PLACED,
  type Order,
  orders,
  problem,
  type World,
  whileTimePasses,
} from './world.ts'

const wanted = { owning_application: 'billing', event_types: [ORDER_PLACED], read_from: 'begin' } as const
type Orders = { readonly [ORDER_PLACED]: Order }

/** A subscription to 10 orders, one published every second, and the time of each. */
async function subscribed(world: World) {
  const client = world.client()
  const times: Date[] = []
  for (const order of orders(1, 10)) {
    await world.clock.advance(1000)
    times.push(new Date(world.clock.now()))
    await createProducer<Order>(client, ORDER_PLACED, { lingerMs: 0 }).publish(order)
  }
  const { id } = await client.subscriptions.createOrGet(wanted)
  return { client, times, id }
}

/** The orders that a consumer gets first and last, when it starts now; undefined when it gets none. */
async function nextOrders(world: World, id: string): Promise<number[]> {
  const consumer = createConsumer<Orders>(world.client(), [ORDER_PLACED], {
    subscriptionId: id,
    batchLimit: 100,
  })
  const seen: number[] = []
  const done = (async () => {
    for await (const batch of consumer) seen.push(...batch.events.map(({ n }) => n))
  })()
  await world.clock.advance(40_000)
  const closing = consumer.close()
  await whileTimePasses(world.clock, Promise.all([closing, done]))
  await world.clock.advance(70_000)
  return seen.sort((a, b) => a - b)
}

async function orderAfterReset(target: (times: readonly Date[]) => ResetTarget, options?: ResetOptions) {
  const world = await createWorld()
  const { client, times, id } = await subscribed(world)
  await whileTimePasses(world.clock, client.subscriptions.reset(id, target(times), options))
  return (await nextOrders(world, id))[0]
}

describe('resetting a subscription', () => {
  const timeOf = (times: readonly Date[], n: number) => times[n - 1] ?? new Date(Number.NaN)
  const table: readonly [string, (times: readonly Date[]) => ResetTarget, number | undefined][] = [
    ['to the begin delivers everything', () => 'begin', 1],
    ['to the end delivers what comes later only', () => 'end', undefined],
    ['to a time delivers what was received then or later', (t) => ({ time: timeOf(t, 7) }), 7],
    [
      'to a time between two events begins with the second',
      (t) => ({ time: new Date(+timeOf(t, 7) + 1) }),
      8,
    ],
    ['to a time before all events delivers everything', () => ({ time: new Date(0) }), 1],
    [
      'to a time after all events delivers nothing',
      (t) => ({ time: new Date(+timeOf(t, 10) + 1) }),
      undefined,
    ],
  ]
  for (const [title, target, first] of table) {
    it(title, async () => expect(await orderAfterReset(target)).toBe(first))
  }

  it('to cursors takes END for the newest event, and returns what it has set', async () => {
    const world = await createWorld({ partitions: 2 })
    const { client, id } = await subscribed(world)
    const end = { event_type: ORDER_PLACED, partition: '1', offset: 'END' }
    const set = await whileTimePasses(world.clock, client.subscriptions.reset(id, { cursors: [end] }))
    const { newest_available_offset } = await client.partitions.get(ORDER_PLACED, '1')
    expect(set).toEqual([{ ...end, offset: newest_available_offset }])
    expect((await client.subscriptions.cursors(id)).map(({ offset }) => offset)).toContain(
      newest_available_offset,
    )
  })

  it('moves only the partitions that are named', async () => {
    const world = await createWorld({ partitions: 2 })
    const { client, id } = await subscribed(world)
    const partitions = [{ event_type: ORDER_PLACED, partition: '1' }]
    const set = await whileTimePasses(world.clock, client.subscriptions.reset(id, 'end', { partitions }))
    expect(set.map(({ partition }) => partition)).toEqual(['1'])
  })

  it('refuses partitions that there are not, and times that are none', async () => {
    const world = await createWorld()
    const { client, id } = await subscribed(world)
    const nowhere = { event_type: ORDER_PLACED, partition: '7' }
    const { subscriptions } = client
    await expect(subscriptions.reset(id, 'end', { partitions: [nowhere] })).rejects.toThrow(/no partition 7/)
    await expect(subscriptions.reset(id, { cursors: [{ ...nowhere, offset: 'END' }] })).rejects.toMatchObject(
      { code: 'invalid-argument' },
    )
    await expect(subscriptions.reset(id, { time: new Date('?') })).rejects.toThrow(
      /time must be a valid Date/,
    )
  })

  it('refuses while somebody consumes, and moves nothing', async () => {
    const world = await createWorld()
    const { client, id } = await subscribed(world)
    const consumer = await consuming(client, world)
    await expect(client.subscriptions.reset(id, 'end')).rejects.toMatchObject({
      code: 'conflict',
      outcome: 'not-sent',
      message: expect.stringContaining('being consumed by 1 streams. Stop its consumers first, or set force'),
    })
    await whileTimePasses(world.clock, consumer.close())
  })

  it('closes the streams when it is forced to', async () => {
    const world = await createWorld()
    const { client, id } = await subscribed(world)
    const consumer = await consuming(client, world)
    const reset = client.subscriptions.reset(id, 'end', { force: true })
    await whileTimePasses(world.clock, reset)
    expect((await client.subscriptions.cursors(id)).map(({ offset }) => offset)).toEqual(
      (await reset).map(({ offset }) => offset),
    )
    await whileTimePasses(world.clock, consumer.close())
  })

  it('waits while another reset is going on, as long as it has patience', async () => {
    const world = await createWorld()
    const { id } = await subscribed(world)
    const busyUntil = world.clock.now() + 30_000
    const busy: Fetch = async (url, init) =>
      init.method === 'PATCH' && world.clock.now() < busyUntil
        ? problem(409, 'Cursors reset is already in progress for provided subscription')
        : world.fetch(url, init)
    const { subscriptions } = createClient({ baseUrl, clock: world.clock, fetch: busy })
    const impatient = subscriptions.reset(id, 'begin', { patienceMs: 10_000 })
    await expect(whileTimePasses(world.clock, impatient)).rejects.toMatchObject({ code: 'conflict' })
    await whileTimePasses(world.clock, subscriptions.reset(id, 'begin'))
    expect(world.clock.now()).toBeGreaterThanOrEqual(busyUntil)
  })
})

/** A consumer that holds a stream and commits nothing. */
async function consuming(client: Client, { clock }: World) {
  const consumer = createConsumer<Orders>(client, [ORDER_PLACED], {
    owningApplication: 'billing',
    readFrom: 'begin',
    batchLimit: 100,
  })
  const batches = consumer[Symbol.asyncIterator]()
  await whileTimePasses(clock, batches.next())
  return consumer
}
