import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import {
  anOrder,
  anOrderIn,
  BEFORE_FIRST,
  beforeFirst,
  chosenPartition,
  ORDER_PLACED,
  offset,
  orders,
  partitions,
} from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { World } from './world.ts'

const PATH = `/event-types/${ORDER_PLACED}/events`
const BEGIN = [{ partition: '0', offset: 'BEGIN' }]
const HOUR_MS = 3_600_000

function ask({ fetch }: World, query: string, cursors?: string): Promise<Response> {
  const headers: Record<string, string> = cursors === undefined ? {} : { 'x-nakadi-cursors': cursors }
  return fetch(`${PATH}?${query}`, { headers })
}

/** An event type with orders 1 to `count` in its only partition. */
async function withOrders(world: World, count: number): Promise<void> {
  await world.createEventType()
  if (count > 0) await world.publish(orders(1, count))
}

contract('a low-level stream', (it) => {
  it('warns that it is deprecated', async (world) => {
    await withOrders(world, 0)
    const { response } = await world.openEventStream()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-json-stream')
    expect(response.headers.get('warning')).toBe(
      '299 - nakadi - the Low-level API is deprecated and will be removed from a future release. Please consider migrating to the Subscriptions API.',
    )
  })

  it('starts at the present end without cursors', async (world) => {
    await withOrders(world, 3)
    const stream = await world.openEventStream()
    await world.publish(orders(4, 4))
    expect(numbers(await stream.batch())).toEqual(['order-4'])
  })

  it('starts after its cursors, in their partitions only', async (world) => {
    await world.createEventType({ ...partitions(2), ...chosenPartition })
    await world.publish([anOrderIn('0', 1), anOrderIn('1', 2), anOrderIn('1', 3)])
    const stream = await world.openEventStream('batch_flush_timeout=1&stream_timeout=2', [
      { partition: '1', offset: offset(0) },
    ])
    await world.clock.advance(2000)
    const batches = await stream.rest()
    expect(batches.flatMap(numbers)).toEqual(['order-3'])
    expect(new Set(batches.map(({ cursor }) => cursor.partition))).toEqual(new Set(['1']))
  })

  for (const given of ['BEGIN', 'begin', BEFORE_FIRST, '-1']) {
    it(`starts at the beginning with the offset ${given}`, async (world) => {
      await withOrders(world, 1)
      const stream = await world.openEventStream('', [{ partition: '0', offset: given }])
      expect(numbers(await stream.batch())).toEqual(['order-1'])
    })
  }

  it('writes lines of a cursor and the events up to it', async (world) => {
    await withOrders(world, 2)
    const stream = await world.openEventStream('batch_limit=2', BEGIN)
    const line = await stream.line()
    const head = `{"cursor":{"partition":"0","offset":"${offset(1)}"},"events":[{"metadata":{`
    expect(line.slice(0, head.length)).toBe(head)
    expect(line.endsWith('}]}')).toBe(true)
  })

  it('keeps the connection alive with cursors that stay where they are', async (world) => {
    await withOrders(world, 1)
    const stream = await world.openEventStream('batch_flush_timeout=1&stream_timeout=10')
    await world.clock.advance(1000)
    expect(await stream.line()).toBe(`{"cursor":{"partition":"0","offset":"${offset(0)}"}}`)
    await world.publish(orders(2, 2))
    expect(await stream.batch()).toMatchObject({ cursor: { offset: offset(1) } })
    await world.clock.advance(1000)
    expect(await stream.line()).toBe(`{"cursor":{"partition":"0","offset":"${offset(1)}"}}`)
  })

  it('reads on across timelines', async (world) => {
    await withOrders(world, 2)
    await world.switchTimeline()
    await world.switchTimeline()
    await world.publish(orders(3, 3))
    const stream = await world.openEventStream('', [{ partition: '0', offset: offset(0) }])
    expect((await stream.batches(2)).map(({ cursor }) => cursor.offset)).toEqual([offset(1), offset(0, 3)])
    await world.switchTimeline()
    await world.publish(orders(4, 4))
    expect(await stream.batch()).toMatchObject({ cursor: { offset: offset(0, 4) } })
  })

  it('is told the beginning of the newer timeline until it has got an event', async (world) => {
    await withOrders(world, 2)
    await world.switchTimeline()
    for (const given of [undefined, offset(1), beforeFirst(2)]) {
      const cursors = given === undefined ? undefined : [{ partition: '0', offset: given }]
      const stream = await world.openEventStream('batch_flush_timeout=1&stream_timeout=10', cursors)
      await world.clock.advance(1000)
      expect(await stream.line()).toBe(`{"cursor":{"partition":"0","offset":"${beforeFirst(2)}"}}`)
    }
  })

  it('goes on after the end of a closed timeline', async (world) => {
    await withOrders(world, 2)
    await world.switchTimeline()
    await world.publish(orders(3, 3))
    const stream = await world.openEventStream('', [{ partition: '0', offset: offset(1) }])
    expect(numbers(await stream.batch())).toEqual(['order-3'])
  })

  it('leaves out the events that are meant for one subscription', async (world) => {
    await withOrders(world, 1)
    const { id } = await world.createSubscription()
    const tag = { 'x-consumer-tag': `consumer_subscription_id=${id}` }
    expect((await world.post(PATH, orders(2, 2), tag)).status).toBe(200)
    await world.publish(orders(3, 3))
    const stream = await world.openEventStream('', BEGIN)
    expect((await stream.batches(2)).map(({ cursor }) => cursor.offset)).toEqual([offset(0), offset(2)])
  })

  it('leaves out deletions', async (world) => {
    await world.createEventType({ cleanup_policy: 'compact' })
    const keyed = (n: number) => anOrder(n, {}, { partition_compaction_key: 'key' })
    await world.publish([keyed(1)])
    const deletion = await world.post(`/event-types/${ORDER_PLACED}/deleted-events`, [keyed(2)])
    expect(deletion.status).toBe(200)
    await world.publish([keyed(3)])
    const stream = await world.openEventStream('', BEGIN)
    expect((await stream.batches(2)).map(({ cursor }) => cursor.offset)).toEqual([offset(0), offset(2)])
  })

  it('is one of many: each gets every event', async (world) => {
    await withOrders(world, 1)
    const streams = await Promise.all([world.openEventStream('', BEGIN), world.openEventStream('', BEGIN)])
    const batches = await Promise.all(streams.map((stream) => stream.batch()))
    expect(batches.map(numbers)).toEqual([['order-1'], ['order-1']])
  })
})

