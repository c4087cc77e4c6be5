import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { anOrder, ORDER_PLACED, orders } from './builders.ts'
import { contract } from './contract.ts'
import { callers, OPERATOR } from './tokens.ts'
import type { World } from './world.ts'

const BILLING = 'billing'
const BLOCKED = 'Application or event type is blocked'
const setup = { ...callers([BILLING, 'shop']), token: OPERATOR }

type BlacklistType = 'CONSUMER_APP' | 'CONSUMER_ET' | 'PRODUCER_APP' | 'PRODUCER_ET'

async function block({ fetch }: World, type: BlacklistType, name: string): Promise<void> {
  expect((await fetch(`/settings/blacklist/${type}/${name}`, { method: 'PUT' })).status).toBe(204)
}

async function unblock({ fetch }: World, type: BlacklistType, name: string): Promise<void> {
  expect((await fetch(`/settings/blacklist/${type}/${name}`, { method: 'DELETE' })).status).toBe(204)
}

const refused = async (response: Response) => [response.status, await detailOf(response)]

contract(
  'a producer that is blocked',
  (it) => {
    for (const [type, name] of [
      ['PRODUCER_APP', BILLING],
      ['PRODUCER_ET', ORDER_PLACED],
    ] as const) {
      it(`as ${type} can neither publish nor delete, whatever it sends, until it is unblocked`, async (world) => {
        await world.createEventType()
        await block(world, type, name)
        const producer = world.as(BILLING)
        for (const path of ['events', 'deleted-events']) {
          for (const body of [[anOrder(1)], 'nonsense']) {
            const response = await producer.post(`/event-types/${ORDER_PLACED}/${path}`, body)
            expect(await refused(response)).toEqual([403, BLOCKED])
          }
        }
        await unblock(world, type, name)
        await producer.publish([anOrder(1)])
      })
    }

    it('is not another one, and may consume', async (world) => {
      const subscription = await world.subscribe()
      await block(world, 'PRODUCER_APP', BILLING)
      await world.as('shop').publish([anOrder(1)])
      const stream = await world.as(BILLING).openStream(subscription)
      expect((await stream.batch()).events).toHaveLength(1)
    })
  },
  setup,
)

contract(
  'a consumer that is blocked',
  (it) => {
    for (const [type, name] of [
      ['CONSUMER_APP', BILLING],
      ['CONSUMER_ET', ORDER_PLACED],
    ] as const) {
      it(`as ${type} gets no stream, of whatever kind`, async (world) => {
        const subscription = await world.subscribe()
        await block(world, type, name)
        const consumer = world.as(BILLING)
        expect(await refused(await consumer.requestStream(subscription))).toEqual([403, BLOCKED])
        const partitions = [{ event_type: ORDER_PLACED, partition: '0' }]
        expect(await refused(await consumer.requestStream(subscription, { partitions }))).toEqual([
          403,
          BLOCKED,
        ])
        const lowLevel = await consumer.fetch(`/event-types/${ORDER_PLACED}/events`)
        expect(await refused(lowLevel)).toEqual([403, BLOCKED])
        await unblock(world, type, name)
        await consumer.openStream(subscription)
      })

      it(`as ${type} neither sees nor commits positions`, async (world) => {
        const subscription = await world.subscribe()
        await world.publish(orders(1, 1))
        const stream = await world.as(BILLING).openStream(subscription, { commit_timeout: 60 })
        const { cursor } = await stream.batch()
        await block(world, type, name)
        const detail = 'Application or subscription is blocked'
        const consumer = world.as(BILLING)
        expect(await refused(await consumer.commit(stream, cursor))).toEqual([403, detail])
        const cursors = await consumer.fetch(`/subscriptions/${subscription.id}/cursors`)
        expect(await refused(cursors)).toEqual([403, detail])
      })

      it(`as ${type} is told so on the stream that it has, which ends`, async (world) => {
        const subscription = await world.subscribe()
        const stream = await world.as(BILLING).openStream(subscription)
        await world.until.owners(subscription, ([owner]) => owner === stream.id)
        await block(world, type, name)
        const batches = await stream.rest()
        expect(batches.map(({ info }) => info?.debug)).toEqual(['Consumption is blocked'])
      })

      it(`as ${type} loses its low-level stream without a word`, async (world) => {
        await world.createEventType()
        const response = await world.as(BILLING).fetch(`/event-types/${ORDER_PLACED}/events`)
        await block(world, type, name)
        expect(await response.text()).toBe('')
      })
    }

    it('by its second event type is not blocked: the first one stands for all', async (world) => {
      await world.createEventType()
      await world.createEventType({ name: 'a.first' })
      const subscription = await world.createSubscription({ event_types: ['a.first', ORDER_PLACED] })
      await block(world, 'CONSUMER_ET', ORDER_PLACED)
      expect((await world.as(BILLING).requestStream(subscription)).status).toBe(200)
    })

    it('may publish', async (world) => {
      await world.createEventType()
      await block(world, 'CONSUMER_APP', BILLING)
      await world.as(BILLING).publish([anOrder(1)])
    })
  },
  setup,
)
