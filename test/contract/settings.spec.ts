import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const EMPTY = {
  consumers: { event_types: [], apps: [] },
  producers: { event_types: [], apps: [] },
}

const TYPES = [
  ['CONSUMER_APP', 'consumers', 'apps'],
  ['CONSUMER_ET', 'consumers', 'event_types'],
  ['PRODUCER_APP', 'producers', 'apps'],
  ['PRODUCER_ET', 'producers', 'event_types'],
] as const

contract('the blacklist', (it) => {
  it('is empty in the beginning', async ({ fetch }) => {
    expect(await jsonOf(await fetch('/settings/blacklist'))).toEqual(EMPTY)
  })

  for (const [type, side, kind] of TYPES) {
    it(`has ${side} that are blocked as ${type} among its ${kind}`, async ({ fetch }) => {
      expect((await fetch(`/settings/blacklist/${type}/x.y`, { method: 'PUT' })).status).toBe(204)
      expect(await jsonOf(await fetch('/settings/blacklist'))).toEqual({
        ...EMPTY,
        [side]: { ...EMPTY[side], [kind]: ['x.y'] },
      })
    })
  }

  it('takes in and gives up a name twice without complaint', async ({ fetch }) => {
    for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE']) {
      expect((await fetch('/settings/blacklist/CONSUMER_APP/billing', { method })).status).toBe(204)
    }
    expect(await jsonOf(await fetch('/settings/blacklist'))).toEqual(EMPTY)
  })

  it('has no type but the four, in upper case', async ({ fetch }) => {
    for (const type of ['consumer_app', 'APP']) {
      expect((await fetch(`/settings/blacklist/${type}/billing`, { method: 'PUT' })).status).toBe(400)
    }
  })
})

const enabled = async ({ fetch }: World): Promise<readonly string[]> => {
  const { items } = await jsonOf<{ items: { feature: string; enabled: boolean }[] }>(
    await fetch('/settings/features'),
  )
  return items.filter((item) => item.enabled).map(({ feature }) => feature)
}

contract('the features', (it) => {
  it('are all listed, and all off', async ({ fetch }) => {
    const { items } = await jsonOf<{ items: object[] }>(await fetch('/settings/features'))
    expect(items).toHaveLength(21)
    expect(items[6]).toEqual({ feature: 'kpi_collection', enabled: false })
  })

  it('can be switched on and off', async (world) => {
    const feature = 'repartitioning'
    expect((await world.post('/settings/features', { feature, enabled: true })).status).toBe(204)
    expect(await enabled(world)).toEqual([feature])
    expect((await world.post('/settings/features', { feature, enabled: false })).status).toBe(204)
    expect(await enabled(world)).toEqual([])
  })

  it('are refused with 400 when there is no such feature', async ({ post }) => {
    expect((await post('/settings/features', { feature: 'time_travel', enabled: true })).status).toBe(400)
  })

  it('are refused with 400 when what to do is not said', async ({ post }) => {
    const response = await post('/settings/features', {})
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      type: 'https://zalando.github.io/problem/constraint-violation',
      title: 'Constraint Violation',
      status: 400,
      violations: [
        { field: 'feature', message: 'must not be null' },
        { field: 'enabled', message: 'must not be null' },
      ],
    })
  })
})

const defaultAdmin = { data_type: 'service', value: 'stups_nakadi' }
const alice = { data_type: 'user', value: 'alice' }
const bob = { data_type: 'user', value: 'bob' }

contract('the Nakadi admins', (it) => {
  it('are the configured one in every list', async ({ fetch }) => {
    expect(await jsonOf(await fetch('/settings/admins'))).toEqual({
      admins: [defaultAdmin],
      readers: [defaultAdmin],
      writers: [defaultAdmin],
    })
  })

  it('are replaced but for the configured one, with 200 and no body', async ({ fetch, post }) => {
    await post('/settings/admins', { admins: [bob], readers: [bob], writers: [bob] })
    const response = await post('/settings/admins', {
      admins: [alice],
      readers: [alice, bob],
      writers: [defaultAdmin],
    })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(await jsonOf(await fetch('/settings/admins'))).toEqual({
      admins: [alice, defaultAdmin],
      readers: [alice, bob, defaultAdmin],
      writers: [defaultAdmin],
    })
  })

  it('are refused with 422 when a list is empty', async ({ post }) => {
    const response = await post('/settings/admins', { admins: [], readers: [alice], writers: [alice] })
    expect(await response.json()).toEqual({
      type: 'http://httpstatus.es/422',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'Field "admins" must contain at least one attribute\n',
    })
  })

  it('cannot be replaced while the database is read-only', async ({ post }) => {
    await post('/settings/features', { feature: 'disable_db_write_operations', enabled: true })
    const response = await post('/settings/admins', { admins: [alice], readers: [alice], writers: [alice] })
    expect([response.status, await response.json()]).toEqual([
      503,
      { title: 'Service Unavailable', status: 503, detail: 'Database is currently in read-only mode' },
    ])
  })
})
