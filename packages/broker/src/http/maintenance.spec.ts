import { describe, expect, it } from 'vitest'
import { type Broker, createBroker } from '../broker.ts'
import { createManualClock, type ManualClock } from '../clock.ts'
import { createMemoryStorage } from '../storage/memory.ts'

const EVENT_TYPE = {
  name: 'order.placed',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'json_schema', schema: '{}' },
}
const PATH = '/event-types/order.placed'

interface BrokerInMaintenance {
  readonly broker: Broker
  readonly clock: ManualClock
  /** Lets the timeline be created. */
  finish(): void
}

/** A broker whose event type is being switched to a timeline that its storage does not come to create. */
async function brokerInMaintenance(): Promise<BrokerInMaintenance> {
  const clock = createManualClock()
  const storage = createMemoryStorage()
  const { events } = storage
  let isStuck = false
  let finish = () => {}
  const created = new Promise<void>((resolve) => {
    finish = resolve
  })
  const createTopic: typeof events.createTopic = async (topic, partitions) => {
    if (isStuck) await created
    await events.createTopic(topic, partitions)
  }
  const broker = createBroker({ clock, storage: { ...storage, events: { ...events, createTopic } } })
  await send(broker, 'POST', '/event-types', EVENT_TYPE)
  isStuck = true
  void send(broker, 'POST', `${PATH}/timelines`, { storage_id: 'default' })
  await clock.advance(0)
  return { broker, clock, finish }
}

async function send(broker: Broker, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const request = new Request(`http://broker.test${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return await broker.fetch(request)
}

const ANONYMOUS = 'Event type is currently in maintenance, please repeat request'
const NAMED = 'Event type order.placed is currently in maintenance, please repeat request'

describe('an event type whose timeline takes more than 40 seconds to switch', () => {
  it.each([
    { what: 'publishing', method: 'POST', path: `${PATH}/events`, body: [{}], want: ANONYMOUS },
    { what: 'changing it', method: 'PUT', path: PATH, body: EVENT_TYPE, want: ANONYMOUS },
    { what: 'deleting it', method: 'DELETE', path: PATH, body: undefined, want: NAMED },
    { what: 'a schema', method: 'POST', path: `${PATH}/schemas`, body: EVENT_TYPE.schema, want: NAMED },
    {
      what: 'more partitions',
      method: 'PUT',
      path: `${PATH}/partition-count`,
      body: { partition_count: 2 },
      want: NAMED,
    },
  ])('answers 503 to $what', async ({ method, path, body, want }) => {
    const { broker, clock } = await brokerInMaintenance()
    const answer = send(broker, method, path, body)
    await clock.advance(40_000)
    const response = await answer
    expect(await response.json()).toEqual({ title: 'Service Unavailable', status: 503, detail: want })
  })

  it('takes in none of the events of a publisher that was sent away, however long the switch takes', async () => {
    const { broker, clock, finish } = await brokerInMaintenance()
    const refused = send(broker, 'POST', `${PATH}/events`, [{}])
    await clock.advance(40_000)
    expect((await refused).status).toBe(503)
    const patient = send(broker, 'POST', `${PATH}/events`, [{}])
    finish()
    expect((await patient).status).toBe(200)
    const partition = await send(broker, 'GET', `${PATH}/partitions/0`)
    expect(await partition.json()).toMatchObject({ newest_available_offset: '001-0002-000000000000000000' })
  })

  it('can be read meanwhile', async () => {
    const { broker } = await brokerInMaintenance()
    expect((await send(broker, 'GET', PATH)).status).toBe(200)
  })
})
