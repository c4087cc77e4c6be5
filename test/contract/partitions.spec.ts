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
