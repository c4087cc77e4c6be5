// What operators of a broker do: timelines, storages, settings, registries, and the node itself.

import { describe, expect, it } from 'vitest'
import { createWorld, ORDER_PLACED } from './world.ts'

const storage = {
  id: 'second',
  storage_type: 'kafka',
  kafka_configuration: {
    zookeeper_connection: { type: 'zookeeper', addresses: [{ address: 'zk', port: 2181 }] },
  },
} as const

describe('storages and timelines', () => {
  it('are created, read and listed', async () => {
    const { client } = await createWorld()
    const { storages, timelines } = client()
    await storages.create(storage)
    expect(await storages.get('second')).toMatchObject({ ...storage, default: false })
    await timelines.create(ORDER_PLACED, 'second')
    expect((await timelines.list(ORDER_PLACED)).map(({ storage_id }) => storage_id)).toEqual([
      'default',
      'second',
    ])
    expect((await storages.list()).map(({ id }) => id)).toEqual(['default', 'second'])
  })

  it('have a default, and an end', async () => {
    const { client } = await createWorld()
    const { storages } = client()
    await storages.create(storage)
    expect(await storages.setDefault('second')).toMatchObject({ id: 'second', default: true })
    await storages.setDefault('default')
    await storages.delete('second')
    await expect(storages.get('second')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the settings of a broker', () => {
  it('block and unblock', async () => {
    const { client } = await createWorld()
    const { settings } = client()
    const entry = { type: 'PRODUCER_ET', name: ORDER_PLACED } as const
    await settings.block(entry)
    expect((await settings.getBlacklist()).producers.event_types).toEqual([ORDER_PLACED])
    await settings.unblock(entry)
    expect((await settings.getBlacklist()).producers.event_types).toEqual([])
  })

  it('switch features on and off', async () => {
    const { client } = await createWorld()
    const { settings } = client()
    await settings.setFeature({ feature: 'repartitioning', enabled: true })
    expect(await settings.listFeatures()).toContainEqual({ feature: 'repartitioning', enabled: true })
  })

  it('name the admins', async () => {
    const { client } = await createWorld()
    const { settings } = client()
    const jane = [{ data_type: 'user', value: 'operator' }]
    await settings.setAdmins({ admins: jane, readers: jane, writers: jane })
    expect((await settings.getAdmins()).admins).toContainEqual(jane[0])
  })
})

describe('the registries', () => {
  it('name the strategies and the binary formats', async () => {
    const { client } = await createWorld()
    const { registry } = client()
    expect(await registry.partitionStrategies()).toContain('hash')
    expect(await registry.enrichmentStrategies()).toEqual(['metadata_enrichment'])
    const [format] = await registry.avroSchemas('batch.publishing')
    expect(format).toBeDefined()
    expect(await registry.avroSchema('batch.publishing', format?.version ?? '')).toEqual(format)
  })
})

describe('a node of the broker', () => {
  it('says that it is up, what it is, and what it has done', async () => {
    const { client } = await createWorld()
    const { node } = client()
    await node.checkHealth()
    expect(await node.version()).toEqual({ scm_source: null })
    expect(await node.metrics()).toMatchObject({ gauges: expect.any(Object) })
    expect(await node.requestMetrics()).toMatchObject({ timers: expect.any(Object) })
    expect(await node.streamMetrics()).toMatchObject({ meters: expect.any(Object) })
    expect(await node.prometheusMetrics()).toContain('# TYPE ')
    expect(await node.apiDefinition()).toMatchObject({ openapi: expect.stringMatching(/^3/) })
  })

  it('says when it is stopping', async () => {
    const { broker, client } = await createWorld()
    await broker.close()
    await expect(client({ retry: { maxAttempts: 1 } }).node.checkHealth()).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    })
  })
})
