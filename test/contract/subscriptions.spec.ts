import type { Subscription } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { aSubscription, ORDER_PLACED, partitions } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'

contract('creating a subscription', (it) => {
  it('answers 201, the subscription with every default, and where it is', async ({
    createEventType,
    post,
  }) => {
    await createEventType()
    const response = await post('/subscriptions', {
      owning_application: 'billing',
      event_types: [ORDER_PLACED],
    })
    expect(response.status).toBe(201)
    const subscription = await jsonOf<Subscription>(response)
    expect(subscription).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      owning_application: 'billing',
      event_types: [ORDER_PLACED],
      consumer_group: 'default',
      read_from: 'end',
      initial_cursors: [],
      authorization: null,
      annotations: {},
      labels: {},
      created_at: WORLD_START,
      updated_at: WORLD_START,
    })
    const location = `/subscriptions/${subscription.id}`
    expect(response.headers.get('location')).toBe(location)
    expect(response.headers.get('content-location')).toBe(location)
  })

  it('answers 200 and the existing one to the same key', async ({ subscribe, post }) => {
    const existing = await subscribe()
    const response = await post('/subscriptions', aSubscription({ read_from: 'end' }))
    expect(response.status).toBe(200)
    expect(response.headers.get('location')).toBe(`/subscriptions/${existing.id}`)
    expect(await response.json()).toEqual(existing)
  })

  it('does not care in which order event types are named', async ({
    createEventType,
    createSubscription,
  }) => {
    for (const name of ['a.created', 'b.created']) await createEventType({ name })
    const first = await createSubscription({ event_types: ['b.created', 'a.created'] })
    const second = await createSubscription({ event_types: ['a.created', 'b.created'] })
    expect(first.event_types).toEqual(['a.created', 'b.created'])
    expect(second.id).toBe(first.id)
  })

  it('makes another one for another consumer group', async ({ subscribe, createSubscription }) => {
    const first = await subscribe()
    const second = await createSubscription({ consumer_group: 'audit' })
    expect(second.id).not.toBe(first.id)
  })

  it('names all event types that do not exist', async ({ createEventType, post }) => {
    await createEventType()
    const event_types = ['b.created', ORDER_PLACED, 'a.created']
    const response = await post('/subscriptions', aSubscription({ event_types }))
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toMatch(
      /^Failed to create subscription, event type\(s\) not found: ('a.created', 'b.created'|'b.created', 'a.created')$/,
    )
  })

  it('is refused when it would have too many partitions', async ({ createEventType, post }) => {
    const event_types = Array.from({ length: 13 }, (_, index) => `order.placed-${index}`)
    for (const name of event_types) await createEventType({ name, ...partitions(8) })
    const response = await post('/subscriptions', aSubscription({ event_types }))
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toBe(
      'total partition count for subscription is 104, but the maximum partition count is 100',
    )
  })
})

contract('the fields of a subscription', (it) => {
  const refusals = {
    'name an owning application': [
      { owning_application: '' },
      'Field "owning_application" must contain at least one character\n',
    ],
    'name a consumer group, or leave it out': [
      { consumer_group: '' },
      'Field "consumer_group" must contain at least one character\n',
    ],
    'name an event type': [{ event_types: [] }, 'Field "event_types" must contain at least one element\n'],
  } as const
  for (const [rule, [overrides, detail]] of Object.entries(refusals)) {
    it(rule, async ({ createEventType, post }) => {
      await createEventType()
      const response = await post('/subscriptions', { ...aSubscription(), ...overrides })
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ type: 'http://httpstatus.es/422', detail })
    })
  }

  it('say where to read from in one of three words', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post('/subscriptions', { ...aSubscription(), read_from: 'middle' })
    expect(response.status).toBe(400)
    expect(await detailOf(response)).toBe(
      "Illegal enum value: 'middle'. Possible values: [begin, end, cursors]",
    )
  })
})

contract('reading a subscription', (it) => {
  it('answers it', async ({ subscribe, fetch }) => {
    const subscription = await subscribe()
    const response = await fetch(`/subscriptions/${subscription.id}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(subscription)
  })

  it('is refused with 404 when there is none', async ({ fetch }) => {
    const response = await fetch('/subscriptions/none')
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })
})
