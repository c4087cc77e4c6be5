import type { Subscription, SubscriptionList } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { aSubscription, ORDER_PLACED, offset, orders, partitions } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import { numbers } from './event-stream.ts'
import type { World } from './world.ts'

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

contract('listing subscriptions', (it) => {
  /** Three subscriptions, a second apart from each other. */
  const threeSubscriptions = async ({ createEventType, createSubscription, clock }: World) => {
    await createEventType()
    for (const consumer_group of ['first', 'second', 'third']) {
      await createSubscription({ consumer_group })
      await clock.advance(1000)
    }
  }
  const list = async ({ fetch }: World, query: string) => {
    const { items, _links } = await jsonOf<SubscriptionList>(await fetch(`/subscriptions?${query}`))
    return { groups: items.map(({ consumer_group }) => consumer_group), links: _links }
  }

  it('answers the newest first', async (world) => {
    await threeSubscriptions(world)
    expect(await list(world, '')).toEqual({ groups: ['third', 'second', 'first'], links: {} })
  })

  it('links a full page to the next one', async (world) => {
    await threeSubscriptions(world)
    expect(await list(world, 'limit=2')).toEqual({
      groups: ['third', 'second'],
      links: { next: { href: '/subscriptions?offset=2&limit=2' } },
    })
  })

  it('links a later page to the previous one', async (world) => {
    await threeSubscriptions(world)
    expect(await list(world, 'owning_application=billing&offset=2&limit=2')).toEqual({
      groups: ['first'],
      links: { prev: { href: '/subscriptions?owning_application=billing&offset=0&limit=2' } },
    })
  })

  it('answers those of an application', async (world) => {
    await threeSubscriptions(world)
    await world.createSubscription({ owning_application: 'audit' })
    expect((await list(world, 'owning_application=audit')).groups).toEqual(['default'])
  })

  it('answers those that have all of some event types', async (world) => {
    await threeSubscriptions(world)
    await world.createEventType({ name: 'order.paid' })
    await world.createSubscription({ event_types: ['order.paid', ORDER_PLACED], consumer_group: 'both' })
    expect((await list(world, 'event_type=order.paid')).groups).toEqual(['both'])
    expect((await list(world, `event_type=order.paid,${ORDER_PLACED}`)).groups).toEqual(['both'])
    expect((await list(world, `event_type=${ORDER_PLACED}`)).groups).toHaveLength(4)
  })

  for (const [query, detail] of [
    ['limit=0', "'limit' parameter should have value between 1 and 1000"],
    ['limit=1001', "'limit' parameter should have value between 1 and 1000"],
    ['offset=-1', "'offset' parameter can't be lower than 0"],
  ]) {
    it(`is refused with 400 for ${query}`, async ({ fetch }) => {
      const response = await fetch(`/subscriptions?${query}`)
      expect(response.status).toBe(400)
      expect(await detailOf(response)).toBe(detail)
    })
  }
})

contract('deleting a subscription', (it) => {
  it('answers 204 and forgets it', async ({ subscribe, fetch }) => {
    const { id } = await subscribe()
    const response = await fetch(`/subscriptions/${id}`, { method: 'DELETE' })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect((await fetch(`/subscriptions/${id}`)).status).toBe(404)
  })

  it('is refused with 404 when there is none', async ({ fetch }) => {
    expect((await fetch('/subscriptions/none', { method: 'DELETE' })).status).toBe(404)
  })
})

contract('a subscription that is given its first cursors', (it) => {
  const from = (...cursors: readonly object[]) => ({
    ...aSubscription(),
    read_from: 'cursors',
    initial_cursors: cursors.map((cursor) => ({ event_type: ORDER_PLACED, partition: '0', ...cursor })),
  })

  it('starts after them', async ({ createEventType, publish, post, openStream }) => {
    await createEventType()
    await publish(orders(1, 2))
    const response = await post('/subscriptions', from({ offset: offset(0) }))
    const stream = await openStream(await jsonOf<Subscription>(response))
    expect(numbers(await stream.batch())).toEqual(['order-2'])
  })

  it('starts at the first event for BEGIN', async ({ createEventType, publish, post, openStream }) => {
    await createEventType()
    await publish(orders(1, 2))
    const stream = await openStream(
      await jsonOf<Subscription>(await post('/subscriptions', from({ offset: 'BEGIN' }))),
    )
    expect(numbers(await stream.batch())).toEqual(['order-1'])
  })

  const at = { offset: 'BEGIN' }
  const refusals = [
    {
      given: 'none',
      cursors: [],
      detail: 'initial_cursors should contain cursors for all partitions of subscription',
    },
    {
      given: 'one of another partition',
      cursors: [at, { ...at, partition: '7' }],
      detail: 'initial_cursors should contain cursors only for partitions of this subscription',
    },
    {
      given: 'two of one partition',
      cursors: [at, at],
      detail: 'there should be no more than 1 cursor for each partition in initial_cursors',
    },
    {
      given: 'one that is beyond the end',
      cursors: [{ offset: offset(5) }],
      detail:
        'offset 001-0001-000000000000000005 for partition 0 event type order.placed is unavailable as retention ' +
        'time of data elapsed. PATCH partition offset with valid and available offset',
    },
  ]
  for (const { given, cursors, detail } of refusals) {
    it(`is refused with 422 for ${given}`, async ({ createEventType, post }) => {
      await createEventType()
      const response = await post('/subscriptions', from(...cursors))
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }
})
