import type { EventType, EventTypeSchema, NewEventType, PaginationLinks } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, aSchema, ORDER_PLACED } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import type { World } from './world.ts'

const PATH = `/event-types/${ORDER_PLACED}`
const SCHEMAS = `${PATH}/schemas`

interface SchemaList {
  readonly items: readonly EventTypeSchema[]
  readonly _links: PaginationLinks
}

/** The schema of the n-th version, counted from 0: each has one property more than the one before. */
function schemaOf(n: number): NewEventType['schema'] {
  const names = Array.from({ length: n + 1 }, (_, index) => `p${index}`)
  return aSchema({ properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) })
}

/** An event type whose schema has had so many versions, one a second. */
async function createVersions(world: World, count: number): Promise<void> {
  await world.createEventType({ schema: schemaOf(0) })
  for (let n = 1; n < count; n += 1) {
    await world.clock.advance(1000)
    expect((await world.post(SCHEMAS, schemaOf(n))).status).toBe(200)
  }
}

async function listOf(response: Promise<Response>): Promise<[versions: readonly string[], PaginationLinks]> {
  const { items, _links } = await jsonOf<SchemaList>(await response)
  return [items.map(({ version }) => version), _links]
}

contract('the schemas of an event type', (it) => {
  it('are listed from the newest to the oldest', async (world) => {
    await createVersions(world, 3)
    const response = await world.fetch(SCHEMAS)
    expect(response.status).toBe(200)
    expect(await jsonOf<SchemaList>(response)).toEqual({
      items: [
        { ...schemaOf(2), version: '1.2.0', created_at: '2026-03-01T00:00:02.000Z' },
        { ...schemaOf(1), version: '1.1.0', created_at: '2026-03-01T00:00:01.000Z' },
        { ...schemaOf(0), version: '1.0.0', created_at: WORLD_START },
      ],
      _links: {},
    })
  })

  it('link to the pages before and after', async (world) => {
    await createVersions(world, 3)
    const page = (offset: number, limit: number) => ({ href: `${SCHEMAS}?offset=${offset}&limit=${limit}` })
    const pages = {
      '?limit=1': [['1.2.0'], { next: page(1, 1) }],
      '?offset=1&limit=1': [['1.1.0'], { prev: page(0, 1), next: page(2, 1) }],
      '?offset=2&limit=1': [['1.0.0'], { prev: page(1, 1) }],
      '?offset=1&limit=2': [['1.1.0', '1.0.0'], { prev: page(0, 2) }],
      '?offset=1': [['1.1.0', '1.0.0'], { prev: page(0, 20) }],
      '?limit=3': [['1.2.0', '1.1.0', '1.0.0'], {}],
    }
    for (const [query, want] of Object.entries(pages)) {
      expect([query, await listOf(world.fetch(SCHEMAS + query))]).toEqual([query, want])
    }
  })

  it('have an empty page without links beyond their end', async (world) => {
    await createVersions(world, 2)
    expect(await listOf(world.fetch(`${SCHEMAS}?offset=2&limit=5`))).toEqual([[], {}])
    expect(await listOf(world.fetch(`${SCHEMAS}?offset=5&limit=2`))).toEqual([[], {}])
  })

  const refusals = {
    'limit=0': "'limit' parameter sholud have value between 1 and 1000",
    'limit=1001': "'limit' parameter sholud have value between 1 and 1000",
    'offset=-1': "'offset' parameter can't be lower than 0",
    'limit=many': 'limit and offset must be integers',
    'offset=1.5': 'limit and offset must be integers',
  }
  for (const [query, detail] of Object.entries(refusals)) {
    it(`are not listed for ${query}, which is 400`, async ({ createEventType, fetch }) => {
      await createEventType()
      const response = await fetch(`${SCHEMAS}?${query}`)
      expect([response.status, await detailOf(response)]).toEqual([400, detail])
    })
  }

  it('are 404 for an event type that does not exist', async ({ fetch }) => {
    const response = await fetch(SCHEMAS)
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })
})

contract('one schema of an event type', (it) => {
  it('is answered by its version', async (world) => {
    await createVersions(world, 2)
    const response = await world.fetch(`${SCHEMAS}/1.0.0`)
    expect(await response.text()).toBe(
      JSON.stringify({ ...schemaOf(0), version: '1.0.0', created_at: WORLD_START }),
    )
  })

  it('is the newest for "latest"', async (world) => {
    await createVersions(world, 2)
    const schema = await jsonOf<EventTypeSchema>(await world.fetch(`${SCHEMAS}/latest`))
    expect(schema.version).toBe('1.1.0')
    expect(schema).toEqual((await jsonOf<EventType>(await world.fetch(PATH))).schema)
  })

  it('is 404 when there is no such version, whatever it looks like', async ({ createEventType, fetch }) => {
    await createEventType()
    for (const version of ['2.0.0', 'newest']) {
      const response = await fetch(`${SCHEMAS}/${version}`)
      expect([response.status, await detailOf(response)]).toEqual([
        404,
        `EventType "order.placed" has no schema with version "${version}"`,
      ])
    }
  })

  it('is 404 when there is no event type', async ({ fetch }) => {
    const response = await fetch(`${SCHEMAS}/latest`)
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })
})

