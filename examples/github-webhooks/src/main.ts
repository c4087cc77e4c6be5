// The main job, end to end, on real events: GitHub's webhook schemas become event types and typed clients, GitHub's
// example payloads are published and consumed, and the numbers must come out right.
//
//   npm start                      run it
//   npm start -- --json FILE       also write the numbers as JSON

import { openSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { type Client, createClient } from '@rioni/client'
import type { NewEventType } from '@rioni/protocol'
import { type Consumed, consumeWithTwoWorkers } from './consume.ts'
import { type AdaptedWebhook, adaptWebhook, OWNING_APPLICATION } from './event-types.ts'
import { compileClients, type GeneratedClients, generateClients, importClients } from './generated-clients.ts'
import { readPayloads, readSchemas } from './github.ts'
import { type Numbers, wrongNumbers } from './numbers.ts'
import { step, table } from './progress.ts'
import { type Published, publishPayloads, summarize } from './publish.ts'

/** Event types with the most payloads get more than one partition; a subscription may span 100 partitions in all. */
const BUSY_EVENT_TYPES = 30

const CLIENTS_FOLDER = fileURLToPath(new URL('../generated', import.meta.url))

const jsonFile = openJsonFile()
const payloads = readPayloads()
const startedAt = performance.now()

const { url, client, stopBroker } = await startBroker()
const eventTypes = await registerEventTypes(client)
const clients = await buildClients(eventTypes)
const publishStartedAt = performance.now()
const published = await publish(client, clients)
const consumed = await consume({ url, client, eventTypes, expected: published.submitted })
const finishedAt = performance.now()
await stopBroker()

const numbers = countNumbers(published, consumed)
printNumbers(numbers)
if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(numbers, null, 2)}\n`)

const wrong = wrongNumbers(numbers, { payloads: payloads.length, killed: consumed.killed })
for (const message of wrong) console.error(`wrong: ${message}`)
process.exitCode = wrong.length > 0 ? 1 : 0

/** Opens the file before the work begins, so that a wrong name does not cost a run. */
function openJsonFile(): number | undefined {
  try {
    const { values } = parseArgs({ options: { json: { type: 'string' } } })
    return values.json === undefined ? undefined : openSync(values.json, 'w')
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nUsage: npm start [-- --json FILE]`)
    return process.exit(2)
  }
}

async function startBroker(): Promise<{ url: string; client: Client; stopBroker: () => Promise<void> }> {
  const line = step(1, 'Start the reference broker')
  const broker = createBroker()
  const server = await serve(broker, { port: 0 })
  line(`listening on ${server.url}`)
  const stopBroker = async () => {
    await broker.close()
    await server.close()
  }
  return { url: server.url, client: createClient({ baseUrl: server.url }), stopBroker }
}

async function registerEventTypes(client: Client): Promise<NewEventType[]> {
  const line = step(2, "Register event types made from GitHub's webhook schemas")
  line('of each: made the schema stand alone, as draft-07 with compatibility mode forward; then:')
  const webhooks = adaptWebhooks()
  for (const { eventType, adaptations } of webhooks) {
    await client.eventTypes.create(eventType)
    line([`${eventType.name} by ${eventType.partition_key_fields}`, ...adaptations].join('; '))
  }
  line(`${webhooks.length} event types registered`)
  return webhooks.map(({ eventType }) => eventType)
}

function adaptWebhooks(): AdaptedWebhook[] {
  const { definitions, webhooks } = readSchemas()
  const payloadsOf = (name: string) => payloads.filter(({ webhook }) => webhook === name).length
  const byPayloads = [...webhooks].sort((a, b) => payloadsOf(b.name) - payloadsOf(a.name))
  const busiest = byPayloads.slice(0, BUSY_EVENT_TYPES)
  return webhooks.map((webhook) => adaptWebhook(webhook, definitions, busiest.includes(webhook)))
}

async function buildClients(eventTypes: readonly NewEventType[]): Promise<GeneratedClients> {
  const line = step(3, 'Generate typed clients and compile them with tsc --strict')
  const modules = await generateClients(eventTypes, CLIENTS_FOLDER)
  line(`${modules} modules generated in ${fromHere(join(CLIENTS_FOLDER, 'src'))}`)
  await compileClients(CLIENTS_FOLDER)
  line('compiled without an error')
  return importClients(CLIENTS_FOLDER)
}

async function publish(client: Client, clients: GeneratedClients): Promise<Published> {
  const line = step(
    4,
    `Publish ${payloads.length} payloads of GitHub's own examples through the generated producers`,
  )
  const published = await publishPayloads(client, clients, payloads, (eventType, outcomes) => {
    const refused = outcomes.filter(({ status }) => status !== 'submitted').length
    line(`${eventType}: ${outcomes.length - refused} published${refused > 0 ? `, ${refused} rejected` : ''}`)
  })
  const { submitted, rejected, unknown } = published
  line(`${submitted.size} published; ${rejected.length} rejected, because they violate GitHub's own schemas:`)
  for (const rejection of rejected) {
    line(`  ${rejection.eventType}, payload ${rejection.number}: ${summarize(rejection)}`)
  }
  const file = join(CLIENTS_FOLDER, 'rejections.txt')
  const reasons = rejected.map(({ eventType, number, reason }) => `${eventType} ${number}\n${reason}\n`)
  writeFileSync(file, reasons.join('\n'))
  line(`the reasons in full: ${fromHere(file)}`)
  if (unknown > 0) line(`${unknown} with unknown outcome`)
  return published
}

interface Consumption {
  readonly url: string
  readonly client: Client
  readonly eventTypes: readonly NewEventType[]
  readonly expected: ReadonlySet<string>
}

async function consume({ url, client, eventTypes, expected }: Consumption): Promise<Consumed> {
  const line = step(
    5,
    'Consume everything on one subscription with two streams, and kill one of them half-way',
  )
  const { id: subscriptionId } = await client.subscriptions.createOrGet({
    owning_application: `${OWNING_APPLICATION}-example`,
    event_types: eventTypes.map(({ name }) => name),
    read_from: 'begin',
  })
  const worker = { baseUrl: url, subscriptionId, clientsFolder: CLIENTS_FOLDER }
  return consumeWithTwoWorkers({ client, worker, expected, patienceMs: 20_000, onProgress: line })
}

function countNumbers({ submitted, rejected }: Published, { times }: Consumed): Numbers {
  return {
    eventTypes: eventTypes.length,
    published: submitted.size,
    rejected: rejected.length,
    consumed: times.size,
    duplicates: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
    lost: [...submitted].filter((eid) => !times.has(eid)).length,
    seconds: Number(((finishedAt - startedAt) / 1000).toFixed(2)),
  }
}

function printNumbers({ eventTypes, seconds, ...counts }: Numbers): void {
  step(6, 'The numbers')
  const eventsPerSecond = Math.round((counts.consumed / (finishedAt - publishStartedAt)) * 1000)
  console.log(
    table({
      'event types': eventTypes,
      ...counts,
      'events/s (with the wait for the killed stream)': eventsPerSecond,
      seconds,
    }),
  )
}

function fromHere(path: string): string {
  return relative(process.cwd(), path)
}
