import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { ORDER_PLACED } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const kafka_configuration = {
  zookeeper_connection: {
    type: 'zookeeper',
    addresses: [{ address: 'zookeeper.example.org', port: 2181 }],
    path: '/kafka',
  },
}

function aStorage(id: string, overrides: object = {}) {
  return { id, storage_type: 'kafka', kafka_configuration, ...overrides }
}

async function storageOf(eventType: string, { fetch }: World): Promise<string | undefined> {
  const [timeline] = await jsonOf<{ storage_id: string }[]>(
    await fetch(`/event-types/${eventType}/timelines`),
  )
  return timeline?.storage_id
}

contract('the storages', (it) => {
  it('are one in the beginning, which is the default', async ({ fetch }) => {
    const response = await fetch('/storages')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject([{ id: 'default', storage_type: 'kafka', default: true }])
  })

  it('are shown as they were created', async ({ fetch, post }) => {
    const created = await post('/storages', aStorage('second'))
    expect([created.status, await created.text()]).toEqual([201, ''])
    const response = await fetch('/storages/second')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ...aStorage('second'), default: false })
    expect(await (await fetch('/storages')).json()).toHaveLength(2)
  })

  it('are deleted with 204', async ({ fetch, post }) => {
    await post('/storages', aStorage('second'))
    const response = await fetch('/storages/second', { method: 'DELETE' })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect((await fetch('/storages/second')).status).toBe(404)
  })

  it('hold the event types that are created while they are the default', async (world) => {
    await world.post('/storages', aStorage('second'))
    const chosen = await world.fetch('/storages/default/second', { method: 'PUT' })
    expect(chosen.status).toBe(200)
    expect(await chosen.json()).toEqual({ ...aStorage('second'), default: true })
    expect(await jsonOf(await world.fetch('/storages/default'))).toMatchObject({ default: false })
    await world.createEventType()
    expect(await storageOf(ORDER_PLACED, world)).toBe('second')
  })

  it('may be made the default when they are created', async (world) => {
    await world.post('/storages', aStorage('second', { default: true }))
    await world.createEventType()
    expect(await storageOf(ORDER_PLACED, world)).toBe('second')
  })

  it('hold compacted event types in the storage named default only', async (world) => {
    await world.post('/storages', aStorage('second', { default: true }))
    await world.createEventType({ cleanup_policy: 'compact' })
    expect(await storageOf(ORDER_PLACED, world)).toBe('default')
  })

  it('take over event types with a new timeline', async (world) => {
    await world.createEventType()
    await world.post('/storages', aStorage('second'))
    await world.post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'second' })
    const timelines = await world.fetch(`/event-types/${ORDER_PLACED}/timelines`)
    expect(await timelines.json()).toMatchObject([{ storage_id: 'default' }, { storage_id: 'second' }])
  })
})

contract('a storage', (it) => {
  it('is refused with 409 when its id is taken', async ({ post }) => {
    const response = await post('/storages', aStorage('default'))
    expect([response.status, await detailOf(response)]).toEqual([
      409,
      "A storage with id 'default' already exists.",
    ])
  })

  it('is refused with 422 when it is of another type', async ({ post }) => {
    const response = await post('/storages', aStorage('second', { storage_type: 'tape' }))
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      "Type 'tape' is not a valid storage type",
    ])
  })

  for (const field of ['id', 'storage_type', 'kafka_configuration']) {
    it(`is refused with 422 without ${field}`, async ({ post }) => {
      expect((await post('/storages', aStorage('second', { [field]: undefined }))).status).toBe(422)
    })
  }

  it('is refused with 422 when its configuration is malformed', async ({ post }) => {
    expect((await post('/storages', aStorage('second', { kafka_configuration: 'none' }))).status).toBe(422)
  })

  it('is refused with 400 when it is not JSON', async ({ post }) => {
    expect((await post('/storages', '{')).status).toBe(400)
  })

  it('is not deleted while it holds a timeline', async ({ createEventType, fetch }) => {
    await createEventType()
    const response = await fetch('/storages/default', { method: 'DELETE' })
    expect([response.status, await detailOf(response)]).toEqual([
      403,
      "Can't delete storage as it is still used, id: default",
    ])
  })

  const changes = [
    { path: '/storages', init: { method: 'POST', body: JSON.stringify(aStorage('second')) } },
    { path: '/storages/default', init: { method: 'DELETE' } },
    { path: '/storages/default/default', init: { method: 'PUT' } },
  ]
  for (const { path, init } of changes) {
    it(`is refused with 503 by ${init.method} ${path} while the database is read-only`, async (world) => {
      await world.enable('disable_db_write_operations')
      const headers = { 'content-type': 'application/json' }
      const response = await world.fetch(path, { ...init, headers })
      expect([response.status, await detailOf(response)]).toEqual([
        503,
        'Database is currently in read-only mode',
      ])
    })
  }

  const unknown = [
    { path: '/storages/tape', method: 'GET', detail: 'No storage with id tape' },
    {
      path: '/storages/tape',
      method: 'DELETE',
      detail: "Tried to remove storage that doesn't exist, id: tape",
    },
    { path: '/storages/default/tape', method: 'PUT', detail: 'Storage with id tape is not found' },
  ]
  for (const { path, method, detail } of unknown) {
    it(`is unknown to ${method} ${path} with 404`, async ({ fetch }) => {
      const response = await fetch(path, { method })
      expect([response.status, await detailOf(response)]).toEqual([404, detail])
    })
  }
})
