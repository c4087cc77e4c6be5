import { type OperationId, operations, type Subscription } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, anOrder, aSubscription, ORDER_PLACED } from './builders.ts'
import { contract, type Setup } from './contract.ts'
import { callers, OPERATOR, user } from './tokens.ts'
import type { WithId, World } from './world.ts'

const ADMIN = 'admin'
const READER = 'reader'
const WRITER = 'writer'
const ARCHIVE = 'archive'
const STRANGER = 'stranger'

const setup: Setup = {
  ...callers([ADMIN, READER, WRITER, ARCHIVE, STRANGER]),
  allDataReaders: [user(ARCHIVE)],
  token: OPERATOR,
}

const authorization = { admins: [user(ADMIN)], readers: [user(READER)], writers: [user(WRITER)] }
const subscriptionAuthorization = { admins: [user(ADMIN)], readers: [user(READER)] }

/** Who has which right on the event type and the subscription of these specifications. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  'VIEW event-type': [ADMIN, READER, WRITER, ARCHIVE, OPERATOR],
  'READ event-type': [READER, ARCHIVE],
  'WRITE event-type': [WRITER],
  'ADMIN event-type': [ADMIN, OPERATOR],
  // What only Nakadi admins may do, although the refusal speaks of the event type.
  'operate event-type': [OPERATOR],
  'VIEW subscription': [ADMIN, READER, ARCHIVE, OPERATOR],
  'READ subscription': [READER, ARCHIVE],
  'ADMIN subscription': [ADMIN, OPERATOR],
  settings: [OPERATOR],
  storages: [OPERATOR],
}

/** The rights that each operation asks for, in this order; none for operations that are everyone's. */
const RIGHTS: Readonly<Record<OperationId, readonly string[]>> = {
  listEventTypes: [],
  createEventType: [],
  getEventType: ['VIEW event-type'],
  updateEventType: ['VIEW event-type', 'ADMIN event-type'],
  deleteEventType: ['VIEW event-type', 'ADMIN event-type'],
  listSchemas: ['VIEW event-type'],
  createSchema: ['ADMIN event-type'],
  getSchema: ['VIEW event-type'],
  checkSchemaCompatibility: ['VIEW event-type'],
  listPartitions: ['VIEW event-type'],
  getPartition: ['VIEW event-type', 'READ event-type'],
  setPartitionCount: ['operate event-type'],
  measureCursorDistances: ['VIEW event-type'],
  shiftCursors: ['VIEW event-type', 'READ event-type'],
  measureCursorsLag: ['VIEW event-type', 'READ event-type'],
  listTimelines: ['operate event-type'],
  createTimeline: ['operate event-type'],
  publishEvents: ['WRITE event-type'],
  deleteEvents: ['WRITE event-type'],
  streamEvents: ['VIEW event-type', 'READ event-type'],
  listSubscriptions: [],
  createSubscription: [],
  getSubscription: ['VIEW subscription'],
  updateSubscription: ['VIEW subscription', 'ADMIN subscription'],
  deleteSubscription: ['VIEW subscription', 'ADMIN subscription'],
  getSubscriptionStats: ['VIEW subscription'],
  getSubscriptionCursors: ['VIEW subscription'],
  commitCursors: ['VIEW subscription', 'READ subscription'],
  resetCursors: ['VIEW subscription', 'ADMIN subscription'],
  streamSubscription: ['VIEW subscription', 'READ subscription', 'READ event-type'],
  streamSubscriptionPartitions: ['VIEW subscription', 'READ subscription', 'READ event-type'],
  listStorages: ['storages'],
  createStorage: ['storages'],
  getStorage: ['storages'],
  deleteStorage: ['storages'],
  setDefaultStorage: ['storages'],
  getBlacklist: ['settings'],
  addToBlacklist: ['settings'],
  removeFromBlacklist: ['settings'],
  listFeatures: ['settings'],
  setFeature: ['settings'],
  getAdmins: ['settings'],
  setAdmins: ['settings'],
  listPartitionStrategies: [],
  listEnrichmentStrategies: [],
  listAvroSchemas: [],
  getAvroSchema: [],
  getHealth: [],
  getVersion: [],
  getMetrics: [],
  getRequestMetrics: [],
  getStreamMetrics: [],
  getPrometheusMetrics: [],
  getApiDefinition: [],
}

/** What is sent to operations that look at the body before they look at who has sent it. */
const BODIES: Partial<Readonly<Record<OperationId, object>>> = {
  updateEventType: anEventType({ name: 'order.paid' }),
  createSchema: anEventType().schema,
  checkSchemaCompatibility: anEventType().schema,
  publishEvents: [anOrder(1)],
  deleteEvents: [anOrder(1)],
  // Whoever has the rights is told that this is no partition of the subscription.
  streamSubscriptionPartitions: { partitions: [{ event_type: 'order.paid', partition: '0' }] },
}

/** What a caller without a right is told. */
function refusal(right: string, { id }: WithId): string {
  if (right === 'settings') return 'Admin privileges are required to perform this operation'
  if (right === 'storages') return 'Admin privileges required to perform this operation'
  const [name, kind] = right.replace('operate', 'ADMIN').split(' ')
  return `Access on ${name} ${kind}:${kind === 'subscription' ? id : ORDER_PLACED} denied`
}

async function guardedWorld(world: World): Promise<WithId> {
  await world.createEventType({ authorization })
  return await world.as(READER).createSubscription({ authorization: subscriptionAuthorization })
}