contract('a batch of a low-level stream', (it) => {
  it('holds one event unless the client asks for more', async (world) => {
    await withOrders(world, 2)
    const stream = await world.openEventStream('', BEGIN)
    expect((await stream.batches(2)).map(numbers)).toEqual([['order-1'], ['order-2']])
  })

  it('is sent when it is full', async (world) => {
    await withOrders(world, 5)
    const stream = await world.openEventStream('batch_limit=2', BEGIN)
    expect((await stream.batches(2)).map((batch) => numbers(batch).length)).toEqual([2, 2])
  })

  it('is sent after 30 seconds although it is not full', async (world) => {
    await withOrders(world, 1)
    const stream = await world.openEventStream('batch_limit=2&batch_flush_timeout=0', BEGIN)
    const batch = stream.batch()
    await world.clock.advance(29_999)
    await world.publish(orders(2, 2))
    expect(numbers(await batch)).toEqual(['order-1', 'order-2'])
    const next = stream.line()
    await world.clock.advance(30_000)
    expect(await next).not.toContain('events')
  })
})

contract('a low-level stream ends', (it) => {
  it('after its timeout, with what it has', async (world) => {
    await withOrders(world, 1)
    const stream = await world.openEventStream(
      'batch_limit=5&batch_flush_timeout=10&stream_timeout=10',
      BEGIN,
    )
    await world.clock.advance(10_000)
    expect((await stream.rest()).map(numbers)).toEqual([['order-1']])
  })

  it('after the number of events that the client asked for', async (world) => {
    await withOrders(world, 5)
    const stream = await world.openEventStream('batch_limit=2&stream_limit=3', BEGIN)
    expect((await stream.rest()).map(numbers)).toEqual([['order-1', 'order-2'], ['order-3']])
  })

  it('after so many empty batches on every partition', async (world) => {
    await world.createEventType(partitions(2))
    const stream = await world.openEventStream('batch_flush_timeout=1&stream_keep_alive_limit=2')
    await world.clock.advance(2000)
    expect(await stream.rest()).toHaveLength(4)
  })

  it('not before every partition has been empty that long', async (world) => {
    await world.createEventType({ ...partitions(2), ...chosenPartition })
    const stream = await world.openEventStream('batch_flush_timeout=1&stream_keep_alive_limit=2')
    await world.clock.advance(1000)
    await world.publish([anOrderIn('1', 1)])
    await world.clock.advance(1000)
    await world.clock.advance(1000)
    const batches = await stream.rest()
    expect(batches.filter(({ events }) => events !== undefined)).toHaveLength(1)
    expect(batches.filter(({ cursor }) => cursor.partition === '1')).toHaveLength(4)
  })

  it('when its event type is deleted', async (world) => {
    await withOrders(world, 1)
    const stream = await world.openEventStream('', BEGIN)
    await stream.batch()
    await world.fetch(`/event-types/${ORDER_PLACED}`, { method: 'DELETE' })
    expect(await stream.rest()).toEqual([])
  })

  it('when its event type is blocked', async (world) => {
    await withOrders(world, 1)
    const stream = await world.openEventStream('', BEGIN)
    await stream.batch()
    await world.fetch(`/settings/blacklist/CONSUMER_ET/${ORDER_PLACED}`, { method: 'PUT' })
    expect(await stream.rest()).toEqual([])
    const response = await ask(world, '')
    expect([response.status, await detailOf(response)]).toEqual([403, 'Application or event type is blocked'])
  })

  it('after at least 3000 seconds when the client asks for a time that is not possible', async (world) => {
    await withOrders(world, 0)
    const query = 'batch_flush_timeout=1000&stream_timeout=4201'
    const stream = await world.openEventStream(query)
    await world.clock.advance(4_200_000)
    const batches = await stream.rest()
    expect([3, 4]).toContain(batches.length)
  })
})

