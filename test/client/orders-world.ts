// What the specifications of consumers share: a broker with orders in it, and consumers of them.

import {
  type Client,
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  createProducer,
} from '@rioni/client'
import { createWorld, ORDER_PLACED, type Order, orders, type World } from './world.ts'

/** The events of the consumers. */
export type Orders = { readonly [ORDER_PLACED]: Order }

/** A broker with orders 1 to `count` in it. */
export async function worldWithOrders(count: number, partitions = 1): Promise<World> {
  const world = await createWorld({ partitions })
  const producer = createProducer<Order>(world.client(), ORDER_PLACED, { lingerMs: 0 })
  await producer.publish(orders(1, count))
  return world
}

/** A consumer of the subscription `billing`, in batches of ten unless told otherwise. */
export function consumerOf(client: Client, options: Partial<ConsumerOptions> = {}): Consumer<Orders> {
  return createConsumer<Orders>(client, [ORDER_PLACED], {
    owningApplication: 'billing',
    readFrom: 'begin',
    batchLimit: 10,
    ...options,
  })
}

/** Events that the subscription of the consumers has not committed. */
export async function uncommitted({ client }: World): Promise<number> {
  for await (const { id } of client().subscriptions.list()) {
    const { items } = await client().subscriptions.stats(id)
    return items
      .flatMap(({ partitions }) => partitions)
      .reduce((sum, { unconsumed_events = 0 }) => sum + unconsumed_events, 0)
  }
  throw new Error('there is no subscription')
}
