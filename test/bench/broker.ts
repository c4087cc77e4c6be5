// The broker as a server, under raw HTTP: what it costs beside a bare `node:http` server for the same bytes.
// The load comes from this process, the servers are processes of their own.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { bestRates, type Measurement, measurement } from './bench.ts'
import { consumeLines } from './consume-lines.ts'
import { type BenchServer, benchEvent, benchEventType, startBareServer, startBroker } from './workload.ts'

const EVENT_BYTES = 1000
const SINGLES = 5000
const BATCHED = 30_000
const BATCH = 100
/** More than are counted, so that no partition runs dry and waits for its flush timeout. */
const CONSUMED = 100_000
const ROUNDS = 3
const CONNECTIONS = 8

const JSON_HEADERS = { 'content-type': 'application/json' }

/** Publishing in batches of 1 and of 100, and consuming from 8 partitions, from memory and from a disk. */
export async function broker(): Promise<Measurement[]> {
  const bare = await startBareServer(EVENT_BYTES)
  const folder = await mkdtemp(join(tmpdir(), 'rioni-bench-'))
  const measurements: Measurement[] = []
  for (const [storage, flags] of Object.entries({ memory: [], disk: ['--data', folder] })) {
    const server = await startBroker(flags)
    try {
      measurements.push(...(await measure(storage, { server, bare })))
    } finally {
      await server.stop()
    }
  }
  await bare.stop()
  await rm(folder, { recursive: true })
  return measurements
}

interface Servers {
  readonly server: BenchServer
  readonly bare: BenchServer
}

async function measure(storage: string, servers: Servers): Promise<Measurement[]> {
  await withPool(servers.server, (pool) => post(pool, '/event-types', JSON.stringify(benchEventType)))
  return [
    ...(await measurePublishing(`publish 1 KB x 1, ${storage}`, servers, batches(SINGLES, 1))),
    ...(await measurePublishing(`publish 1 KB x ${BATCH}, ${storage}`, servers, batches(BATCHED, BATCH))),
    ...(await measureConsuming(`consume 1 KB x ${BATCH}, ${storage}`, servers)),
  ]
}

/** What is published: the bodies, and how many events are in them. */
interface Batches {
  readonly bodies: readonly string[]
  readonly events: number
}

async function measurePublishing(
  name: string,
  { server, bare }: Servers,
  { bodies, events }: Batches,
): Promise<Measurement[]> {
  const rates = await bestRates(ROUNDS, events, {
    bare: () => withPool(bare, (pool) => postAll(pool, '/', bodies)),
    parsing: () => withPool(bare, (pool) => postAll(pool, '/parse', bodies)),
    broker: () =>
      withPool(server, (pool) => postAll(pool, `/event-types/${benchEventType.name}/events`, bodies)),
  })
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / events
  return [
    measurement(name, 'events/s', rates.broker, rates.bare),
    measurement(`${name}, beside JSON.parse`, 'events/s', rates.broker, rates.parsing),
    measurement(name, 'MB/s', (rates.broker * bytes) / 1e6, (rates.bare * bytes) / 1e6),
  ]
}

async function measureConsuming(name: string, { server, bare }: Servers): Promise<Measurement[]> {
  const path = `/event-types/${benchEventType.name}/events`
  await withPool(server, (pool) =>
    postAll(pool, path, batches(CONSUMED - ROUNDS * BATCHED + 20_000, BATCH).bodies),
  )
  let round = 0
  let bytes = 0
  const rates = await bestRates(ROUNDS, CONSUMED, {
    bare: async () => {
      await consumeLines(`${bare.url}/?lines=${CONSUMED / BATCH}`, { events: CONSUMED })
    },
    async broker() {
      round += 1
      const subscription = await withPool(server, (pool) =>
        post(
          pool,
          '/subscriptions',
          JSON.stringify({
            owning_application: 'bench',
            consumer_group: `round-${round}`,
            event_types: [benchEventType.name],
            read_from: 'begin',
          }),
        ),
      )
      const { id } = JSON.parse(subscription)
      const base = `${server.url}/subscriptions/${id}`
      const query = `batch_limit=${BATCH}&max_uncommitted_events=20000&batch_flush_timeout=1`
      bytes = await consumeLines(`${base}/events?${query}`, { events: CONSUMED, commitTo: `${base}/cursors` })
    },
  })
  const perEvent = bytes / CONSUMED
  return [
    measurement(name, 'events/s', rates.broker, rates.bare),
    measurement(name, 'MB/s', (rates.broker * perEvent) / 1e6, (rates.bare * perEvent) / 1e6),
  ]
}

function batches(events: number, size: number): Batches {
  const bodies = Array.from({ length: events / size }, (_, batch) =>
    JSON.stringify(Array.from({ length: size }, (_, index) => publishedEvent(batch * size + index))),
  )
  return { bodies, events }
}

function publishedEvent(index: number): object {
  const eid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return {
    metadata: { eid, occurred_at: '2026-01-01T00:00:00.000Z' },
    ...benchEvent(index, EVENT_BYTES - 100),
  }
}

async function withPool<T>({ url }: BenchServer, use: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool(url, { connections: CONNECTIONS })
  try {
    return await use(pool)
  } finally {
    await pool.close()
  }
}

/** Every connection takes the next body as soon as its last one has been answered. */
async function postAll(pool: Pool, path: string, bodies: readonly string[]): Promise<void> {
  let next = 0
  const work = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(pool, path, body)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

async function post(pool: Pool, path: string, body: string): Promise<string> {
  const answer = await pool.request({ method: 'POST', path, headers: JSON_HEADERS, body })
  const text = await answer.body.text()
  if (answer.statusCode > 201) throw new Error(`${path}: ${answer.statusCode} ${text}`)
  return text
}
