import type { EventType, NewEventType, OpenApiComponents, Problem } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, anOrder, aSchema, ORDER_PLACED, partitions } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import type { World } from './world.ts'

type Timeline = OpenApiComponents['schemas']['Timeline']

const PATH = `/event-types/${ORDER_PLACED}`
const ANYONE = [{ data_type: '*', value: '*' }]
const EVERYONE = { admins: ANYONE, readers: ANYONE, writers: ANYONE }
const OPEN = { category: 'undefined', enrichment_strategies: [] } as const

async function stored({ fetch }: World): Promise<EventType> {
  return await jsonOf<EventType>(await fetch(PATH))
}

/** Creates an event type and changes it; what is not said of the change is as before. */
async function change(world: World, before: Partial<NewEventType>, after: object): Promise<Response> {
  await world.createEventType(before)
  return await world.put(PATH, { ...anEventType(before), ...after })
}

contract('changing an event type', (it) => {
  it('answers 200 with an empty body and a warning about data access', async (world) => {
    const response = await change(world, {}, { audience: 'company-internal' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning"')
    expect((await stored(world)).audience).toBe('company-internal')
  })

  it('warns about compaction too when the cleanup policy is to compact', async (world) => {
    const response = await change(world, { cleanup_policy: 'compact' }, {})
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning. Compaction warning"')
  })

  it('accepts an event type as it was read', async (world) => {
    await world.createEventType(partitions(2))
    const before = await stored(world)
    expect((await world.put(PATH, before)).status).toBe(200)
    expect(await stored(world)).toEqual(before)
  })

  it('keeps the time of creation and tells the time of the change', async (world) => {
    await world.createEventType()
    await world.clock.advance(1000)
    await world.put(PATH, anEventType())
    const { created_at, updated_at } = await stored(world)
    expect([created_at, updated_at]).toEqual([WORLD_START, '2026-03-01T00:00:01.000Z'])
  })

  it('keeps statistics, retention time, annotations and labels that are left out', async (world) => {
    const before = {
      ...partitions(2),
      options: { retention_time: 86_400_000 },
      annotations: { 'example.org/a': 'b' },
      labels: { team: 'checkout' },
    }
    const absent = { default_statistic: null, options: {}, annotations: null, labels: undefined }
    expect((await change(world, before, absent)).status).toBe(200)
    expect(await stored(world)).toMatchObject(before)
  })

  it('replaces annotations and labels as a whole, by none too', async (world) => {
    const before = { annotations: { a: 'b', c: 'd' }, labels: { e: 'f' } }
    expect((await change(world, before, { annotations: { c: 'x' }, labels: {} })).status).toBe(200)
    expect(await stored(world)).toMatchObject({ annotations: { c: 'x' }, labels: {} })
  })

  it('gives everything else that is left out its default', async (world) => {
    const before = { compatibility_mode: 'none', ordering_key_fields: ['order_number'] } as const
    expect(
      (await change(world, before, { compatibility_mode: undefined, ordering_key_fields: null })).status,
    ).toBe(200)
    expect(await stored(world)).toMatchObject({ compatibility_mode: 'forward', ordering_key_fields: [] })
  })

  it('answers the event type when the broker is told to', async (world) => {
    await world.createEventType()
    await world.enable('return_body_on_create_update_event_type')
    const response = await world.put(PATH, anEventType({ audience: 'company-internal' }))
    expect(response.headers.get('warning')).toBe('299 nakadi "Data access warning"')
    expect(await jsonOf<EventType>(response)).toEqual(await stored(world))
  })

  it('is decided before the next event is validated', async (world) => {
    await world.createEventType({ compatibility_mode: 'none' })
    const strict = { type: 'object', properties: { total: { type: 'string' } }, required: ['total'] }
    await world.put(PATH, { ...anEventType(), schema: aSchema(strict) })
    expect((await world.post(`${PATH}/events`, [anOrder(1)])).status).toBe(422)
  })
})

contract('a change of the retention time', (it) => {
  it('moves the end of every closed timeline by the difference', async (world) => {
    await world.createEventType({ options: { retention_time: 172_800_000 } })
    await world.post(`${PATH}/timelines`, { storage_id: 'default' })
    const ends = async () => {
      const timelines = await jsonOf<Timeline[]>(await world.fetch(`${PATH}/timelines`))
      return timelines.map(({ cleaned_up_at }) => cleaned_up_at)
    }
    expect(await ends()).toEqual(['2026-03-03T00:00:00.000+00:00', null])
    await world.put(PATH, anEventType({ options: { retention_time: 345_600_000 } }))
    expect(await ends()).toEqual(['2026-03-05T00:00:00.000+00:00', null])
    await world.put(PATH, anEventType({ options: { retention_time: 86_400_000 } }))
    expect(await ends()).toEqual(['2026-03-02T00:00:00.000+00:00', null])
  })
})

contract('the changes that an event type accepts', (it) => {
  const changes: Readonly<Record<string, [before: Partial<NewEventType>, after: Partial<NewEventType>]>> = {
    'from category "undefined" to "business", with enrichment': [
      OPEN,
      { category: 'business', enrichment_strategies: ['metadata_enrichment'] },
    ],
    'of the compatibility mode, at will': [{ compatibility_mode: 'forward' }, { compatibility_mode: 'none' }],
    'of the partition strategy, for admins': [
      { partition_strategy: 'user_defined' },
      { partition_strategy: 'hash', partition_key_fields: ['order_number'] },
    ],
    'of the cleanup policy, from "delete" to "compact_and_delete"': [
      { cleanup_policy: 'delete' },
      { cleanup_policy: 'compact_and_delete' },
    ],
    'of the retention time, for admins beyond its bounds': [
      { options: { retention_time: 86_400_000 } },
      { options: { retention_time: 1 } },
    ],
    'of the owner selector, for admins': [
      { event_owner_selector: { type: 'static', name: 'retailer_id', value: 'a' } },
      { event_owner_selector: { type: 'path', name: 'retailer_id', value: 'order_number' } },
    ],
    'of the audience': [{ audience: 'company-internal' }, { audience: 'external-public' }],
    'of the owning application': [{ owning_application: 'a' }, { owning_application: 'b' }],
    'of who may do what': [{}, { authorization: EVERYONE }],
    'of what the statistics say about messages': [
      partitions(2),
      {
        default_statistic: {
          messages_per_minute: 1,
          message_size: 2,
          read_parallelism: 2,
          write_parallelism: 1,
        },
      },
    ],
  }
  for (const [name, [before, after]] of Object.entries(changes)) {
    it(`are those ${name}`, async (world) => {
      const response = await change(world, before, after)
      expect([response.status, await response.text()]).toEqual([200, ''])
      expect(await stored(world)).toMatchObject(after)
    })
  }
})

contract('a change of an event type is refused with 422', (it) => {
  const refusals: Readonly<Record<string, [before: Partial<NewEventType>, after: object, detail: string]>> = {
    'when it changes the name': [{}, { name: 'order.paid' }, 'path does not match resource name'],
    'when it changes the category': [
      {},
      { category: 'data' },
      "Category change is allowed only from 'undefined' to 'business'. 'enrichment_strategies' should be properly set as well",
    ],
    'when it makes a business event type without enrichment': [
      OPEN,
      { category: 'business' },
      "Category change is allowed only from 'undefined' to 'business'. 'enrichment_strategies' should be properly set as well",
    ],
    'when it makes a compatible business event type of an undefined one': [
      OPEN,
      {
        category: 'business',
        enrichment_strategies: ['metadata_enrichment'],
        compatibility_mode: 'compatible',
      },
      "Category change is allowed only from 'undefined' to 'business'. 'enrichment_strategies' should be properly set as well",
    ],
    'when it changes the enrichment': [
      {},
      { enrichment_strategies: [] },
      'changing enrichment_strategies is not allowed',
    ],
    'when it compacts what was deleted': [
      {},
      { cleanup_policy: 'compact' },
      'Invalid cleanup_policy change: DELETE cannot be changed to COMPACT',
    ],
    'when it stops to compact': [
      { cleanup_policy: 'compact_and_delete' },
      { cleanup_policy: 'delete' },
      'Invalid cleanup_policy change: COMPACT_AND_DELETE cannot be changed to DELETE',
    ],
    'when it compacts events of category "undefined"': [
      OPEN,
      { cleanup_policy: 'compact_and_delete' },
      "cleanup_policy 'compact' and 'compact_and_delete' is not available for 'undefined' event type category",
    ],
    'when it takes the audience away': [
      { audience: 'company-internal' },
      { audience: null },
      'event audience must not be set back to null',
    ],
    'when it takes the authorization away': [
      { authorization: EVERYONE },
      { authorization: null },
      'Changing authorization object to `null` is not possible due to existing one',
    ],
    'when it permits somebody twice': [
      {},
      { authorization: { ...EVERYONE, admins: [...ANYONE, ...ANYONE] } },
      "authorization property 'ADMIN' contains duplicated attribute(s): *:*",
    ],
    'when it changes the parallelism': [
      partitions(2),
      partitions(3),
      'default statistics must not be changed',
    ],
    'when it gives statistics to an event type that has none': [
      {},
      partitions(1),
      'default statistics must not be changed',
    ],
    'when its partition strategy does not exist': [
      {},
      { partition_strategy: 'random1' },
      'partition strategy does not exist: random1',
    ],
    'when its partition strategy lacks key fields': [
      {},
      { partition_strategy: 'hash' },
      "partition_key_fields field should be set for partition strategy 'hash'",
    ],
    'when its schema is none': [
      {},
      { schema: aSchema({ type: 'array' }) },
      '"type" of root element in schema can only be "object"',
    ],
    'when its owner selector reads metadata': [
      {},
      { event_owner_selector: { type: 'metadata', name: 'n', value: 'v' } },
      "event_owner_selector specifying value for type 'metadata' is not supported",
    ],
  }
  for (const [situation, [before, after, detail]] of Object.entries(refusals)) {
    it(situation, async (world) => {
      const response = await change(world, before, after)
      expect(response.status).toBe(422)
      const problem = await jsonOf<Problem>(response)
      expect([problem.type, problem.detail]).toEqual([undefined, detail])
      expect((await stored(world)).updated_at).toBe(WORLD_START)
    })
  }

  it('for all fields that are wrong together', async (world) => {
    const response = await change(world, {}, { name: '-', owning_application: null })
    expect(response.status).toBe(422)
    const problem = await jsonOf<Problem>(response)
    expect(problem.type).toBe('http://httpstatus.es/422')
    expect(problem.detail?.split('\n').sort()).toEqual([
      '',
      'Field "name" format not allowed',
      'Field "owning_application" must not be null',
    ])
  })

  it('with the first rule that it breaks', async (world) => {
    const response = await change(world, {}, { name: 'order.paid', cleanup_policy: 'compact' })
    expect(await detailOf(response)).toBe('path does not match resource name')
  })
})

contract('a change of an event type is refused', (it) => {
  it('with 404 when there is none', async ({ put }) => {
    const response = await put(PATH, anEventType())
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })

  it('with 422 for its fields before it is looked whether there is one', async ({ put }) => {
    expect((await put(PATH, { ...anEventType(), name: '-' })).status).toBe(422)
  })

  it('with 400 when the body is not JSON', async ({ put }) => {
    expect((await put(PATH, '{"name":')).status).toBe(400)
  })

  it('with 400 when a value is not one of its possible values', async (world) => {
    const response = await change(world, {}, { cleanup_policy: 'shred' })
    expect([response.status, await detailOf(response)]).toEqual([
      400,
      "Illegal enum value: 'shred'. Possible values: [delete, compact, compact_and_delete]",
    ])
  })

  it('with 415 when the body is declared to be something else', async ({ createEventType, fetch }) => {
    await createEventType()
    const headers = { 'content-type': 'text/plain' }
    const response = await fetch(PATH, { method: 'PUT', headers, body: JSON.stringify(anEventType()) })
    expect(response.status).toBe(415)
  })

  it('with 503 while nothing may be written', async (world) => {
    await world.createEventType()
    await world.enable('disable_db_write_operations')
    const response = await world.put(PATH, anEventType())
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
  })

  it('with 422 when everybody must say who may do what, and it does not', async (world) => {
    await world.createEventType()
    await world.enable('force_event_type_authz')
    const response = await world.put(PATH, anEventType())
    expect([response.status, await detailOf(response)]).toEqual([422, 'Authorization section is mandatory'])
    expect((await world.put(PATH, anEventType({ authorization: EVERYONE }))).status).toBe(200)
  })
})
