// Consuming with commits through the consumer, beside the bare JSON.parse of lines of the same size.

import { createClient, createConsumer, createProducer } from '@rioni/client'
import { bestRates, type Measurement, measurement } from './bench.ts'
import { benchEvent, benchEventType, benchLine, startBroker } from './workload.ts'

const EVENTS = 100_000
/** More than are counted, so that no partition runs dry and waits for its flush timeout. */
const PUBLISHED = 110_000
const BATCH = 100
const ROUNDS = 3

/** Consuming 100,000 events of 400 bytes from 8 partitions, in batches of 100, each batch committed. */
export async function consume(): Promise<Measurement[]> {
  const broker = await startBroker()
  const client = createClient({ baseUrl: broker.url })
  await client.eventTypes.create(benchEventType)
  const producer = createProducer(
    client,
    { name: benchEventType.name, category: 'business' },
    { maxEvents: 1000 },
  )
  await producer.publish(Array.from({ length: PUBLISHED }, (_, i) => benchEvent(i, 130)))
  await producer.close()

  const texts = Array.from({ length: EVENTS / BATCH }, (_, i) => benchLine(i, 400))
  let round = 0
  const rates = await bestRates(ROUNDS, EVENTS, {
    parse() {
      for (const text of texts) JSON.parse(text)
    },
    async consumer() {
      round += 1
      const consumer = createConsumer(client, [{ name: benchEventType.name, category: 'business' }], {
        owningApplication: 'bench',
        consumerGroup: `round-${round}`,
        readFrom: 'begin',
        batchLimit: BATCH,
        maxUncommittedEvents: 10_000,
        batchFlushTimeoutSeconds: 1,
      })
      let seen = 0
      for await (const batch of consumer) {
        seen += batch.events.length
        void batch.commit()
        if (seen >= EVENTS) break
      }
    },
  })
  await broker.stop()
  return [measurement('consume 400 B with commits', 'events/s', rates.consumer, rates.parse)]
}
