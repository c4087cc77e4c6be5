import type { Client, EventProducer, EventTypeConstant, ProducerOptions } from '@rioni/client/codegen-v1'
import type { EventMetadata } from '@rioni/protocol'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  CustomerProducer,
  customerEventType,
  customerValidator,
  EventsConsumer,
  eventTypes,
  OrderPlacedConsumer,
  OrderPlacedProducer,
  orderPlacedValidator,
  producers,
} from './generated-code.ts'
import { createWorld, orderPlaced, whileTimePasses } from './world.ts'

describe('generated code', () => {
  it('publishes and consumes its own types', async () => {
    const { client, clock } = await createWorld()
    await using producer = new OrderPlacedProducer(client(), { lingerMs: 0 })
    expect(await producer.publish({ n: 1 })).toMatchObject({ status: 'submitted' })
    expect(await producer.publish([{ n: 2 }, { n: 3 }])).toHaveLength(2)

    const consumer = new OrderPlacedConsumer(client(), { owningApplication: 'billing', readFrom: 'begin' })
    const { value: batch } = await whileTimePasses(clock, consumer[Symbol.asyncIterator]().next())
    expect(batch?.events.map(({ n }) => n)).toEqual([1, 2, 3])
    expectTypeOf(batch?.events[0]?.metadata).toEqualTypeOf<EventMetadata | undefined>()
    await batch?.commit()
    await consumer.close()
    expect(consumer.connection.kind).toBe('closed')
  })

  it('tells the event types of one subscription apart by eventType (row 11)', async () => {
    const { client, clock } = await createWorld()
    await client().eventTypes.create({ ...orderPlaced(), ...customer })
    await new OrderPlacedProducer(client(), { lingerMs: 0 }).publish({ n: 1 })
    await new CustomerProducer(client(), { lingerMs: 0 }).publish({
      data_type: 'customer',
      data_op: 'C',
      data: { id: 'c1' },
    })

    const consumer = new EventsConsumer(client(), { owningApplication: 'billing', readFrom: 'begin' })
    const batches = consumer[Symbol.asyncIterator]()
    const seen: (string | number)[] = []
    for (let count = 0; count < 2; count++) {
      const { value: batch } = await whileTimePasses(clock, batches.next())
      if (batch?.eventType === 'order.order-placed') seen.push(...batch.events.map(({ n }) => n))
      else if (batch !== undefined) seen.push(...batch.events.map(({ data }) => data.id))
      await batch?.commit()
    }
    expect(seen.sort()).toEqual([1, 'c1'])
    await consumer.close()
  })

  it('has a handler per event type, each of its own event (row 20)', async () => {
    const { client, clock } = await createWorld()
    await client().eventTypes.create({ ...orderPlaced(), ...customer })
    await new OrderPlacedProducer(client(), { lingerMs: 0 }).publish({ n: 1 })
    const record = { data_type: 'customer', data_op: 'C', data: { id: 'c1' } } as const
    await new CustomerProducer(client(), { lingerMs: 0 }).publish(record)

    const consumer = new EventsConsumer(client(), { owningApplication: 'billing', readFrom: 'begin' })
    const seen: (string | number)[] = []
    const add = (value: string | number) => {
      seen.push(value)
      if (seen.length === 2) void consumer.close()
    }
    const run = consumer.runEach({
      'order.order-placed': ({ event }) => add(event.n),
      'customer.customer': ({ event }) => add(event.data.id),
    })
    await whileTimePasses(clock, run)
    expect(seen.toSorted()).toEqual([1, 'c1'])
  })

  it('has several requests in flight by the key that the broker hashes, without a word about it', async () => {
    const { client } = await createWorld()
    await using producer = new OrderPlacedProducer(client(), { maxInFlight: 4, lingerMs: 0 })
    expect(await producer.publish({ n: 1 })).toMatchObject({ status: 'submitted' })
    expect(() => new CustomerProducer(client(), { maxInFlight: 4 })).toThrow(/orderingKey/)
  })

  it('knows its event in the functions of its options', async () => {
    const { client } = await createWorld()
    await using producer = new OrderPlacedProducer(client(), {
      lingerMs: 0,
      orderingKey: ({ n }) => `${n % 2}`,
      metadata: ({ n }) => ({ flow_id: `order-${n}` }),
    })
    expect(await producer.publish({ n: 1 })).toMatchObject({ status: 'submitted' })
  })

  it('validates with its own validator, and does not compile with that of another event type', async () => {
    const { client } = await createWorld()
    const options = { validator: orderPlacedValidator, lingerMs: 0 }
    await using producer = new OrderPlacedProducer(client(), options)
    expect(await producer.publish([{ n: 1 }, { n: -1 }])).toMatchObject([
      { status: 'submitted' },
      { status: 'rejected', step: 'validating', detail: '/n must be >= 0' },
    ])
    // @ts-expect-error - a customer is no order
    await new OrderPlacedProducer(client(), { validator: customerValidator }).close()
  })

  it('is open to code that works with every event type', () => {
    expectTypeOf<(typeof eventTypes)[keyof typeof eventTypes]>().toExtend<EventTypeConstant>()
    expectTypeOf<(typeof producers)[keyof typeof producers]>().toExtend<
      new (
        client: Client,
        options?: Omit<ProducerOptions, 'validator'>,
      ) => Pick<EventProducer<never>, 'flush' | 'close'>
    >()
    expect(Object.keys(producers)).toEqual(Object.keys(eventTypes))
  })

  it('does not compile with an event of another type', async () => {
    const { client } = await createWorld()
    const producer = new OrderPlacedProducer(client(), { lingerMs: 0 })
    // @ts-expect-error - an order has a number, not a text
    expect(await producer.publish({ n: 'one' })).toMatchObject({ status: 'rejected' })
    // @ts-expect-error - without a subscription it must say for which application it creates one
    expect(() => new OrderPlacedConsumer(client(), {})).toThrow(/owningApplication/)
  })
})

const customer = {
  ...customerEventType,
  partition_strategy: 'random',
  partition_key_fields: [],
  schema: { type: 'json_schema', schema: '{"properties":{"id":{"type":"string"}}}' },
} as const