contract('adding a schema', (it) => {
  it('answers 200 without a body and makes it the schema of the event type', async (world) => {
    await world.createEventType({ schema: schemaOf(0), annotations: { a: 'b' } })
    const before = await jsonOf<EventType>(await world.fetch(PATH))
    await world.clock.advance(1000)
    const response = await world.post(SCHEMAS, { ...schemaOf(1), version: '7.0.0' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    const at = '2026-03-01T00:00:01.000Z'
    expect(await jsonOf<EventType>(await world.fetch(PATH))).toEqual({
      ...before,
      schema: { ...schemaOf(1), version: '1.1.0', created_at: at },
      updated_at: at,
    })
  })

  it('changes nothing when it is the schema of the event type already', async (world) => {
    await world.createEventType({ schema: schemaOf(0) })
    const before = await jsonOf<EventType>(await world.fetch(PATH))
    await world.clock.advance(1000)
    const response = await world.post(SCHEMAS, schemaOf(0))
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(await jsonOf<EventType>(await world.fetch(PATH))).toEqual(before)
  })

  it('makes a version of a schema that there was before', async (world) => {
    await world.createEventType({ schema: schemaOf(0), compatibility_mode: 'none' })
    await world.post(SCHEMAS, schemaOf(1))
    await world.post(SCHEMAS, schemaOf(0))
    const [versions] = await listOf(world.fetch(SCHEMAS))
    expect(versions).toEqual(['2.0.0', '1.1.0', '1.0.0'])
  })

  it('is refused with 422 when the schema is none', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(SCHEMAS, aSchema({ properties: { metadata: {} } }))
    expect([response.status, await detailOf(response)]).toEqual([422, '"metadata" property is reserved'])
  })

  it('is refused with 422 when the event type needs what the schema lacks', async (world) => {
    await world.createEventType({ ordering_key_fields: ['order_number'] })
    const response = await world.post(SCHEMAS, schemaOf(0))
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'ordering_key_fields [order_number] absent in schema',
    ])
  })

  it('is refused with 422 when the schema may not follow the present one', async (world) => {
    await world.createEventType({ schema: schemaOf(1) })
    const response = await world.post(SCHEMAS, schemaOf(0))
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Invalid schema: #/properties/p1: schema properties cannot be removed',
    ])
  })

  it('is refused with 400 and a list of what is missing', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(SCHEMAS, { type: null })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      type: 'https://zalando.github.io/problem/constraint-violation',
      title: 'Constraint Violation',
      status: 400,
      violations: [
        { field: 'type', message: 'must not be null' },
        { field: 'schema', message: 'must not be null' },
      ],
    })
  })

  it('is refused with 400 for a language that does not exist', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(SCHEMAS, { type: 'protobuf', schema: '{}' })
    expect([response.status, await detailOf(response)]).toEqual([
      400,
      "Illegal enum value: 'protobuf'. Possible values: [json_schema, avro_schema]",
    ])
  })

  it('is refused with 404 when there is no event type', async ({ post }) => {
    expect((await post(SCHEMAS, schemaOf(0))).status).toBe(404)
  })

  it('is refused with 415 when the body is declared to be something else', async ({
    createEventType,
    post,
  }) => {
    await createEventType()
    expect((await post(SCHEMAS, schemaOf(0), { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('is refused with 503 while nothing may be written', async ({ createEventType, enable, post }) => {
    await createEventType()
    await enable('disable_db_write_operations')
    const response = await post(SCHEMAS, schemaOf(1))
    expect([response.status, await detailOf(response)]).toEqual([
      503,
      'Database is currently in read-only mode',
    ])
  })
})

contract('finding a schema', (it) => {
  it('answers the stored one that says the same in another layout', async (world) => {
    await createVersions(world, 2)
    const layout = { type: 'json_schema', schema: '{ "properties" : { "p0":{"type" :"string"} } }' }
    const response = await world.post(`${SCHEMAS}?fetch=true`, layout)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ...schemaOf(0), version: '1.0.0', created_at: WORLD_START })
  })

  it('answers the newest of several', async (world) => {
    await world.createEventType({ schema: schemaOf(0), compatibility_mode: 'none' })
    await world.post(SCHEMAS, schemaOf(1))
    await world.post(SCHEMAS, schemaOf(0))
    const response = await world.post(`${SCHEMAS}?fetch=true`, schemaOf(0))
    expect((await jsonOf<EventTypeSchema>(response)).version).toBe('2.0.0')
  })

  it('changes nothing and is 404 when no stored one is equal', async (world) => {
    await world.createEventType({ schema: schemaOf(0) })
    const response = await world.post(`${SCHEMAS}?fetch=true`, schemaOf(1))
    expect([response.status, await detailOf(response)]).toEqual([404, 'schema is not found for order.placed'])
    const [versions] = await listOf(world.fetch(SCHEMAS))
    expect(versions).toEqual(['1.0.0'])
  })

  it('is refused with 422 when what is looked for is no schema', async ({ createEventType, post }) => {
    await createEventType()
    const response = await post(`${SCHEMAS}?fetch=true`, { type: 'json_schema', schema: '{' })
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toMatch(/^schema must be a valid json: /)
  })

  it('is refused with 404 when there is no event type', async ({ post }) => {
    const response = await post(`${SCHEMAS}?fetch=true`, schemaOf(0))
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" does not exist.',
    ])
  })

  it('is asked for with true or false and nothing else', async ({ createEventType, post }) => {
    await createEventType()
    expect((await post(`${SCHEMAS}?fetch=false`, anEventType().schema)).status).toBe(200)
    expect((await post(`${SCHEMAS}?fetch=perhaps`, anEventType().schema)).status).toBe(400)
  })
})

