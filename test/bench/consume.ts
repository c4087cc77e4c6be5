// Consuming through the consumer, beside the least that the same work costs: the bare JSON.parse of the same lines from
// memory, and undici's raw body without parsing. The server is a process of its own that does next to nothing.

import { performance } from 'node:perf_hooks'
import { createClient, createConsumer } from '@rioni/client'
import { request } from 'undici'
import { type Measurement, measurement } from './bench.ts'
import { type BenchServer, benchEventType, benchLine, startStreamServer } from './workload.ts'

const EVENTS_PER_LINE = 100
const ROUNDS = 5
/** As long as a case takes to be measured well: so many bytes of events. */
const BYTES_PER_ROUND = 160_000_000
const LONG_RUN = 10_000_000

/** What one way of reading cost, at best. */
interface Cost {
  readonly perSecond: number
  /** Microseconds of CPU time, of this process alone. */
  readonly cpuPerEvent: number
}

/** Events of 400 bytes and of 4 KB: typed with commits, and raw. Then ten million events, for the memory. */
export async function consume(): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const [name, bytes] of [
    ['400 B', 400],
    ['4 KB', 4096],
  ] as const) {
    const server = await startStreamServer(bytes)
    measurements.push(...(await measureSize(name, bytes, server)))
    if (bytes === 400) measurements.push(await measureMemory(server))
    await server.stop()
  }
  return measurements
}

async function measureSize(name: string, bytes: number, server: BenchServer): Promise<Measurement[]> {
  const events = Math.round(BYTES_PER_ROUND / bytes / EVENTS_PER_LINE) * EVENTS_PER_LINE
  const costs = await cheapest(events, {
    parse: async () => parseLines(events, bytes),
    typed: () => consumeTyped(server, events),
    handled: () => consumeHandled(server, events),
    body: () => readBody(server, events),
    raw: () => consumeRaw(server, events),
  })
  const megabytes = (cost: Cost) => (cost.perSecond * bytes) / 1e6
  return (
    [
      ['typed loop with commits, beside JSON.parse', costs.typed, costs.parse],
      ['run with commits, beside JSON.parse', costs.handled, costs.parse],
      ['raw with commits, beside the raw body', costs.raw, costs.body],
    ] as const
  ).flatMap(([what, cost, baseline]) => [
    measurement(`consume ${name}, ${what}`, 'events/s', cost.perSecond, baseline.perSecond),
    measurement(`consume ${name}, ${what}`, 'MB/s', megabytes(cost), megabytes(baseline)),
    measurement(
      `consume ${name}, ${what}`,
      'CPU ns/event',
      cost.cpuPerEvent * 1000,
      baseline.cpuPerEvent * 1000,
    ),
  ])
}

/** The resident memory after ten million events, beside that after the first million. */
async function measureMemory(server: BenchServer): Promise<Measurement> {
  const megabytes = () => process.memoryUsage().rss / 1e6
  await consumeTyped(server, LONG_RUN / 10)
  const before = megabytes()
  await consumeTyped(server, LONG_RUN)
  return measurement('consume 400 B, memory after 10 million events', 'MB RSS', megabytes(), before)
}

/** The best of several interleaved rounds, by time and by CPU. */
async function cheapest<Name extends string>(
  events: number,
  ways: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(ways) as Name[]
  const best = Object.fromEntries(
    names.map((name) => [name, { perSecond: 0, cpuPerEvent: Number.POSITIVE_INFINITY }]),
  ) as Record<Name, Cost>
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
      await ways[name]()
      const { user, system } = process.cpuUsage(cpu)
      best[name] = {
        perSecond: Math.max(best[name].perSecond, (events / (performance.now() - startedAt)) * 1000),
        cpuPerEvent: Math.min(best[name].cpuPerEvent, (user + system) / events),
      }
    }
  }
  return best
}

function parseLines(events: number, bytes: number): void {
  const texts = Array.from({ length: 8 }, (_, i) => benchLine(i, bytes))
  let seen = 0
  for (let line = 0; line < events / EVENTS_PER_LINE; line += 1) {
    seen += JSON.parse(texts[line % texts.length] ?? '').events.length
  }
  if (seen !== events) throw new Error(`parsed ${seen} events`)
}

async function readBody({ url }: BenchServer, events: number): Promise<void> {
  const { body } = await request(`${url}/subscriptions/s/events?stream_limit=${events}`)
  let bytes = 0
  for await (const chunk of body) bytes += chunk.length
  if (bytes < events * EVENTS_PER_LINE) throw new Error(`read ${bytes} bytes`)
}

function consumer({ url }: BenchServer, events: number) {
  return createConsumer(createClient({ baseUrl: url }), [benchEventType.name], {
    subscriptionId: 's',
    streamLimit: events,
    batchLimit: EVENTS_PER_LINE,
    maxUncommittedEvents: 10_000,
  })
}

async function consumeTyped(server: BenchServer, events: number): Promise<void> {
  let seen = 0
  for await (const batch of consumer(server, events)) {
    for (const event of batch.events) seen += event['order_number'] === undefined ? 0 : 1
    void batch.commit()
  }
  if (seen !== events) throw new Error(`consumed ${seen} events`)
}

async function consumeHandled(server: BenchServer, events: number): Promise<void> {
  let seen = 0
  await consumer(server, events).run((batch) => {
    for (const event of batch.events) seen += event['order_number'] === undefined ? 0 : 1
  })
  if (seen !== events) throw new Error(`handled ${seen} events`)
}

async function consumeRaw(server: BenchServer, events: number): Promise<void> {
  let bytes = 0
  for await (const batch of consumer(server, events)) {
    bytes += batch.raw.length
    void batch.commit()
  }
  if (bytes < events * EVENTS_PER_LINE) throw new Error(`forwarded ${bytes} bytes`)
}
