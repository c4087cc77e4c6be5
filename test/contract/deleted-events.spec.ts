import { expect } from 'vitest'
import { detailOf, itemsOf } from './answers.ts'
import { anOrder, chosenPartition, eid, ORDER_PLACED, offset, someMetadata } from './builders.ts'
import { contract } from './contract.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`
const DELETED = `/event-types/${ORDER_PLACED}/deleted-events`
const compacted = { cleanup_policy: 'compact' } as const

function orderOf(key: string, n: number) {
  return anOrder(n, {}, { partition_compaction_key: key })
}

contract('deleting events', (it) => {
  it('leaves a gap in the offsets and nothing else', async (world) => {
    await world.createEventType(compacted)
    await world.publish([orderOf('a', 1)])
    const response = await world.post(DELETED, [orderOf('a', 2), orderOf('b', 3)])
    expect([response.status, await response.text()]).toEqual([200, ''])
    await world.publish([orderOf('a', 4)])
    const stream = await world.openStream(await world.createSubscription(), { max_uncommitted_events: 9 })
    const batches = await stream.batches(2)
    expect(batches.map(({ cursor }) => cursor.offset)).toEqual([offset(0), offset(3)])
  })

  it('does not ask whether the events are valid', async ({ createEventType, post }) => {
    await createEventType(compacted)
    const events = [{ metadata: { partition_compaction_key: 'a' }, order_number: 1 }]
    expect((await post(DELETED, events)).status).toBe(200)
  })

  it('aborts everything when the event type is not compacted', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(DELETED, [anOrder(1), {}])
    expect(response.status).toBe(422)
    const aborted = { publishing_status: 'aborted', step: 'none', detail: '', partition: null }
    expect(await itemsOf(response)).toEqual([
      { ...aborted, eid: eid(1) },
      { ...aborted, eid: '' },
    ])
  })

  const unreadable = [
    { given: '{}', want: 'Array of events should start with [ at position 0' },
    { given: '[{}]', want: 'JSONObject["metadata"] not found.' },
    { given: '[{"metadata":1}]', want: 'JSONObject["metadata"] is not a JSONObject.' },
    { given: '[{"metadata":{}}]', want: 'JSONObject["partition_compaction_key"] not found.' },
    {
      given: '[{"metadata":{"partition_compaction_key":1}}]',
      want: 'JSONObject["partition_compaction_key"] not a string.',
    },
  ]
  for (const { given, want } of unreadable) {
    it(`is refused with 400 when the body is ${given}`, async ({ createEventType, post }) => {
      await createEventType(compacted)
      const response = await post(DELETED, given)
      expect(response.status).toBe(400)
      expect(await detailOf(response)).toBe(`Error occurred when parsing event(s). ${want}`)
    })
  }

  it('is refused with 400 without a body', async ({ post }) => {
    expect((await post(DELETED, '')).status).toBe(400)
  })

  it('is refused with 404 when there is no such event type', async ({ post }) => {
    const response = await post(DELETED, [])
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })

  it('needs a partition for every event', async ({ createEventType, post }) => {
    await createEventType({ ...compacted, ...chosenPartition })
    const metadata = someMetadata(1, { partition: '7', partition_compaction_key: 'a' })
    const [item] = await itemsOf(await post(DELETED, [{ metadata }]))
    expect(item).toMatchObject({
      publishing_status: 'failed',
      step: 'partitioning',
      detail: 'Failed to resolve partition. Invalid partition specified when publishing event: 7',
    })
  })

  it('looks at the size of every event', async ({ createEventType, post }) => {
    await createEventType(compacted)
    const [item] = await itemsOf(await post(DELETED, [{ ...orderOf('a', 1), note: 'x'.repeat(999_000) }]))
    expect(item?.detail).toMatch(/^Event too large: \d+ bytes, max size is 999000 bytes$/)
  })

  it('does not look at consumer tags', async ({ createEventType, post }) => {
    await createEventType(compacted)
    expect((await post(DELETED, [orderOf('a', 1)], { 'X-CONSUMER-TAG': 'a' })).status).toBe(200)
  })
})

contract('publishing to a compacted event type', (it) => {
  it('needs a compaction key in every event', async ({ createEventType, post }) => {
    await createEventType(compacted)
    const [item] = await itemsOf(await post(EVENTS, [anOrder(1)]))
    expect(item?.detail).toBe('#/metadata: required key [partition_compaction_key] not found')
  })
})