contract('checking whether a schema could follow a version', (it) => {
  const check = ({ post }: World, version: string, schema: unknown) =>
    post(`${SCHEMAS}/${version}/compatibility-check`, { schema })

  it('says yes and changes nothing', async (world) => {
    await createVersions(world, 2)
    const response = await check(world, 'latest', schemaOf(2).schema)
    expect([response.status, await response.text()]).toEqual([
      200,
      '{"compatible":true,"compatibility_mode":"forward","validated_against_version":"1.1.0"}',
    ])
    expect((await listOf(world.fetch(SCHEMAS)))[0]).toEqual(['1.1.0', '1.0.0'])
  })

  it('says no and why', async (world) => {
    await createVersions(world, 2)
    const response = await check(world, 'latest', schemaOf(0).schema)
    expect([response.status, await response.text()]).toEqual([
      200,
      '{"compatible":false,"compatibility_mode":"forward","error":"Invalid schema: #/properties/p1: schema properties cannot be removed","validated_against_version":"1.1.0"}',
    ])
  })

  it('compares with the version that is named', async (world) => {
    await createVersions(world, 2)
    const response = await check(world, '1.0.0', schemaOf(0).schema)
    expect(await response.json()).toEqual({
      compatible: true,
      compatibility_mode: 'forward',
      validated_against_version: '1.0.0',
    })
  })

  it('takes the language from that version', async (world) => {
    const avro = (fields: object[]) => JSON.stringify({ type: 'record', name: 'Order', fields })
    await world.createEventType({ schema: { type: 'avro_schema', schema: avro([]) } })
    const good = await check(world, '1.0.0', avro([{ name: 'a', type: 'string' }]))
    expect(await good.json()).toMatchObject({ compatible: true })
    const json = await check(world, '1.0.0', '{"properties":{}}')
    expect(json.status).toBe(422)
    expect(await detailOf(json)).toMatch(/^failed to parse avro schema /)
  })

  it('is refused with 422 when it is no schema', async (world) => {
    await world.createEventType()
    const response = await check(world, 'latest', '{"type":"string"}')
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      '"type" of root element in schema can only be "object"',
    ])
  })

  it('is refused with 422 without a schema', async (world) => {
    await world.createEventType()
    const response = await check(world, 'latest', null)
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      type: 'http://httpstatus.es/422',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'Field "schema" must not be null\n',
    })
  })

  it('is refused with 400 when the schema is not a text', async (world) => {
    await world.createEventType()
    expect((await check(world, 'latest', { type: 'object' })).status).toBe(400)
  })

  it('is refused with 404 when there is no such version, or no event type', async (world) => {
    const none = await check(world, 'latest', '{}')
    expect([none.status, await detailOf(none)]).toEqual([404, 'EventType "order.placed" does not exist.'])
    await world.createEventType()
    const response = await check(world, '9.0.0', '{}')
    expect([response.status, await detailOf(response)]).toEqual([
      404,
      'EventType "order.placed" has no schema with version "9.0.0"',
    ])
  })
})
