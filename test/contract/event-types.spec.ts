import type { EventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, ORDER_PLACED } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'

contract('creating an event type', (it) => {
  it('answers 201 with an empty body and a warning about data access', async ({ post }) => {
    const response = await post('/event-types', anEventType())
    expect(response.status).toBe(201)
    expect(await response.text()).toBe('')
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning"')
  })

  it('warns about compaction too when the cleanup policy is to compact', async ({ post }) => {
    const response = await post('/event-types', anEventType({ cleanup_policy: 'compact' }))
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning. Compaction warning"')
  })

  it('does not warn about compaction when old events are deleted as well', async ({ post }) => {
    const response = await post('/event-types', anEventType({ cleanup_policy: 'compact_and_delete' }))
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning"')
  })

  it('is refused with 409 when the name is taken', async ({ post, createEventType }) => {
    await createEventType()
    const response = await post('/event-types', anEventType())
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      title: 'Conflict',
      detail: 'EventType order.placed already exists.',
    })
  })

  it('is refused with 400 when the body is not JSON', async ({ post }) => {
    expect((await post('/event-types', '{"name":')).status).toBe(400)
  })

  it('is refused with 400 when a value is not one of its possible values', async ({ post }) => {
    const response = await post('/event-types', { ...anEventType(), category: 'BIZ' })
    expect(response.status).toBe(400)
    expect(await detailOf(response)).toBe(
      "Illegal enum value: 'BIZ'. Possible values: [undefined, data, business]",
    )
  })

  it('is refused with 415 when the body is declared to be something else', async ({ post }) => {
    const headers = { 'content-type': 'text/plain' }
    expect((await post('/event-types', anEventType(), headers)).status).toBe(415)
  })
})

contract('reading an event type', (it) => {
  it('answers it with every default', async ({ createEventType, fetch }) => {
    await createEventType()
    const response = await fetch(`/event-types/${ORDER_PLACED}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      ...anEventType(),
      partition_strategy: 'random',
      partition_key_fields: [],
      cleanup_policy: 'delete',
      ordering_key_fields: [],
      ordering_instance_ids: [],
      schema: { ...anEventType().schema, version: '1.0.0', created_at: WORLD_START },
      default_statistic: null,
      options: { retention_time: 172_800_000 },
      authorization: null,
      annotations: {},
      labels: {},
      compatibility_mode: 'forward',
      created_at: WORLD_START,
      updated_at: WORLD_START,
    })
  })

  it('answers the schema byte for byte as it was submitted', async ({ createEventType, fetch }) => {
    const schema = '{ "type":"object",\n\t"properties": {} }'
    await createEventType({ schema: { type: 'json_schema', schema } })
    const eventType = await jsonOf<EventType>(await fetch(`/event-types/${ORDER_PLACED}`))
    expect(eventType.schema.schema).toBe(schema)
  })

  it('takes a name with dots whole', async ({ createEventType, fetch }) => {
    await createEventType({ name: 'order.placed.json' })
    const response = await fetch('/event-types/order.placed.json')
    expect((await jsonOf<EventType>(response)).name).toBe('order.placed.json')
  })

  it('is refused with 404 when there is none', async ({ fetch }) => {
    const response = await fetch('/event-types/order.cancelled')
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe('EventType "order.cancelled" does not exist.')
  })
})

contract('listing event types', (it) => {
  it('answers them sorted by name', async ({ createEventType, fetch }) => {
    for (const name of ['b.created', 'c.created', 'a.created']) await createEventType({ name })
    const eventTypes = await jsonOf<EventType[]>(await fetch('/event-types'))
    expect(eventTypes.map(({ name }) => name)).toEqual([
      'a.created',
      'b.created',
      'c.created',
      'nakadi.dead.letter.queue',
    ])
  })

  it('answers those of an application', async ({ createEventType, fetch }) => {
    await createEventType({ name: 'a.created', owning_application: 'a' })
    await createEventType({ name: 'b.created', owning_application: 'b' })
    const eventTypes = await jsonOf<EventType[]>(await fetch('/event-types?owning_application=b'))
    expect(eventTypes.map(({ name }) => name)).toEqual(['b.created'])
  })

  it('answers those that somebody may write to', async ({ createEventType, fetch }) => {
    const anyone = [{ data_type: '*', value: '*' }]
    const writers = [{ data_type: 'service', value: 'shop' }]
    await createEventType({ name: 'a.created', authorization: { admins: anyone, readers: anyone, writers } })
    await createEventType({ name: 'b.created' })
    const eventTypes = await jsonOf<EventType[]>(await fetch('/event-types?writer=service:shop'))
    expect(eventTypes.map(({ name }) => name)).toEqual(['a.created'])
  })

  it('answers that of the broker alone when nobody has created any', async ({ fetch }) => {
    const eventTypes = await jsonOf<EventType[]>(await fetch('/event-types'))
    expect(eventTypes.map(({ name }) => name)).toEqual(['nakadi.dead.letter.queue'])
  })
})

contract('deleting an event type', (it) => {
  it('answers 200 and forgets it', async ({ createEventType, fetch }) => {
    await createEventType()
    const response = await fetch(`/event-types/${ORDER_PLACED}`, { method: 'DELETE' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await fetch(`/event-types/${ORDER_PLACED}`)).status).toBe(404)
  })

  it('is refused with 409 while it has subscriptions', async ({ subscribe, fetch }) => {
    await subscribe()
    const response = await fetch(`/event-types/${ORDER_PLACED}`, { method: 'DELETE' })
    expect(response.status).toBe(409)
    expect(await detailOf(response)).toBe("Can't remove event type order.placed, as it has subscriptions")
  })

  it('is refused with 404 when there is none', async ({ fetch }) => {
    expect((await fetch('/event-types/none', { method: 'DELETE' })).status).toBe(404)
  })
})
