// What the specifications of publishing share: a producer, what the broker has stored, and what went to it.

import { type Client, createConsumer, createProducer, type Fetch, type ProducerOptions } from '@rioni/client'
import { ORDER_PLACED, type Order, type World, whileTimePasses } from './world.ts'

/** A producer of orders that does not linger, unless told otherwise. */
export function producerOf(client: Client, options: ProducerOptions<Order> = { lingerMs: 0 }) {
  return createProducer<Order>(client, ORDER_PLACED, options)
}

/** The numbers of all orders that the broker has stored, in order. */
export async function stored({ client, clock }: World): Promise<number[]> {
  const reader = createConsumer<{ [ORDER_PLACED]: Order }>(client(), [ORDER_PLACED], {
    owningApplication: 'check',
    readFrom: 'begin',
    streamKeepAliveLimit: 1,
  })
  const numbers: number[] = []
  const read = async () => {
    for await (const batch of reader) {
      numbers.push(...batch.events.map(({ n }) => n))
      await batch.commit()
    }
  }
  await whileTimePasses(clock, read())
  return numbers
}

/** A way to the broker that remembers the batches that went through it. */
export function recorded(world: World): { readonly fetch: Fetch; readonly batches: Order[][] } {
  const batches: Order[][] = []
  const fetch: Fetch = (url, init) => {
    if (url.endsWith('/events') && init.method === 'POST') batches.push(JSON.parse(String(init.body)))
    return world.fetch(url, init)
  }
  return { fetch, batches }
}
