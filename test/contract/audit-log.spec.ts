import { createHash } from 'node:crypto'
import type { EventType, Subscription } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { anEventType, anOrder, aSubscription, BEFORE_FIRST, ORDER_PLACED, offset } from './builders.ts'
import { contract } from './contract.ts'
import { systemEvents } from './system-events.ts'
import { callers, OPERATOR, user } from './tokens.ts'
import type { World } from './world.ts'

interface AuditEvent {
  readonly data_op: string
  readonly data_type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
}

const user_hash = createHash('sha256').update('saltoperator').digest('hex')

/** What has been recorded of resources of a kind. */
async function entries(world: World, resourceType: string): Promise<readonly AuditEvent[]> {
  const events = await systemEvents<AuditEvent>(world, 'nakadi.audit.log')
  return events.filter(
    ({ data_type, data }) => data_type === resourceType && !String(data['new_text']).includes('reader of'),
  )
}

const said = ({ data_op, data }: AuditEvent) => [data_op, data['resource_id']]

const put = (body: unknown): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const setup = { ...callers([]), features: ['audit_log_collection'], token: OPERATOR } as const

contract(
  'the audit log',
  (it) => {
    it('tells who made what of an event type', async (world) => {
      await world.createEventType()
      const path = `/event-types/${ORDER_PLACED}`
      const created = await jsonOf<EventType>(await world.fetch(path))
      await world.fetch(path, put(anEventType({ audience: 'company-internal' })))
      const updated = await jsonOf<EventType>(await world.fetch(path))
      await world.fetch(path, { method: 'DELETE' })
      const found = await entries(world, 'event_type')
      const common = { resource_type: 'event_type', resource_id: ORDER_PLACED, user: OPERATOR, user_hash }
      const [before, after] = [created, updated].map((eventType) => JSON.stringify(eventType))
      expect(found.map(({ metadata: _, ...event }) => event)).toEqual([
        { data_op: 'C', data_type: 'event_type', data: { ...common, new_object: created, new_text: before } },
        {
          data_op: 'U',
          data_type: 'event_type',
          data: {
            ...common,
            previous_object: created,
            previous_text: before,
            new_object: updated,
            new_text: after,
          },
        },
        {
          data_op: 'D',
          data_type: 'event_type',
          data: { ...common, previous_object: updated, previous_text: after },
        },
      ])
      expect(found[0]?.metadata).toMatchObject({
        event_type: 'nakadi.audit.log',
        published_by: 'stups_nakadi',
      })
    })

    it('tells of subscriptions, and of positions that were reset', async (world) => {
      const { id } = await world.subscribe()
      await world.publish([anOrder(1)])
      await world.fetch(`/subscriptions/${id}`, put(aSubscription({ annotations: { a: 'b' } })))
      const cursor = { event_type: ORDER_PLACED, partition: '0', offset: offset(0) }
      await world.fetch(`/subscriptions/${id}/cursors`, { ...put({ items: [cursor] }), method: 'PATCH' })
      await world.fetch(`/subscriptions/${id}`, { method: 'DELETE' })
      const subscriptions = await entries(world, 'subscription')
      expect(subscriptions.map(said)).toEqual([
        ['C', id],
        ['U', id],
        ['D', id],
      ])
      const cursors = await entries(world, 'cursors')
      expect(cursors.map(said)).toEqual([['U', id]])
      const text = (at: string) =>
        JSON.stringify({ items: [{ partition: '0', offset: at, event_type: ORDER_PLACED }] })
      const { previous_text, new_text } = cursors[0]?.data ?? {}
      expect([previous_text, new_text]).toEqual([text(BEFORE_FIRST), text(offset(0))])
    })

    it('tells of subscriptions that are deleted with their event type', async (world) => {
      const { id } = await world.subscribe()
      await world.post('/settings/features', {
        feature: 'delete_event_type_with_subscriptions',
        enabled: true,
      })
      await world.fetch(`/event-types/${ORDER_PLACED}`, { method: 'DELETE' })
      const found: readonly AuditEvent[] = await entries(world, 'subscription')
      expect(found.map(said)).toEqual([
        ['C', id],
        ['D', id],
      ])
    })

    it('tells of timelines', async (world) => {
      await world.createEventType()
      const path = `/event-types/${ORDER_PLACED}/timelines`
      await world.post(path, { storage_id: 'default' })
      const timelines = await jsonOf<{ readonly id: string }[]>(await world.fetch(path))
      expect((await entries(world, 'timeline')).map(said)).toEqual([['C', timelines[1]?.id]])
    })

    it('tells of storages', async (world) => {
      const connection = { type: 'zookeeper', addresses: [{ address: 'zk', port: 2181 }], path: '' }
      await world.post('/storages', {
        id: 'second',
        storage_type: 'kafka',
        kafka_configuration: { zookeeper_connection: connection },
      })
      await world.fetch('/storages/default/second', { method: 'PUT' })
      await world.fetch('/storages/default/default', { method: 'PUT' })
      await world.fetch('/storages/second', { method: 'DELETE' })
      // In order for each storage: the log is partitioned by resource.
      const found = (await entries(world, 'storage')).map(said)
      expect(found.filter(([, id]) => id === 'second')).toEqual([
        ['C', 'second'],
        ['U', 'second'],
        ['D', 'second'],
      ])
      expect(found.filter(([, id]) => id === 'default')).toEqual([['U', 'default']])
    })

    it('calls some features by ids of their own', async (world) => {
      const names = [
        'token_subscriptions_iteration',
        'validate_subscription_owning_application',
        'validate_event_type_owning_application',
      ]
      for (const feature of names) await world.post('/settings/features', { feature, enabled: true })
      const found = await entries(world, 'feature')
      expect(found.map(({ data }) => data['resource_id']).toSorted()).toEqual([
        'token_subscription_iteration',
        'validate_event_type_owning_app',
        'validate_subscription_owning_app',
      ])
    })

    it('tells of features', async (world) => {
      const feature = 'repartitioning'
      await world.post('/settings/features', { feature, enabled: true })
      await world.post('/settings/features', { feature, enabled: true })
      const [entry, ...more] = await entries(world, 'feature')
      expect(more).toEqual([])
      expect(entry?.data).toMatchObject({
        resource_id: feature,
        previous_object: { feature, enabled: false },
        new_object: { feature, enabled: true },
      })
    })

    it('tells of the Nakadi admins', async (world) => {
      const alice = [user('alice')]
      await world.post('/settings/admins', { admins: alice, readers: alice, writers: alice })
      const [entry] = await entries(world, 'admins')
      expect(entry?.data_op).toBe('U')
      expect(entry?.data).toMatchObject({
        resource_id: '-',
        previous_object: { admins: [], readers: [], writers: [] },
        new_object: { admins: alice, readers: alice, writers: alice },
      })
    })

    it('tells of the blacklist', async (world) => {
      const path = '/settings/blacklist/CONSUMER_APP/billing'
      await world.fetch(path, { method: 'PUT' })
      await world.fetch(path, { method: 'DELETE' })
      expect((await entries(world, 'blacklist_entry')).map(said)).toEqual([
        ['C', 'CONSUMER_APP:billing'],
        ['D', 'CONSUMER_APP:billing'],
      ])
    })

    it('tells of nothing that was refused', async (world) => {
      await world.createEventType()
      await world.post('/event-types', anEventType())
      await world.fetch('/event-types/none', { method: 'DELETE' })
      expect((await entries(world, 'event_type')).map(said)).toEqual([['C', ORDER_PLACED]])
    })
  },
  setup,
)

contract(
  'a broker without authentication that keeps an audit log',
  (it) => {
    it('calls everyone unauthenticated', async (world) => {
      await world.createEventType()
      const subscription: Pick<Subscription, 'id'> = await world.createSubscription()
      const found = await entries(world, 'subscription')
      expect(found.map(({ data }) => [data['resource_id'], data['user']])).toEqual([
        [subscription.id, 'unauthenticated'],
      ])
    })
  },
  { features: ['audit_log_collection'] },
)
