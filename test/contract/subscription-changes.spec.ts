import type { Subscription } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { aSubscription, BEFORE_FIRST, ORDER_PLACED } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const TEAM = { data_type: 'service', value: 'billing' }
const AUTHORIZATION = { admins: [TEAM], readers: [TEAM] }

async function change({ fetch }: World, id: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return await fetch(`/subscriptions/${id}`, { method: 'PUT', headers, body: JSON.stringify(body) })
}

async function read({ fetch }: World, id: string): Promise<Subscription> {
  return await jsonOf<Subscription>(await fetch(`/subscriptions/${id}`))
}

contract('changing a subscription', (it) => {
  it('replaces its authorization, annotations and labels, and nothing else', async (world) => {
    const before = await world.subscribe()
    await world.clock.advance(1000)
    const changes = { authorization: AUTHORIZATION, annotations: { team: 'b' }, labels: { tier: 'gold' } }
    const response = await change(world, before.id, { ...aSubscription(), ...changes })
    expect([response.status, await response.text()]).toEqual([204, ''])
    const updated_at = '2026-03-01T00:00:01.000Z'
    expect(await read(world, before.id)).toEqual({ ...before, ...changes, updated_at })
  })

  it('keeps annotations and labels that it does not mention', async (world) => {
    await world.createEventType()
    const notes = { annotations: { team: 'b' }, labels: { tier: 'gold' } }
    const { id } = await world.createSubscription(notes)
    await change(world, id, { ...aSubscription(), annotations: null })
    expect(await read(world, id)).toMatchObject(notes)
    await change(world, id, { ...aSubscription(), annotations: {} })
    expect(await read(world, id)).toMatchObject({ annotations: {}, labels: notes.labels })
  })

  it('does not mind the order of the event types', async (world) => {
    await world.createEventType()
    await world.createEventType({ name: 'order.paid' })
    const { id } = await world.createSubscription({ event_types: [ORDER_PLACED, 'order.paid'] })
    const event_types = ['order.paid', ORDER_PLACED]
    expect((await change(world, id, aSubscription({ event_types }))).status).toBe(204)
  })

  const cursor = { event_type: ORDER_PLACED, partition: '0', offset: BEFORE_FIRST }
  const refusals = [
    ['consumer group', { consumer_group: 'x' }, 'Not allowed to change subscription consumer group'],
    ['event types', { event_types: ['x'] }, 'Not allowed to change subscription event types'],
    ['owning application', { owning_application: 'x' }, 'Not allowed to change owning application'],
    ['beginning', { read_from: 'end' }, 'Not allowed to change read from'],
    ['first cursors', { initial_cursors: [cursor] }, 'Not allowed to change initial cursors'],
  ] as const
  for (const [what, overrides, detail] of refusals) {
    it(`is refused with 422 for the ${what}`, async (world) => {
      const { id } = await world.subscribe()
      const response = await change(world, id, { ...aSubscription(), ...overrides })
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }

  it('is refused with 422 when it takes away the authorization', async (world) => {
    await world.createEventType()
    const { id } = await world.createSubscription({ authorization: AUTHORIZATION })
    const response = await change(world, id, aSubscription())
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe(
      'Changing authorization object to `null` is not possible due to existing one',
    )
  })

  it('is refused with 422 when it names somebody twice', async (world) => {
    const { id } = await world.subscribe()
    const authorization = { admins: [TEAM, TEAM], readers: [TEAM] }
    const response = await change(world, id, { ...aSubscription(), authorization })
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe(
      "authorization property 'ADMIN' contains duplicated attribute(s): service:billing",
    )
  })

  it('is refused with 422 for a field that breaks a rule', async (world) => {
    const { id } = await world.subscribe()
    const authorization = { admins: [], readers: [TEAM] }
    const response = await change(world, id, { ...aSubscription(), authorization })
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe(
      'Field "authorization.admins" must contain at least one attribute\n',
    )
  })

  it('is refused with 404 when there is no such subscription', async (world) => {
    const response = await change(world, 'none', aSubscription())
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })

  it('is refused with 415 and 400 for what is no JSON', async (world) => {
    const { id } = await world.subscribe()
    const put = (type: string) =>
      world.fetch(`/subscriptions/${id}`, { method: 'PUT', headers: { 'content-type': type }, body: '{' })
    expect((await put('text/plain')).status).toBe(415)
    expect((await put('application/json')).status).toBe(400)
  })
})

contract('the switches of the broker', (it) => {
  const switchOn = async ({ post }: World, feature: string) => {
    const response = await post('/settings/features', { feature, enabled: true })
    expect(response.status).toBe(204)
  }

  it('stop subscriptions from being created, but not from being found', async (world) => {
    const { id } = await world.subscribe()
    await switchOn(world, 'disable_subscription_creation')
    const response = await world.post('/subscriptions', aSubscription({ consumer_group: 'new' }))
    expect(response.status).toBe(503)
    expect(await detailOf(response)).toBe('Subscription creation is temporarily unavailable')
    const found = await world.post('/subscriptions', aSubscription())
    expect([found.status, (await jsonOf<Subscription>(found)).id]).toEqual([200, id])
  })

  it('demand an authorization of new and changed subscriptions', async (world) => {
    const { id } = await world.subscribe()
    await switchOn(world, 'force_subscription_authz')
    for (const response of [
      await world.post('/subscriptions', aSubscription({ consumer_group: 'new' })),
      await change(world, id, aSubscription()),
    ]) {
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe('Authorization section is mandatory')
    }
  })

  it('let nothing be written', async (world) => {
    const { id } = await world.subscribe()
    await switchOn(world, 'disable_db_write_operations')
    for (const response of [
      await world.post('/subscriptions', aSubscription({ consumer_group: 'new' })),
      await change(world, id, aSubscription()),
      await world.fetch(`/subscriptions/${id}`, { method: 'DELETE' }),
    ]) {
      expect(response.status).toBe(503)
      expect(await detailOf(response)).toBe('Database is currently in read-only mode')
    }
  })
})

contract(
  'the owner of a subscription',
  (it) => {
    it('is an application that exists, when the broker asks for one', async (world) => {
      await world.createEventType()
      const response = await world.post('/subscriptions', aSubscription({ owning_application: 'ghost' }))
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe('Owning application is not valid: ghost')
      expect((await world.post('/subscriptions', aSubscription())).status).toBe(201)
    })
  },
  { features: ['validate_subscription_owning_application'], isApplication: (name) => name !== 'ghost' },
)
