// Publishing through the producer, beside a bare POST of the same batches that were serialised before.

import { createClient, createProducer } from '@rioni/client'
import { request } from 'undici'
import { bestRates, type Measurement, measurement } from './bench.ts'
import { benchEvent, benchEventType, startBroker } from './workload.ts'

const EVENTS = 10_000
const BATCH = 100

/** Publishing 10,000 validated events of 1 KB in batches of 100. */
export async function publish(): Promise<Measurement[]> {
  const broker = await startBroker()
  const client = createClient({ baseUrl: broker.url })
  await client.eventTypes.create(benchEventType)
  const events = Array.from({ length: EVENTS }, (_, i) => benchEvent(i, 1000))
  const bodies = serialisedBatches(events)
  const rates = await bestRates(3, EVENTS, {
    async bare() {
      for (const body of bodies) await post(`${broker.url}/event-types/${benchEventType.name}/events`, body)
    },
    async producer() {
      await using producer = createProducer(
        client,
        { name: benchEventType.name, category: 'business' },
        { maxEvents: BATCH },
      )
      await producer.publish(events)
    },
  })
  await broker.stop()
  return [measurement('publish 1 KB, batches of 100', 'events/s', rates.producer, rates.bare)]
}

function serialisedBatches(events: readonly object[]): string[] {
  const withMetadata = events.map((event, i) => ({
    metadata: { eid: eidOf(i), occurred_at: '2026-01-01T00:00:00.000Z' },
    ...event,
  }))
  return Array.from({ length: EVENTS / BATCH }, (_, i) =>
    JSON.stringify(withMetadata.slice(i * BATCH, (i + 1) * BATCH)),
  )
}

function eidOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

async function post(url: string, body: string): Promise<void> {
  const { statusCode, body: answer } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  await answer.dump()
  if (statusCode !== 200) throw new Error(`the broker answered ${statusCode}`)
}
