// Publishing through a producer, beside the least that the same events cost: `JSON.stringify` of each batch, whose events
// have metadata already, and a bare POST. The server only reads, so what is measured is the client: the producer makes
// eids and metadata, sizes every event, batches, and says what became of each.

import { createClient, createProducer, type ProducerOptions } from '@rioni/client'
import { Pool } from 'undici'
import { type Measurement, measurement } from './bench.ts'
import { bestCosts, type Cost } from './cpu-rounds.ts'
import { benchEvent, benchEventType, startBareServer } from './workload.ts'

const BATCH = 500
const BYTES_PER_RUN = 40_000_000
const ROUNDS = 5
/** How many events a program that publishes them one by one has in hand. */
const IN_HAND = 5000

/** Publishing events of 400 B and of 4 KB: lists of them, and one by one. */
export async function publish(): Promise<Measurement[]> {
  return [...(await publishOf('400 B', 400)), ...(await publishOf('4 KB', 4000))]
}

async function publishOf(size: string, eventBytes: number): Promise<Measurement[]> {
  const server = await startBareServer(eventBytes)
  const client = createClient({ baseUrl: server.url })
  const events = Array.from({ length: BYTES_PER_RUN / eventBytes }, (_, i) => benchEvent(i, eventBytes - 100))
  const complete = events.map((event, i) => ({ metadata: metadataOf(i), ...event }))
  const producer = (options?: ProducerOptions<object>) =>
    createProducer<object>(client, { name: benchEventType.name, category: 'business' }, options)
  const { bare, ...costs } = await bestCosts(ROUNDS, {
    bare: () => postAll(server.url, complete),
    lists: async () => void (await producer().publish(events)),
    'one by one': () => publishOneByOne(producer(), events),
    'two in flight': async () =>
      void (await producer({ maxInFlight: 2, orderingKey: 'none' }).publish(events)),
  })
  await server.stop()
  return Object.entries(costs).flatMap(([name, cost]) =>
    figures(`publish ${size}, ${name}`, { cost, bare, count: events.length, eventBytes }),
  )
}

async function publishOneByOne(
  producer: ReturnType<typeof createProducer<object>>,
  events: readonly object[],
): Promise<void> {
  for (let at = 0; at < events.length; at += IN_HAND) {
    await Promise.all(events.slice(at, at + IN_HAND).map((event) => producer.publish(event)))
  }
}

interface Run {
  readonly cost: Cost
  readonly bare: Cost
  readonly count: number
  readonly eventBytes: number
}

/** For rates a ratio above 1 is better than the baseline, for CPU and memory one below. */
function figures(name: string, { cost, bare, count, eventBytes }: Run): Measurement[] {
  const [rate, bareRate] = [(count / cost.wallMs) * 1000, (count / bare.wallMs) * 1000]
  const megabytes = eventBytes / 1e6
  return [
    measurement(name, 'events/s', rate, bareRate),
    measurement(name, 'MB/s', rate * megabytes, bareRate * megabytes),
    measurement(name, 'CPU ns/event', (cost.cpuMs * 1e6) / count, (bare.cpuMs * 1e6) / count),
    measurement(name, 'RSS MB', cost.rss / 1e6, bare.rss / 1e6),
  ]
}

async function postAll(url: string, events: readonly object[]): Promise<void> {
  const pool = new Pool(url, { connections: 1 })
  for (let at = 0; at < events.length; at += BATCH) {
    const answer = await pool.request({
      method: 'POST',
      path: `/event-types/${benchEventType.name}/events`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events.slice(at, at + BATCH)),
    })
    await answer.body.dump()
  }
  await pool.close()
}

function metadataOf(index: number): object {
  const eid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return { eid, occurred_at: '2026-01-01T00:00:00.000Z' }
}