function request(world: World, id: OperationId, subscription: WithId): Promise<Response> {
  const { method, path } = operations[id]
  const filled = path
    .replace('/{name}', `/${path.startsWith('/event-types') ? ORDER_PLACED : 'x'}`)
    .replace('{subscription_id}', subscription.id)
    .replace(/\{\w+\}/g, '0')
  const body = BODIES[id] === undefined ? {} : { body: JSON.stringify(BODIES[id]) }
  const headers = { 'content-type': 'application/json' }
  return method === 'GET' ? world.fetch(filled) : world.fetch(filled, { method, headers, ...body })
}

contract(
  'the right to',
  (it) => {
    for (const [name, rights] of Object.entries(RIGHTS)) {
      const id = name as OperationId
      const having = [ADMIN, READER, WRITER, ARCHIVE, STRANGER, OPERATOR].map((subject) => ({
        subject,
        missing: rights.find((right) => !HOLDERS[right]?.includes(subject)),
      }))
      it(`${id} is given to ${having.flatMap(({ subject, missing }) => (missing ? [] : [subject])).join(', ')}`, async (world) => {
        const subscription = await guardedWorld(world)
        for (const { subject, missing } of having) {
          if (missing === undefined) continue
          const response = await request(world.as(subject), id, subscription)
          expect([subject, response.status, await detailOf(response)]).toEqual([
            subject,
            403,
            refusal(missing, subscription),
          ])
        }
        for (const { subject, missing } of having) {
          if (missing !== undefined) continue
          const response = await request(world.as(subject), id, subscription)
          expect([subject, response.status]).not.toEqual([subject, 403])
        }
      })
    }
  },
  setup,
)

contract(
  'an authorization section',
  (it) => {
    it('is not there: then everyone may do everything but operate the broker', async (world) => {
      await world.createEventType()
      const subscription = await world.createSubscription()
      const stranger = world.as(STRANGER)
      for (const [id, rights] of Object.entries(RIGHTS)) {
        if (rights.some((right) => !/^[A-Z]/.test(right)) || /delete/.test(id)) continue
        const response = await request(stranger, id as OperationId, subscription)
        expect([id, response.status]).not.toEqual([id, 403])
      }
    })

    it('names everyone as * : *', async (world) => {
      const everyone = [{ data_type: '*', value: '*' }]
      await world.createEventType({ authorization: { ...authorization, writers: everyone } })
      await world.as(STRANGER).publish([anOrder(1)])
      expect((await world.as(STRANGER).fetch(`/event-types/${ORDER_PLACED}`)).status).toBe(200)
    })

    it('is looked at when the event types of a new subscription are named', async (world) => {
      await world.createEventType({ authorization })
      const response = await world.as(STRANGER).post('/subscriptions', aSubscription())
      expect([response.status, await detailOf(response)]).toEqual([
        403,
        `Access on VIEW event-type:${ORDER_PLACED} denied`,
      ])
    })

    it('does not hide a subscription of somebody else, nor give it away', async (world) => {
      const { id } = await guardedWorld(world)
      const response = await world.as(STRANGER).post('/subscriptions', aSubscription())
      expect([response.status, await detailOf(response)]).toEqual([
        403,
        `Access on VIEW subscription:${id} denied`,
      ])
    })

    it('is all that decides: what a client says of itself in the body of a request does not count', async (world) => {
      const { id } = await guardedWorld(world)
      const given = { id: 'mine', status: [], created_at: '1970-01-01T00:00:00.000Z', initial_cursors: [] }
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({
        ...aSubscription({ authorization: { admins: [user(READER)], readers: [user(READER)] } }),
        ...given,
      })
      const path = `/subscriptions/${id}`
      expect((await world.as(READER).fetch(path, { method: 'PUT', headers, body })).status).toBe(403)
      expect((await world.as(ADMIN).fetch(path, { method: 'PUT', headers, body })).status).toBe(204)
      const subscription = await jsonOf<Subscription>(await world.as(READER).fetch(path))
      expect(subscription.id).toBe(id)
      expect(subscription.created_at).not.toBe(given.created_at)
    })

    it('keeps strangers from what does not exist no more than anyone', async (world) => {
      expect((await world.as(STRANGER).fetch('/event-types/none')).status).toBe(404)
      expect((await world.as(STRANGER).fetch('/subscriptions/none')).status).toBe(404)
    })
  },
  setup,
)

contract(
  'a Nakadi admin',
  (it) => {
    it('may do what the list says that names the admin', async (world) => {
      const [readers, writers, admins] = [[user(READER)], [user(WRITER)], [user(ADMIN)]]
      await world.post('/settings/admins', { admins, readers, writers })
      const status = async (subject: string, path: string, init?: RequestInit) =>
        (await world.as(subject).fetch(path, init)).status
      const put = { method: 'PUT' }
      expect(await status(READER, '/settings/features')).toBe(200)
      expect(await status(READER, '/settings/blacklist/CONSUMER_APP/x', put)).toBe(403)
      expect(await status(WRITER, '/settings/blacklist/CONSUMER_APP/x', put)).toBe(204)
      expect(await status(WRITER, '/settings/features')).toBe(403)
      expect((await world.as(WRITER).post('/settings/admins', { admins, readers, writers })).status).toBe(403)
      expect((await world.as(ADMIN).post('/settings/admins', { admins, readers, writers })).status).toBe(200)
    })
  },
  setup,
)

contract('a broker that does not authenticate', (it) => {
  it('refuses nobody anything, whatever the authorization says', async (world) => {
    await world.createEventType(anEventType({ authorization }))
    const subscription = await world.createSubscription({ authorization: subscriptionAuthorization })
    await world.publish([anOrder(1)])
    const stream = await world.openStream(subscription)
    const batch = await stream.batch()
    expect((await world.commit(stream, batch.cursor)).status).toBe(204)
    expect((await world.fetch('/settings/admins')).status).toBe(200)
  })
})
