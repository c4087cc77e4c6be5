import type { Partition } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, itemsOf, jsonOf } from './answers.ts'
import { anOrder, aSchema, chosenPartition, eid, ORDER_PLACED, orders, someMetadata } from './builders.ts'
import { contract } from './contract.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`

contract('publishing', (it) => {
  it('answers 200 with an empty body when every event is stored', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(EVENTS, orders(1, 3))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  it('answers 200 to an empty array', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(EVENTS, [])
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('is refused with 404 when there is no such event type', async ({ post }) => {
    const response = await post(EVENTS, orders(1, 1))
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('EventType "order.placed" does not exist.')
  })

  it('looks at the body before the event type', async ({ post }) => {
    expect((await post(EVENTS, '{}')).status).toBe(400)
  })
})

contract('the body of a publishing request', (it) => {
  const refusals = [
    { given: '{}', want: 'Array of events should start with [ at position 0' },
    { given: ' \n{}', want: 'Array of events should start with [ at position 2' },
    { given: '[{}', want: 'Array of events should end with ] at position 2' },
    { given: '[1]', want: 'Illegal character at position 1' },
    { given: '[{} x]', want: 'Illegal character at position 4' },
    { given: '["x"]', want: 'Illegal character at position 1' },
    { given: '[{"a":1]', want: 'Unclosed object staring at 1 found.' },
    { given: '[{"a":1,}]', want: 'Not allowed to finish object with comma at pos 8' },
    { given: '[{"a":trux,"b":1}]', want: 'Expected true value at pos 9' },
    { given: '[{"a":nulx,"b":1}]', want: 'Expected null value at pos 9' },
    { given: '[{"a":tru}]', want: 'Unexpected end of data at pos 6' },
    { given: '[{"a" 1}]', want: 'Waiting for name-value separator : while parsing object at pos 6' },
    { given: '[{"a":1 2}]', want: "Unexpected symbol '2' while parsing object at pos 8" },
    { given: '[{"a":[1 2]}]', want: "Unexpected separator '2' at pos 9" },
    { given: '[{"a":}]', want: "Unexpected symbol '}' at pos 6" },
    { given: '[{"a":"b\nc"}]', want: 'Unterminated string at pos 8' },
    { given: '[{"a":"\\x"}]', want: 'Illegal escape. at pos 8' },
    { given: '[{"a":"\\u12g4"}]', want: 'Illegal codepoint 12g4 at pos 12' },
    {
      given: '[{"a":9223372036854775808}]',
      want: "Can not use long value '9223372036854775808' cause it is too big at pos 24",
    },
    { given: '[{"a":1e999}]', want: '1e999 can not be used at pos 10' },
    { given: '[{"a":1.2.3}]', want: "The provided value '1.2.3' cannot be parsed to float at pos 10" },
    { given: '[{"a":1,"a":2}]', want: 'Duplicate key "a"' },
  ]
  for (const { given, want } of refusals) {
    it(`is refused with its mistake when it is ${JSON.stringify(given)}`, async ({
      createEventType,
      post,
    }) => {
      await createEventType()
      const response = await post(EVENTS, given)
      expect(response.status).toBe(400)
      expect(await detailOf(response)).toBe(`Error occurred when parsing event(s). ${want}`)
    })
  }

  it('separates events by any mix of commas and white space', async ({ createEventType, post }) => {
    await createEventType({ category: 'undefined', enrichment_strategies: [], schema: aSchema({}) })
    expect((await post(EVENTS, ' [,,{}{} ,\r\n\t{}]\n')).status).toBe(200)
  })

  it('may have leading zeros and escaped apostrophes, which consumers never see', async (world) => {
    await world.createEventType()
    await world.post(
      EVENTS,
      `[${JSON.stringify(anOrder(1)).replace('order-1', "o\\'1").slice(0, -1)},"amount":007}]`,
    )
    const stream = await world.openStream(await world.createSubscription())
    expect((await stream.batch()).events).toMatchObject([{ order_number: "o'1", amount: 7 }])
  })

  for (const given of ['', ' \n']) {
    it(`is refused with 400 when it is ${JSON.stringify(given)}`, async ({ post }) => {
      expect((await post(EVENTS, given)).status).toBe(400)
    })
  }

  it('is read whatever its content type says', async ({ createEventType, post }) => {
    await createEventType()
    expect((await post(EVENTS, orders(1, 1), { 'content-type': 'text/plain' })).status).toBe(200)
  })
})

contract('a batch with an invalid event', (it) => {
  it('is refused with 422 and one item response per event', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(EVENTS, [anOrder(1), { metadata: someMetadata(2) }, anOrder(3)])
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    const detail = '#: required key [order_number] not found'
    expect(await response.json()).toEqual([
      { publishing_status: 'aborted', step: 'validating', detail: '', eid: eid(1), partition: null },
      { publishing_status: 'failed', step: 'validating', detail, eid: eid(2), partition: null },
      { publishing_status: 'aborted', step: 'none', detail: '', eid: eid(3), partition: null },
    ])
  })

  it('stores none of its events', async ({ createEventType, post, fetch }) => {
    await createEventType()
    await post(EVENTS, [anOrder(1), { metadata: someMetadata(2) }])
    const [partition] = await jsonOf<Partition[]>(await fetch(`/event-types/${ORDER_PLACED}/partitions`))
    expect(partition?.newest_available_offset).toBe('001-0001--1')
  })

  it('stops at the first one', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(EVENTS, [anOrder(1, { amount: '1' }), anOrder(2, { amount: '2' })])
    const items = await itemsOf(response)
    expect(items.map(({ publishing_status }) => publishing_status)).toEqual(['failed', 'aborted'])
  })

  it('reports an event that cannot be placed as partitioning', async ({ createEventType, post }) => {
    await createEventType({ partition_strategy: 'hash', partition_key_fields: ['customer'] })
    const response = await post(EVENTS, [anOrder(1, { customer: 'c1' }), anOrder(2), anOrder(3)])
    expect(response.status).toBe(422)
    const failed = {
      publishing_status: 'failed',
      step: 'partitioning',
      detail: "field customer doesn't exist.",
    }
    expect(await response.json()).toMatchObject([
      { publishing_status: 'aborted', step: 'partitioning', detail: '' },
      failed,
      { publishing_status: 'aborted', step: 'validating', detail: '' },
    ])
  })

  it('validates every event before it places the first', async ({ createEventType, post }) => {
    await createEventType({ partition_strategy: 'hash', partition_key_fields: ['customer'] })
    const response = await post(EVENTS, [anOrder(1), anOrder(2, { amount: '2' })])
    const items = await itemsOf(response)
    expect(items.map(({ publishing_status }) => publishing_status)).toEqual(['aborted', 'failed'])
  })
})

