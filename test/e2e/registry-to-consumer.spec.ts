// The way of an event type from a registry to code and back: pull from the reference broker, generate, compile with strict
// options, then publish and consume with nothing but the generated code.

import { join } from 'node:path'
import type { NewEventType } from '@rioni/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrokerScene, createBrokerScene } from '../cli/broker-scene.ts'
import { compilers, createProject, type Project } from '../codegen/project.ts'

const MONEY = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: {
    amount: { type: 'number', format: 'decimal' },
    currency: { type: 'string', format: 'iso-4217' },
  },
}

const definitions: readonly (Omit<NewEventType, 'schema' | 'owning_application'> & {
  readonly schema: object
})[] = [
  {
    name: 'shop.parcel-sent',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    partition_strategy: 'hash',
    partition_key_fields: ['parcel'],
    compatibility_mode: 'compatible',
    schema: {
      definitions: { money: MONEY },
      required: ['parcel', 'total', 'sent_at'],
      properties: {
        parcel: { type: 'string', pattern: '^P-[0-9]{4}$' },
        total: { $ref: '#/definitions/money' },
        sent_at: { type: 'string', format: 'date-time' },
        carrier: { enum: ['BIKE', 'VAN', null] },
      },
    },
  },
  {
    name: 'shop.customer',
    category: 'data',
    enrichment_strategies: ['metadata_enrichment'],
    schema: {
      required: ['id'],
      properties: { id: { type: 'string' }, email: { type: ['string', 'null'] } },
    },
  },
  { name: 'Shop_Raw', category: 'undefined', schema: { properties: { n: { type: 'integer' } } } },
]

/** What a team writes on top of the generated code. It is compiled, so every type in it is checked. */
const MAIN = `
import { createClient } from '@rioni/client'
import { shopCustomerExamples, shopParcelSentExamples, shopRawExamples } from './events/examples.js'
import {
  EventsConsumer,
  type ShopParcelSentEvent,
  ShopCustomerProducer,
  ShopParcelSentProducer,
  ShopRawProducer,
} from './events/index.js'
import { shopParcelSentValidator } from './events/validators.js'

const client = createClient({ baseUrl: process.env['RIONI_URL'] ?? '' })
const seeds = [1, 2, 3, 4, 5]
const parcels = seeds.map((seed) => shopParcelSentExamples.payload(seed))
const customers = seeds.map((seed) => shopCustomerExamples.payload(seed))
const metadata = { eid: '6d2c7f8e-3b57-4a1c-9d56-0c4f6c1f0a11', occurred_at: '2026-01-02T03:04:05Z' }
const invalid = parcels.filter(
  (parcel) => shopParcelSentValidator['~standard'].validate({ ...parcel, metadata }).issues !== undefined,
)

const outcomes: string[] = []
{
  await using producer = new ShopParcelSentProducer(client)
  for (const parcel of parcels) outcomes.push((await producer.publish(parcel)).status)
  await using crm = new ShopCustomerProducer(client)
  for (const data of customers) outcomes.push((await crm.publish({ data_op: 'C', data_type: 'customer', data })).status)
  await using raw = new ShopRawProducer(client)
  outcomes.push((await raw.publish(shopRawExamples.payload())).status)
}

const currencyOf = (event: ShopParcelSentEvent): string => event.total.currency
const received = { parcels: 0, currencies: 0, customers: 0, raw: 0 }
const consumer = new EventsConsumer(client, { owningApplication: 'test', readFrom: 'begin' })
let count = 0
for await (const batch of consumer) {
  count += batch.events.length
  if (batch.eventType === 'shop.parcel-sent') {
    received.parcels += batch.events.length
    received.currencies += batch.events.map(currencyOf).filter((currency) => currency.length === 3).length
  } else if (batch.eventType === 'shop.customer') {
    received.customers += batch.events.filter((event) => event.data_op === 'C' && event.metadata.version === '1.0.0').length
  } else {
    received.raw += batch.events.length
  }
  await batch.commit()
  if (count === outcomes.length) break
}
console.log(JSON.stringify({ invalid: invalid.length, outcomes: [...new Set(outcomes)], received }))
`

describe('event types of a registry', () => {
  let scene: BrokerScene
  let project: Project

  beforeAll(async () => {
    scene = await createBrokerScene()
    project = createProject()
    for (const { schema, ...definition } of definitions) {
      await scene.client.eventTypes.create({
        ...definition,
        owning_application: 'shop',
        schema: { type: 'json_schema', schema: JSON.stringify(schema) },
      })
    }
  })

  afterAll(async () => {
    project.remove()
    await scene[Symbol.asyncDispose]()
  })

  it('are pulled and generated without a word of complaint', async () => {
    const [from, out] = [join(project.folder, 'event-types'), join(project.folder, 'src/events')]
    const pulled = await scene.rioni(['pull', '--out', from, '--include', 'shop.*', '--include', 'Shop_Raw'])
    expect(pulled).toMatchObject({ exitCode: 0, stderr: '' })
    const generated = await scene.rioni(['generate', '--from', from, '--out', out, '--no-cache'])
    expect(generated.stderr).toMatch(/^proof: 100 %[^\n]*\n$/)
    expect(await scene.rioni(['check', '--from', from, '--out', out])).toMatchObject({ exitCode: 0 })
    expect(await scene.rioni(['apply', '--from', from, '--check'])).toMatchObject({ exitCode: 0 })
  })

  it.each(compilers)('compile with $name under strict options', { timeout: 60_000 }, async ({ path }) => {
    project.write('src/main.ts', MAIN)
    expect(await project.compile(path)).toBe('')
  })

  it('are published and consumed by the generated code', async () => {
    const output = await project.run(`process.env.RIONI_URL = '${scene.url}'\nawait import('./dist/main.js')`)
    expect(JSON.parse(output)).toEqual({
      invalid: 0,
      outcomes: ['submitted'],
      received: { parcels: 5, currencies: 5, customers: 5, raw: 1 },
    })
  })
})
