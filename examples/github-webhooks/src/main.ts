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
import { createClient } from '@rioni/client'
import { consumeWithTwoWorkers } from './consume.ts'
import { type AdaptedWebhook, adaptWebhook, OWNING_APPLICATION } from './event-types.ts'
import { compileClients, generateClients, importClients } from './generated-clients.ts'
import { readPayloads, readSchemas } from './github.ts'
import { type Numbers, wrongNumbers } from './numbers.ts'
import { step, table } from './progress.ts'
import { publishPayloads, summarize } from './publish.ts'

/** Event types with the most payloads get more than one partition; a subscription may span 100 partitions in all. */
const BUSY_EVENT_TYPES = 30

const jsonFile = openJsonFile()
const startedAt = performance.now()

let line = step(1, 'Start the reference broker')
const broker = createBroker()
const server = await serve(broker, { port: 0 })
const client = createClient({ baseUrl: server.url })
line(`listening on ${server.url}`)

line = step(2, "Register event types made from GitHub's webhook schemas")
const payloads = readPayloads()
const webhooks = adaptWebhooks()
line('of each: made the schema stand alone, as draft-07 with compatibility mode forward; then:')
for (const { eventType, adaptations } of webhooks) {
  await client.eventTypes.create(eventType)
  line(
    `${eventType.name} by ${eventType.partition_key_fields}${adaptations.map((text) => `; ${text}`).join('')}`,
  )
}
line(`${webhooks.length} event types registered`)

line = step(3, 'Generate typed clients and compile them with tsc --strict')
const clientsFolder = fileURLToPath(new URL('../generated', import.meta.url))
const eventTypes = webhooks.map(({ eventType }) => eventType)
line(
  `${await generateClients(eventTypes, clientsFolder)} modules generated in ${relative(process.cwd(), join(clientsFolder, 'src'))}`,
)
await compileClients(clientsFolder)
const clients = await importClients(clientsFolder)
line('compiled without an error')

line = step(4, `Publish ${payloads.length} payloads of GitHub's own examples through the generated producers`)
const publishStartedAt = performance.now()
const { submitted, rejected, unknown } = await publishPayloads(
  client,
  clients,
  payloads,
  (eventType, outcomes) => {
    const refused = outcomes.filter(({ status }) => status !== 'submitted').length
    line(`${eventType}: ${outcomes.length - refused} published${refused > 0 ? `, ${refused} rejected` : ''}`)
  },
)
const rejectionsFile = join(clientsFolder, 'rejections.txt')
writeFileSync(
  rejectionsFile,
  rejected.map(({ eventType, number, reason }) => `${eventType} ${number}\n${reason}\n`).join('\n'),
)
line(`${submitted.size} published; ${rejected.length} rejected, because they violate GitHub's own schemas:`)
for (const rejection of rejected)
  line(`  ${rejection.eventType}, payload ${rejection.number}: ${summarize(rejection)}`)
line(`the reasons in full: ${relative(process.cwd(), rejectionsFile)}`)
if (unknown > 0) line(`${unknown} with unknown outcome`)

line = step(5, 'Consume everything on one subscription with two streams, and kill one of them half-way')
const { id: subscriptionId } = await client.subscriptions.createOrGet({
  owning_application: `${OWNING_APPLICATION}-example`,
  event_types: eventTypes.map(({ name }) => name),
  read_from: 'begin',
})
const { times, killed } = await consumeWithTwoWorkers({
  client,
  worker: { baseUrl: server.url, subscriptionId, clientsFolder },
  expected: submitted,
  patienceMs: 20_000,
  onProgress: line,
})
const finishedAt = performance.now()
await server.close()
await broker.close()

const numbers: Numbers = {
  eventTypes: webhooks.length,
  published: submitted.size,
  rejected: rejected.length,
  consumed: times.size,
  duplicates: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
  lost: [...submitted].filter((eid) => !times.has(eid)).length,
  seconds: Number(((finishedAt - startedAt) / 1000).toFixed(2)),
}
line = step(6, 'The numbers')
const eventsPerSecond = Math.round((numbers.consumed / (finishedAt - publishStartedAt)) * 1000)
console.log(
  table({
    'event types': numbers.eventTypes,
    published: numbers.published,
    rejected: numbers.rejected,
    consumed: numbers.consumed,
    duplicates: numbers.duplicates,
    lost: numbers.lost,
    'events/s (with the wait for the killed stream)': eventsPerSecond,
    seconds: numbers.seconds,
  }),
)
if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(numbers, null, 2)}\n`)

const wrong = wrongNumbers(numbers, { payloads: payloads.length, killed })
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

function adaptWebhooks(): AdaptedWebhook[] {
  const { definitions, webhooks: all } = readSchemas()
  const payloadsOf = (name: string) => payloads.filter(({ webhook }) => webhook === name).length
  const busiest = [...all].sort((a, b) => payloadsOf(b.name) - payloadsOf(a.name)).slice(0, BUSY_EVENT_TYPES)
  return all.map((webhook) => adaptWebhook(webhook, definitions, busiest.includes(webhook)))
}