contract('an invalid event that cannot be reported', (it) => {
  const refusals = [
    { given: 'no metadata', event: { order_number: 1 }, want: 'JSONObject["metadata"] not found.' },
    { given: 'no eid', event: anOrder(1, { metadata: {} }), want: 'JSONObject["eid"] not found.' },
  ]
  for (const { given, event, want } of refusals) {
    it(`because it has ${given} is refused with 400`, async ({ createEventType, post }) => {
      await createEventType()
      const response = await post(EVENTS, [event])
      expect(response.status).toBe(400)
      expect(await detailOf(response)).toBe(`Error occurred when parsing event(s). ${want}`)
    })
  }
})

contract('an event', (it) => {
  const refusals = [
    {
      given: 'a wrong type',
      event: anOrder(1, { amount: '1' }),
      want: '#/amount: expected type: Number, found: String',
    },
    {
      given: 'an integer for a string',
      event: anOrder(1, { order_number: 1 }),
      want: '#/order_number: expected type: String, found: Integer',
    },
    {
      given: 'several mistakes',
      event: { metadata: someMetadata(1), amount: '1' },
      want: [
        '#: 2 schema violations found',
        '#: required key [order_number] not found',
        '#/amount: expected type: Number, found: String',
      ].join('\n'),
    },
    {
      given: 'metadata that only the broker may set',
      event: { ...anOrder(1), metadata: { ...someMetadata(1), received_at: '2026-01-01T00:00:00Z' } },
      want: '#/metadata: extraneous key [received_at] is not permitted',
    },
    {
      given: 'the name of another event type',
      event: anOrder(1, {}, { event_type: 'order.cancelled' }),
      want: '#/metadata/event_type: order.cancelled is not a valid enum value',
    },
  ]
  for (const { given, event, want } of refusals) {
    it(`is invalid when it has ${given}`, async ({ createEventType, post }) => {
      await createEventType()
      const [item] = await itemsOf(await post(EVENTS, [event]))
      expect(item?.detail).toBe(want)
    })
  }

  it('is invalid when it did not happen at an RFC 3339 time', async ({ createEventType, post }) => {
    await createEventType()
    const [item] = await itemsOf(await post(EVENTS, [anOrder(1, {}, { occurred_at: 'yesterday' })]))
    expect(item?.detail).toMatch(/^#\/metadata\/occurred_at:must be a valid date-time/)
  })

  it('may be of 999000 bytes', async ({ createEventType, post }) => {
    await createEventType()
    expect((await post(EVENTS, `[${orderOfBytes(999_000)}]`)).status).toBe(200)
  })

  it('may not be larger', async ({ createEventType, post }) => {
    await createEventType()
    const [item] = await itemsOf(await post(EVENTS, `[${orderOfBytes(999_001)}]`))
    expect(item).toMatchObject({
      publishing_status: 'failed',
      step: 'validating',
      detail: 'Event too large: 999001 bytes, max size is 999000 bytes',
    })
  })
})

contract('a data change event', (it) => {
  const dataChanges = { category: 'data' } as const
  const change = { metadata: someMetadata(1), data_type: 'order', data_op: 'C', data: { order_number: 'o1' } }

  it('carries the entity beside its operation and type', async ({ createEventType, post }) => {
    await createEventType(dataChanges)
    expect((await post(EVENTS, [change])).status).toBe(200)
  })

  const refusals = [
    {
      given: 'an operation',
      event: { ...change, data_op: 'X' },
      want: '#/data_op: X is not a valid enum value',
    },
    {
      given: 'the entity',
      event: { ...change, data: {} },
      want: '#/data: required key [order_number] not found',
    },
    { given: 'nothing else', event: { ...change, a: 1 }, want: '#: extraneous key [a] is not permitted' },
  ]
  for (const { given, event, want } of refusals) {
    it(`is checked to have ${given}`, async ({ createEventType, post }) => {
      await createEventType(dataChanges)
      const [item] = await itemsOf(await post(EVENTS, [event]))
      expect(item?.detail).toBe(want)
    })
  }
})

contract('a producer that chooses partitions', (it) => {
  it('must choose one that exists', async ({ createEventType, post }) => {
    await createEventType(chosenPartition)
    const [item] = await itemsOf(await post(EVENTS, [anOrder(1, {}, { partition: '7' })]))
    expect(item).toMatchObject({
      step: 'partitioning',
      detail: 'Failed to resolve partition. Invalid partition specified when publishing event: 7',
    })
  })

  it('must choose one', async ({ createEventType, post }) => {
    await createEventType(chosenPartition)
    const [item] = await itemsOf(await post(EVENTS, [anOrder(1)]))
    expect(item).toMatchObject({
      step: 'partitioning',
      detail: 'Failed to resolve partition. Failed to get partition from event metadata',
    })
  })
})

/** The text of an order that is so many bytes long in UTF-8. */
function orderOfBytes(bytes: number): string {
  // A character of two bytes, so that counting characters instead of bytes would be noticed.
  const text = JSON.stringify(anOrder(1, { note: 'é' }))
  return text.replace('é', `é${'x'.repeat(bytes - Buffer.byteLength(text))}`)
}
