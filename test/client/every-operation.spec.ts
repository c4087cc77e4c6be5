// Every operation of the API has a method of the client that calls it.

import type { Client, Fetch } from '@rioni/client'
import { type OperationId, operations } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { createWorld, ORDER_PLACED, type World } from './world.ts'

const schema = { type: 'json_schema', schema: '{}' } as const
const storage = {
  id: 's',
  storage_type: 'kafka',
  kafka_configuration: { zookeeper_connection: { type: 'zookeeper', addresses: [] } },
} as const
const cursor = { partition: '0', offset: 'BEGIN' }
const subscription = { owning_application: 'billing', event_types: [ORDER_PLACED] }
const metadata = { eid: '00000000-0000-0000-0000-000000000001', occurred_at: '2026-01-01T00:00:00Z' }
const everybody = [{ data_type: '*', value: '*' }]

/** What to call. The type of the table leaves out no operation. */
const methods: Readonly<Record<OperationId, (client: Client, id: string) => unknown>> = {
  listEventTypes: ({ eventTypes }) => eventTypes.list(),
  createEventType: async ({ eventTypes }) => eventTypes.create(await eventTypes.get(ORDER_PLACED)),
  getEventType: ({ eventTypes }) => eventTypes.get(ORDER_PLACED),
  updateEventType: ({ eventTypes }) => eventTypes.update(ORDER_PLACED, { labels: { a: 'b' } }),
  deleteEventType: ({ eventTypes }) => eventTypes.delete('e'),
  listSchemas: ({ schemas }) => first(schemas.list(ORDER_PLACED)),
  createSchema: ({ schemas }) => schemas.add(ORDER_PLACED, schema),
  getSchema: ({ schemas }) => schemas.get(ORDER_PLACED, 'latest'),
  checkSchemaCompatibility: ({ schemas }) => schemas.checkCompatibility(ORDER_PLACED, '{}'),
  listPartitions: ({ partitions }) => partitions.list(ORDER_PLACED),
  getPartition: ({ partitions }) => partitions.get(ORDER_PLACED, '0'),
  setPartitionCount: ({ partitions }) => partitions.setCount(ORDER_PLACED, 2),
  measureCursorDistances: ({ cursors }) =>
    cursors.distances(ORDER_PLACED, [{ initial_cursor: cursor, final_cursor: cursor }]),
  shiftCursors: ({ cursors }) => cursors.shift(ORDER_PLACED, [{ ...cursor, shift: 0 }]),
  measureCursorsLag: ({ cursors }) => cursors.lag(ORDER_PLACED, [cursor]),
  listTimelines: ({ timelines }) => timelines.list(ORDER_PLACED),
  createTimeline: ({ timelines }) => timelines.create(ORDER_PLACED, 'default'),
  publishEvents: (client) => client.publishEvents(ORDER_PLACED, [{ n: 1, metadata }]),
  deleteEvents: (client) => client.deleteEvents(ORDER_PLACED, []),
  streamEvents: ({ subscriptions }, id) => subscriptions.reset(id, { time: new Date(0) }),
  listSubscriptions: ({ subscriptions }) => first(subscriptions.list()),
  createSubscription: ({ subscriptions }) => subscriptions.createOrGet(subscription),
  getSubscription: ({ subscriptions }, id) => subscriptions.get(id),
  updateSubscription: ({ subscriptions }, id) => subscriptions.update(id, { labels: { a: 'b' } }),
  deleteSubscription: ({ subscriptions }) => subscriptions.delete('s'),
  getSubscriptionStats: ({ subscriptions }, id) => subscriptions.stats(id),
  getSubscriptionCursors: ({ subscriptions }, id) => subscriptions.cursors(id),
  commitCursors: ({ commitCursors }, id) => commitCursors({ subscriptionId: id, streamId: 's', cursors: [] }),
  resetCursors: ({ subscriptions }, id) => subscriptions.reset(id, 'begin'),
  streamSubscription: ({ openStream }) => openStream({ subscriptionId: 's', parameters: {} }),
  streamSubscriptionPartitions: ({ openStream }) =>
    openStream({
      subscriptionId: 's',
      parameters: {},
      partitions: [{ event_type: ORDER_PLACED, partition: '0' }],
    }),
  listStorages: ({ storages }) => storages.list(),
  createStorage: ({ storages }) => storages.create(storage),
  getStorage: ({ storages }) => storages.get('s'),
  deleteStorage: ({ storages }) => storages.delete('s'),
  setDefaultStorage: ({ storages }) => storages.setDefault('s'),
  getBlacklist: ({ settings }) => settings.getBlacklist(),
  addToBlacklist: ({ settings }) => settings.block({ type: 'CONSUMER_APP', name: 'a' }),
  removeFromBlacklist: ({ settings }) => settings.unblock({ type: 'CONSUMER_APP', name: 'a' }),
  listFeatures: ({ settings }) => settings.listFeatures(),
  setFeature: ({ settings }) => settings.setFeature({ feature: 'kpi_collection', enabled: false }),
  getAdmins: ({ settings }) => settings.getAdmins(),
  setAdmins: ({ settings }) =>
    settings.setAdmins({ admins: everybody, readers: everybody, writers: everybody }),
  listPartitionStrategies: ({ registry }) => registry.partitionStrategies(),
  listEnrichmentStrategies: ({ registry }) => registry.enrichmentStrategies(),
  listAvroSchemas: ({ registry }) => registry.avroSchemas('batch.publishing'),
  getAvroSchema: ({ registry }) => registry.avroSchema('batch.publishing', '0'),
  getHealth: ({ node }) => node.checkHealth(),
  getVersion: ({ node }) => node.version(),
  getMetrics: ({ node }) => node.metrics(),
  getRequestMetrics: ({ node }) => node.requestMetrics(),
  getStreamMetrics: ({ node }) => node.streamMetrics(),
  getPrometheusMetrics: ({ node }) => node.prometheusMetrics(),
  getApiDefinition: ({ node }) => node.apiDefinition(),
}

describe('every operation', () => {
  for (const [operation, call] of Object.entries(methods)) {
    it(`has a method: ${operation}`, async () => {
      const world = await createWorld()
      const { id } = await populated(world)
      const called = new Set<string>()
      const watching: Fetch = (url, init) => {
        called.add(operationOf(new URL(url).pathname, init.method))
        return world.fetch(url, init)
      }
      // What the broker says to the call is not the question here, so it may refuse.
      await Promise.resolve(call(world.client({ fetch: watching }), id)).catch(() => undefined)
      expect([...called]).toContain(operation)
    })
  }
})

/** An order to be found by its time, and a subscription to it. */
async function populated({ client }: World): Promise<{ readonly id: string }> {
  await client().publishEvents(ORDER_PLACED, [{ n: 1, metadata }])
  return client().subscriptions.createOrGet(subscription)
}

function operationOf(path: string, method: string | undefined): string {
  const found = Object.entries(operations).find(
    ([, operation]) =>
      operation.method === method &&
      new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  return found?.[0] ?? `${method} ${path}`
}

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item
  return undefined
}