contract('a request for a low-level stream', (it) => {
  it('is refused with 404 for an unknown event type', async (world) => {
    const response = await ask(world, '')
    expect([response.status, await detailOf(response)]).toEqual([404, 'topic not found'])
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  for (const parameter of [
    'batch_limit',
    'stream_limit',
    'batch_flush_timeout',
    'stream_timeout',
    'stream_keep_alive_limit',
  ]) {
    it(`is refused with 400 when ${parameter} is no integer`, async (world) => {
      await withOrders(world, 0)
      expect((await ask(world, `${parameter}=many`)).status).toBe(400)
      expect((await ask(world, `${parameter}=2147483648`)).status).toBe(400)
    })
  }

  for (const cursors of ['{}', 'BEGIN', '[{"partition":"0"', '["0"]', 'null']) {
    it(`is refused with 400 for the cursors ${cursors}`, async (world) => {
      await withOrders(world, 0)
      const response = await ask(world, 'stream_timeout=1', cursors)
      expect([response.status, await detailOf(response)]).toEqual([
        400,
        'incorrect syntax of X-nakadi-cursors header',
      ])
    })
  }

  const unavailable = (given: string, partition = '0', eventType = ORDER_PLACED) =>
    `offset ${given} for partition ${partition} event type ${eventType} is unavailable as retention time of data elapsed. PATCH partition offset with valid and available offset`
  const refusals = [
    { cursors: [], detail: 'invalid cursor format, partition: null offset: null' },
    { cursors: [{ offset: 'BEGIN' }], detail: 'partition must not be null' },
    { cursors: [{ partition: '0' }], detail: 'offset must not be null' },
    { cursors: [{ partition: '9', offset: 'BEGIN' }], detail: 'non existing partition 9' },
    { cursors: [{ partition: '9', offset: '0' }], detail: 'non existing partition 9' },
    { cursors: [{ partition: '0', offset: 'END' }], detail: 'invalid offset END for partition 0' },
    {
      cursors: [{ partition: '0', offset: '001-0001-x' }],
      detail: 'invalid offset null for partition null',
    },
    { cursors: [{ partition: '0', offset: offset(1) }], detail: unavailable(offset(1)) },
    { cursors: [{ partition: '0', offset: '-2' }], detail: unavailable('-2') },
    { cursors: [{ partition: '0', offset: offset(0, 7) }], detail: unavailable('null', 'null') },
  ]
  for (const { cursors, detail } of refusals) {
    it(`is refused with 412 for the cursors ${JSON.stringify(cursors)}`, async (world) => {
      await withOrders(world, 1)
      const response = await ask(world, 'stream_timeout=1', JSON.stringify(cursors))
      expect([response.status, await detailOf(response)]).toEqual([412, detail])
    })
  }

  it('is refused with 412 for events that have expired', async (world) => {
    await world.createEventType({ options: { retention_time: 3 * HOUR_MS } })
    await world.publish(orders(1, 2))
    await world.clock.advance(4 * HOUR_MS)
    const response = await ask(world, '', JSON.stringify([{ partition: '0', offset: BEFORE_FIRST }]))
    expect([response.status, await detailOf(response)]).toEqual([412, unavailable(BEFORE_FIRST)])
    const stream = await world.openEventStream('', BEGIN)
    await world.publish(orders(3, 3))
    expect(await stream.batch()).toMatchObject({ cursor: { offset: offset(2) } })
  })

  it('is refused with 412 for a timeline whose events are gone', async (world) => {
    await world.createEventType({ options: { retention_time: 3 * HOUR_MS } })
    await world.publish(orders(1, 2))
    await world.switchTimeline()
    await world.clock.advance(4 * HOUR_MS)
    const response = await ask(world, '', JSON.stringify([{ partition: '0', offset: offset(0) }]))
    expect([response.status, await detailOf(response)]).toEqual([412, unavailable(offset(0))])
  })

  it('is refused with 422 for two cursors of one partition', async (world) => {
    await withOrders(world, 1)
    const response = await ask(world, '', JSON.stringify([...BEGIN, ...BEGIN]))
    expect(response.status).toBe(422)
  })

  const contradictions = [
    { query: 'stream_limit=1&batch_limit=2', detail: "stream_limit can't be lower than batch_limit" },
    { query: 'stream_timeout=5', detail: "stream_timeout can't be lower than batch_flush_timeout" },
    {
      query: 'stream_timeout=5&batch_flush_timeout=6',
      detail: "stream_timeout can't be lower than batch_flush_timeout",
    },
    { query: 'batch_limit=0', detail: "batch_limit can't be lower than 1" },
    { query: 'batch_limit=-1', detail: "batch_limit can't be lower than 1" },
  ]
  for (const { query, detail } of contradictions) {
    it(`is refused with 422 for ${query}`, async (world) => {
      await withOrders(world, 0)
      const response = await ask(world, query)
      expect([response.status, await detailOf(response)]).toEqual([422, detail])
    })
  }
})
