import type { Partition } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { ORDER_PLACED, offset, orders } from './builders.ts'
import { contract } from './contract.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

contract('the retention of an event type', (it) => {
  it('moves the oldest offset up when events are older than its retention time', async (world) => {
    const { clock, createEventType, publish, fetch } = world
    await createEventType({ options: { retention_time: 2 * DAY } })
    await publish(orders(1, 3))
    const partition = async () =>
      await jsonOf<Partition>(await fetch(`/event-types/${ORDER_PLACED}/partitions/0`))
    await clock.advance(2 * DAY - HOUR)
    expect((await partition()).oldest_available_offset).toBe(offset(0))
    await clock.advance(2 * HOUR)
    expect(await partition()).toEqual({
      partition: '0',
      oldest_available_offset: offset(3),
      newest_available_offset: offset(2),
    })
  })
})
