// Dead letters that go to another event type.

import {
  createProducer,
  type DeadLetterEvent,
  type DeadLetterProducer,
  deadLettersTo,
  type HandlerFailure,
  type PublishOutcome,
} from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { consumerOf, uncommitted, worldWithOrders } from './orders-world.ts'
import { ORDER_PLACED, type Order, orderPlaced, whileTimePasses } from './world.ts'

const failure: HandlerFailure = {
  eventType: ORDER_PLACED,
  partition: '0',
  cursor: { event_type: ORDER_PLACED, partition: '0', offset: '7', cursor_token: 't' },
  events: [{ n: 1, metadata: { eid: 'a' } }, { n: 2 }],
  attempts: 5,
  error: new Error('poison'),
}

const submitted: PublishOutcome = { status: 'submitted', eid: 'x', maybeDuplicated: false }
const rejected: PublishOutcome = { status: 'rejected', eid: 'x', step: 'publishing', detail: 'no room' }

/** A producer that answers as told, and remembers what it was given. */
function answering<Letter>(...answers: readonly (readonly PublishOutcome[])[]) {
  const published: Letter[][] = []
  const producer: DeadLetterProducer<Letter> = {
    publish: async (letters) => answers[published.push([...letters]) - 1] ?? [],
  }
  return { producer, published }
}

describe('dead letters to another event type', () => {
  it('are events of that type, with what failed and why (row 9)', async () => {
    const world = await worldWithOrders(5)
    const client = world.client()
    const schema = { type: 'json_schema', schema: '{}' } as const
    await client.eventTypes.create({
      ...orderPlaced(),
      name: 'order.dead',
      partition_strategy: 'random',
      schema,
    })
    const producer = createProducer<DeadLetterEvent>(client, 'order.dead', { lingerMs: 0 })
    const consumer = consumerOf(client, { consumerGroup: 'main' })
    let seen = 0
    const run = consumer.runEach(
      ({ event }) => {
        if (event.n === 2) throw new Error('poison')
        seen += 1
      },
      { retry: { maxAttempts: 1 }, onFailure: 'dead-letter', deadLetter: deadLettersTo(producer) },
    )
    while (seen < 4) await world.clock.advance(100)
    await whileTimePasses(world.clock, Promise.all([consumer.close(), run]))
    expect(await uncommitted(world)).toBe(0)

    const partitions = await client.partitions.list('order.dead')
    expect(partitions.map(({ newest_available_offset }) => newest_available_offset).join()).toMatch(/0$/)
  })

  it('hold the event with its place and its error, and its eid, so that a repetition can be told', async () => {
    const { producer, published } = answering<DeadLetterEvent>([submitted, submitted])
    await deadLettersTo(producer)(failure)
    const place = { event_type: ORDER_PLACED, partition: '0', offset: '7' }
    const common = { ...place, attempts: 5, error: { message: 'poison' } }
    expect(published).toEqual([
      [
        { ...common, event: failure.events[0], metadata: { eid: 'a', parent_eids: ['a'] } },
        { ...common, event: { n: 2 } },
      ],
    ])
  })

  it('may be something else, by a function', async () => {
    const { producer, published } = answering<Order>([submitted, submitted])
    await deadLettersTo(producer, (event) => ({ n: (event as Order).n * 100 }))(failure)
    expect(published).toEqual([[{ n: 100 }, { n: 200 }]])
  })

  it('are a failure when one is not stored, and only that one is sent again', async () => {
    const { producer, published } = answering<Order>([submitted, rejected], [submitted])
    const bury = deadLettersTo(producer, (event) => event as Order)
    await expect(bury(failure)).rejects.toThrow('a dead letter was not stored (rejected): no room')
    await bury(failure)
    expect(published.map((letters) => letters.map(({ n }) => n))).toEqual([[1, 2], [2]])
  })

  it('cannot be made of events that cannot be read, so nothing is passed over', async () => {
    const { producer, published } = answering<DeadLetterEvent>()
    await expect(deadLettersTo(producer)({ ...failure, events: [] })).rejects.toThrow(/cannot be read/)
    expect(published).toEqual([])
  })
})
