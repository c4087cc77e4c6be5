import type { Partition } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import {
  anOrderIn,
  BEFORE_FIRST,
  chosenPartition,
  ORDER_PLACED,
  offset,
  orders,
  partitions,
} from './builders.ts'
import { contract } from './contract.ts'

const HOUR_MS = 3_600_000

/** The path of the partitions with a cursor for each pair of a partition and an offset. */
function path(...pairs: readonly string[]): string {
  const cursors = pairs.flatMap((partition, index) =>
    index % 2 === 0 ? [{ partition, offset: pairs[index + 1] }] : [],
  )
  return `/event-types/${ORDER_PLACED}/partitions?cursors=${encodeURIComponent(JSON.stringify(cursors))}`
}

contract('the partitions of an event type', (it) => {
  const counts = [
    { given: 'no statistics', eventType: {}, want: 1 },
    { given: 'three readers', eventType: partitions(3), want: 3 },
    { given: 'more readers than the broker allows', eventType: partitions(20), want: 8 },
  ]
  for (const { given, eventType, want } of counts) {
    it(`are ${want} for ${given}`, async ({ createEventType, fetch }) => {
      await createEventType(eventType)
      const response = await fetch(`/event-types/${ORDER_PLACED}/partitions`)
      expect(response.status).toBe(200)
      expect(await response.json()).toHaveLength(want)
    })
  }

  it('begin at offset zero and before it', async ({ createEventType, fetch }) => {
    await createEventType()
    expect(await (await fetch(`/event-types/${ORDER_PLACED}/partitions`)).json()).toEqual([
      { partition: '0', oldest_available_offset: offset(0), newest_available_offset: BEFORE_FIRST },
    ])
  })

  it('end at their last events', async ({ createEventType, publish, fetch }) => {
    await createEventType({ ...partitions(2), ...chosenPartition })
    await publish([anOrderIn('1', 1), anOrderIn('1', 2)])
    const list = await (await fetch(`/event-types/${ORDER_PLACED}/partitions`)).json()
    expect(list).toContainEqual({
      partition: '1',
      oldest_available_offset: offset(0),
      newest_available_offset: offset(1),
    })
  })

  it('are read one by one', async ({ createEventType, publish, fetch }) => {
    await createEventType({ ...partitions(2), ...chosenPartition })
    await publish([anOrderIn('1', 1)])
    expect(await (await fetch(`/event-types/${ORDER_PLACED}/partitions/1`)).json()).toEqual({
      partition: '1',
      oldest_available_offset: offset(0),
      newest_available_offset: offset(0),
    })
  })

  it('tell how much there is to consume after an offset', async ({ createEventType, publish, fetch }) => {
    await createEventType()
    await publish(orders(1, 5))
    const path = `/event-types/${ORDER_PLACED}/partitions/0?consumed_offset=${offset(1)}`
    expect(await jsonOf<Partition>(await fetch(path))).toMatchObject({ unconsumed_events: 3 })
  })

  it('come last, with what there is to consume, when the client has a cursor', async (world) => {
    const { createEventType, publish, fetch } = world
    await createEventType({ ...partitions(3), ...chosenPartition })
    await publish([anOrderIn('0', 1), anOrderIn('0', 2)])
    const response = await fetch(path('0', offset(0), '2', 'BEGIN'))
    expect(await response.json()).toEqual([
      { partition: '1', oldest_available_offset: offset(0), newest_available_offset: BEFORE_FIRST },
      {
        partition: '0',
        oldest_available_offset: offset(0),
        newest_available_offset: offset(1),
        unconsumed_events: 1,
      },
      {
        partition: '2',
        oldest_available_offset: offset(0),
        newest_available_offset: BEFORE_FIRST,
        unconsumed_events: 0,
      },
    ])
  })

  it('range over all timelines that have events', async ({
    createEventType,
    publish,
    fetch,
    switchTimeline,
  }) => {
    await createEventType()
    await publish(orders(1, 2))
    await switchTimeline()
    await publish(orders(3, 3))
    await switchTimeline()
    const response = await fetch(`/event-types/${ORDER_PLACED}/partitions/0?consumed_offset=${offset(0)}`)
    expect(await response.json()).toEqual({
      partition: '0',
      oldest_available_offset: offset(0),
      newest_available_offset: offset(0, 2),
      unconsumed_events: 2,
    })
  })

  it('begin at the oldest timeline even if it is empty', async ({
    createEventType,
    fetch,
    switchTimeline,
  }) => {
    await createEventType()
    await switchTimeline()
    expect(await (await fetch(`/event-types/${ORDER_PLACED}/partitions/0`)).json()).toEqual({
      partition: '0',
      oldest_available_offset: offset(0),
      newest_available_offset: BEFORE_FIRST,
    })
  })

  it('begin at the first event that has not expired', async ({ clock, createEventType, fetch, publish }) => {
    await createEventType({ options: { retention_time: 3 * HOUR_MS } })
    await publish(orders(1, 2))
    await clock.advance(4 * HOUR_MS)
    await publish(orders(3, 3))
    const response = await fetch(`/event-types/${ORDER_PLACED}/partitions/0?consumed_offset=BEGIN`)
    expect(await response.json()).toMatchObject({
      oldest_available_offset: offset(2),
      newest_available_offset: offset(2),
      unconsumed_events: 1,
    })
  })

  const malformed = [
    { cursors: '0', detail: 'malformed cursors' },
    { cursors: '[{"partition":', detail: 'malformed cursors' },
    { cursors: '[1]', detail: 'malformed cursors' },
    { cursors: '[{"offset":"0"}]', detail: 'partition must not be null' },
    { cursors: '[{"partition":"","offset":"0"}]', detail: 'partition must not be null' },
    { cursors: '[{"partition":"0"}]', detail: 'offset must not be null' },
    { cursors: '[{"partition":"0","offset":""}]', detail: 'offset must not be null' },
    {
      cursors: '[{"partition":"0","offset":"0"},{"partition":"0","offset":"0"}]',
      detail: 'duplicate partition ids provided in cursors',
    },
    { cursors: '[{"partition":"9","offset":"0"}]', detail: 'invalid consumed_offset or partition' },
    { cursors: '[{"partition":"9","offset":"BEGIN"}]', detail: 'problem converting cursors' },
    { cursors: '[{"partition":"0","offset":"END"}]', detail: 'problem converting cursors' },
  ]
  for (const { cursors, detail } of malformed) {
    it(`are refused with 422 for the cursors ${cursors}`, async ({ createEventType, fetch }) => {
      await createEventType()
      const query = `cursors=${encodeURIComponent(cursors)}`
      const response = await fetch(`/event-types/${ORDER_PLACED}/partitions?${query}`)
      expect([response.status, await detailOf(response)]).toEqual([422, detail])
    })
  }

  const consumed = [
    { partition: '9', given: '0', detail: 'invalid consumed_offset or partition' },
    { partition: '9', given: 'BEGIN', detail: 'problem converting cursors' },
    { partition: '0', given: 'END', detail: 'problem converting cursors' },
    { partition: '0', given: offset(0, 7), detail: 'problem converting cursors' },
  ]
  for (const { partition, given, detail } of consumed) {
    it(`are refused with 422 for offset ${given} of ${partition}`, async ({ createEventType, fetch }) => {
      await createEventType()
      const path = `/event-types/${ORDER_PLACED}/partitions/${partition}?consumed_offset=${given}`
      const response = await fetch(path)
      expect([response.status, await detailOf(response)]).toEqual([422, detail])
    })
  }

  it('are unknown with 404 when there is no such partition', async ({ createEventType, fetch }) => {
    await createEventType()
    const response = await fetch(`/event-types/${ORDER_PLACED}/partitions/1`)
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('partition not found')
  })

  it('are unknown with 404 when there is no such event type', async ({ fetch }) => {
    const response = await fetch('/event-types/order.cancelled/partitions')
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('EventType "order.cancelled" does not exist.')
  })
})
