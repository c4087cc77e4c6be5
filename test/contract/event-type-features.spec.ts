import type { EventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, aSubscription, ORDER_PLACED } from './builders.ts'
import { contract, type Setup } from './contract.ts'
import { callers, OPERATOR } from './tokens.ts'

const PATH = `/event-types/${ORDER_PLACED}`
const ANYONE = [{ data_type: '*', value: '*' }]
const EVERYONE = { admins: ANYONE, readers: ANYONE, writers: ANYONE }
const MATERIALIZE = 'datalake.zalando.org/materialize-events'
const DELETE = { method: 'DELETE' }

contract('creating an event type while a feature is on', (it) => {
  it('is refused with 501 when creation is disabled, whatever is sent', async ({ enable, post }) => {
    await enable('disable_event_type_creation')
    for (const body of [anEventType(), { name: '-' }]) {
      const response = await post('/event-types', body)
      expect([response.status, await detailOf(response)]).toEqual([501, 'Event Type creation is disabled'])
    }
  })

  it('is refused with 503 when nothing may be written, but first for its fields', async ({
    enable,
    post,
  }) => {
    await enable('disable_db_write_operations')
    const response = await post('/event-types', anEventType({ options: { retention_time: 1 } }))
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
    expect((await post('/event-types', { ...anEventType(), name: '-' })).status).toBe(422)
  })

  it('is refused with 422 when it must say who may do what, and does not', async ({ enable, post }) => {
    await enable('force_event_type_authz')
    const response = await post('/event-types', anEventType())
    expect([response.status, await detailOf(response)]).toEqual([422, 'Authorization section is mandatory'])
    expect((await post('/event-types', anEventType({ authorization: EVERYONE }))).status).toBe(201)
  })

  it('answers the event type when the broker is told to', async ({ enable, fetch, post }) => {
    await enable('return_body_on_create_update_event_type')
    const response = await post('/event-types', anEventType())
    expect(response.status).toBe(201)
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning"')
    expect(await jsonOf<EventType>(response)).toEqual(await jsonOf<EventType>(await fetch(PATH)))
  })
})

contract(
  'an owning application that does not exist',
  (it) => {
    const unknown = { owning_application: 'nobody' }
    it('is refused with 422 while the broker checks it', async ({ enable, post }) => {
      expect((await post('/event-types', anEventType({ ...unknown, name: 'a' }))).status).toBe(201)
      await enable('validate_event_type_owning_application')
      const response = await post('/event-types', anEventType(unknown))
      expect([response.status, await detailOf(response)]).toEqual([
        422,
        'Owning application is not valid: nobody',
      ])
      expect((await post('/event-types', anEventType())).status).toBe(201)
    })

    it('may keep what it has, but get nothing more', async ({ enable, post, put }) => {
      await post('/event-types', anEventType({ ...unknown, name: 'a' }))
      await post('/event-types', anEventType())
      await enable('validate_event_type_owning_application')
      expect((await put('/event-types/a', anEventType({ ...unknown, name: 'a' }))).status).toBe(200)
      const response = await put(PATH, anEventType(unknown))
      expect([response.status, await detailOf(response)]).toEqual([
        422,
        'Owning application is not valid: nobody',
      ])
    })
  },
  { isApplication: (name) => name !== 'nobody' },
)

const lakeSetup = (dataLakeSubjects: readonly string[]): Setup => ({
  ...callers(['producer']),
  token: OPERATOR,
  dataLakeSubjects,
})

contract(
  'whoever must say whether a data lake keeps the events',
  (it) => {
    it('is refused with 422 without having said it', async ({ as, enable }) => {
      await enable('force_data_lake_annotations')
      const { post } = as('producer')
      const response = await post('/event-types', anEventType())
      expect([response.status, await detailOf(response)]).toEqual([
        422,
        `Annotation ${MATERIALIZE} is required`,
      ])
      const annotations = { [MATERIALIZE]: 'off' }
      expect((await post('/event-types', anEventType({ annotations }))).status).toBe(201)
    })

    it('must say it when changing an event type too', async ({ as, enable }) => {
      const { post, put } = as('producer')
      await post('/event-types', anEventType())
      await enable('force_data_lake_annotations')
      const response = await put(PATH, anEventType())
      expect([response.status, await detailOf(response)]).toEqual([
        422,
        `Annotation ${MATERIALIZE} is required`,
      ])
    })

    it('is nobody else, and nobody while the feature is off', async ({ as, enable, post }) => {
      expect((await as('producer').post('/event-types', anEventType({ name: 'a' }))).status).toBe(201)
      await enable('force_data_lake_annotations')
      expect((await post('/event-types', anEventType({ name: 'b' }))).status).toBe(201)
    })
  },
  lakeSetup(['producer']),
)

contract(
  'a broker on which everybody must say whether a data lake keeps the events',
  (it) => {
    it('spares nobody', async ({ enable, post }) => {
      await enable('force_data_lake_annotations')
      expect((await post('/event-types', anEventType())).status).toBe(422)
    })
  },
  lakeSetup(['*']),
)

contract('deleting an event type while a feature is on', (it) => {
  it('is refused with 503 when nothing may be written, before it is looked for', async ({
    enable,
    fetch,
  }) => {
    await enable('disable_db_write_operations')
    const response = await fetch(PATH, DELETE)
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
  })

  it('deletes all its subscriptions when they may be', async (world) => {
    const { id } = await world.subscribe()
    await world.enable('delete_event_type_with_subscriptions')
    const response = await world.fetch(PATH, DELETE)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await world.fetch(PATH)).status).toBe(404)
    expect((await world.fetch(`/subscriptions/${id}`)).status).toBe(404)
  })

  it('ends the streams of these subscriptions', async (world) => {
    const stream = await world.openStream(await world.subscribe())
    await world.enable('delete_event_type_with_subscriptions')
    await world.fetch(PATH, DELETE)
    expect(await stream.rest()).toEqual([])
  })
})

const archive = { owning_application: 'archiver', consumer_group: 'lake' }

contract(
  'an event type with subscriptions of the archive',
  (it) => {
    it('is deleted with them when there are no others', async (world) => {
      await world.createEventType()
      const { id } = await world.createSubscription(archive)
      expect((await world.fetch(PATH, DELETE)).status).toBe(200)
      expect((await world.fetch(`/subscriptions/${id}`)).status).toBe(404)
    })

    it('is kept with 409 when there are others too', async (world) => {
      await world.createEventType()
      await world.createSubscription(archive)
      await world.createSubscription({ ...aSubscription(), owning_application: 'archiver' })
      const response = await world.fetch(PATH, DELETE)
      expect([response.status, await detailOf(response)]).toEqual([
        409,
        "Can't remove event type order.placed, as it has subscriptions",
      ])
    })
  },
  { deletableSubscriptions: archive },
)

contract('the archive of a broker that is told of no other', (it) => {
  it('is the consumer group nakadi_to_s3 of nakadi_archiver', async (world) => {
    await world.createEventType()
    await world.createSubscription({ owning_application: 'nakadi_archiver', consumer_group: 'nakadi_to_s3' })
    expect((await world.fetch(PATH, DELETE)).status).toBe(200)
  })
})
