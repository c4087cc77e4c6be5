import { expect } from 'vitest'
import { itemsOf } from './answers.ts'
import { anOrder, eid, ORDER_PLACED } from './builders.ts'
import { contract, type It, type Setup } from './contract.ts'
import { numbers } from './event-stream.ts'
import { callers, OPERATOR } from './tokens.ts'
import type { World } from './world.ts'

const team = (value: string) => ({ data_type: 'team', value })
const member = (subject: string, ...teams: readonly string[]) => ({ subject, attributes: teams.map(team) })

const setup: Setup = {
  ...callers([], {
    red: member('red', 'red'),
    blue: member('blue', 'blue'),
    both: member('both', 'red', 'blue'),
  }),
  features: ['event_owner_selector_authz'],
  token: OPERATOR,
}

const schema = {
  type: 'json_schema',
  schema: JSON.stringify({
    type: 'object',
    properties: { order_number: { type: 'string' }, shop: { type: 'object', properties: { team: {} } } },
    required: ['order_number'],
  }),
} as const

const selector = { type: 'path', name: 'team', value: 'shop.team' } as const

const ownedBy = (n: number, owner: unknown) => anOrder(n, { shop: { team: owner } })

async function mixedEvents(world: World) {
  await world.createEventType({ schema, event_owner_selector: selector })
  const subscription = await world.createSubscription()
  await world.as('both').publish([ownedBy(1, 'red'), ownedBy(2, 'blue'), ownedBy(3, 'red'), anOrder(4)])
  return subscription
}

contract(
  'the owner of an event',
  (it) => {
    it('may publish it, and nobody else', async (world) => {
      await world.createEventType({ schema, event_owner_selector: selector })
      const events = [ownedBy(1, 'red'), ownedBy(2, 'blue'), ownedBy(3, 'red')]
      const response = await world.as('red').post(`/event-types/${ORDER_PLACED}/events`, events)
      expect(response.status).toBe(422)
      const items = await itemsOf(response)
      expect(items.map(({ publishing_status, step, eid }) => [publishing_status, step, eid])).toEqual([
        ['aborted', 'validating', eid(1)],
        ['failed', 'validating', eid(2)],
        ['aborted', 'none', eid(3)],
      ])
      expect(items[1]?.detail).toMatch(/^Access on WRITE event:.* denied/)
      await world.as('both').publish(events)
    })

    it('is given it by streams, and nobody else; what has no owner is for everyone', async (world) => {
      const subscription = await mixedEvents(world)
      for (const [token, wanted] of [
        ['red', ['order-1', 'order-3', 'order-4']],
        ['blue', ['order-2', 'order-4']],
      ] as const) {
        const other = await world.createSubscription({ consumer_group: token })
        const stream = await world.as(token).openStream(other, { batch_limit: 10, batch_flush_timeout: 1 })
        await world.clock.advance(1000)
        expect(numbers(await stream.batch())).toEqual(wanted)
      }
      const stream = await world.as('both').openStream(subscription, { batch_limit: 4 })
      expect(numbers(await stream.batch())).toHaveLength(4)
    })

    it('is given it by low-level streams too', async (world) => {
      await mixedEvents(world)
      const cursors = JSON.stringify([{ partition: '0', offset: 'BEGIN' }])
      const path = `/event-types/${ORDER_PLACED}/events?batch_limit=10&batch_flush_timeout=1&stream_timeout=1`
      const response = await world.as('blue').fetch(path, { headers: { 'x-nakadi-cursors': cursors } })
      await world.clock.advance(1000)
      const [line = ''] = (await response.text()).split('\n')
      expect(numbers(JSON.parse(line))).toEqual(['order-2', 'order-4'])
    })

    it('can be the same for all events', async (world) => {
      const event_owner_selector = { type: 'static', name: 'team', value: 'red' } as const
      await world.createEventType({ event_owner_selector })
      const path = `/event-types/${ORDER_PLACED}/events`
      expect((await world.as('blue').post(path, [anOrder(1)])).status).toBe(422)
      expect((await world.as('red').post(path, [anOrder(1)])).status).toBe(200)
    })
  },
  setup,
)

const unguarded = (it: It) => {
  it('gives everybody everything', async (world) => {
    const subscription = await mixedEvents(world)
    const stream = await world.as('red').openStream(subscription, { batch_limit: 4 })
    expect(numbers(await stream.batch())).toHaveLength(4)
  })
}

contract('a broker that does not look for owners', unguarded, { ...setup, features: [] })
