import type { CompatibilityMode, EventType, NewEventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, anOrder, aSchema, ORDER_PLACED } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const PATH = `/event-types/${ORDER_PLACED}`

async function versionOf({ fetch }: World): Promise<string> {
  return (await jsonOf<EventType>(await fetch(`${PATH}`))).schema.version
}

interface Change {
  readonly before: object
  readonly after: object
}

/** Tries a change on a new event type: the new version, or the detail of the refusal. */
async function outcome(world: World, { before, after }: Change, mode: CompatibilityMode): Promise<string> {
  const name = `order.${mode}`
  await world.createEventType({ name, compatibility_mode: mode, schema: aSchema(before) })
  const response = await world.post(`/event-types/${name}/schemas`, aSchema(after))
  if (response.status === 422) return (await detailOf(response)) ?? ''
  const eventType = await jsonOf<EventType>(await world.fetch(`/event-types/${name}`))
  return eventType.schema.version
}

const text = { type: 'string' }
const inP = (schema: object) => ({ properties: { p: schema } })
/** The same change of one property's schema. */
const ofP = (before: object, after: object): Change => ({ before: inP(before), after: inP(after) })

contract('a change of a JSON schema', (it) => {
  /** The version that it leads to in the modes none, forward and compatible, or the reason that it does not. */
  const changes: Readonly<Record<string, [Change, string, string, string]>> = {
    'in a description': [ofP({ ...text, description: 'a' }, text), '1.0.1', '1.0.1', '1.0.1'],
    'in a title': [ofP({ ...text, title: 'a' }, { ...text, title: 'b' }), '1.0.1', '1.0.1', '1.0.1'],
    'in layout alone': [
      { before: inP(text), after: { properties: { p: { type: 'string', format: undefined } } } },
      '1.0.0',
      '1.0.0',
      '1.0.0',
    ],
    'that adds a property': [
      { before: inP(text), after: { properties: { p: text, q: text } } },
      '1.1.0',
      '1.1.0',
      '1.1.0',
    ],
    'that removes a property': [
      { before: { properties: { p: text, q: text } }, after: inP(text) },
      '2.0.0',
      'Invalid schema: #/properties/q: schema properties cannot be removed',
      'Invalid schema: #/properties/q: schema properties cannot be removed',
    ],
    'that requires more': [
      { before: inP(text), after: { ...inP(text), required: ['p'] } },
      '1.1.0',
      '1.1.0',
      'Invalid schema: #/required: required array changed',
    ],
    'that requires less': [
      { before: { ...inP(text), required: ['p'] }, after: inP(text) },
      '2.0.0',
      'Invalid schema: #/required: required array changed',
      'Invalid schema: #/required: required array changed',
    ],
    'of a type': [
      ofP(text, { type: 'number' }),
      '2.0.0',
      'Invalid schema: #/properties/p: schema types must be the same',
      'Invalid schema: #/properties/p: schema types must be the same',
    ],
    'of an attribute': [
      ofP({ ...text, maxLength: 1 }, { ...text, maxLength: 2 }),
      '2.0.0',
      'Invalid schema: #/properties/p/maxLength: change to attribute value not allowed',
      'Invalid schema: #/properties/p/maxLength: change to attribute value not allowed',
    ],
    'of an enumeration': [
      ofP({ enum: ['a'] }, { enum: ['a', 'b'] }),
      '2.0.0',
      'Invalid schema: #/properties/p/enum: enum array changed',
      'Invalid schema: #/properties/p/enum: enum array changed',
    ],
    'of a tuple': [
      ofP({ type: 'array', items: [text] }, { type: 'array', items: [text, text] }),
      '2.0.0',
      'Invalid schema: #/properties/p: the number of schema items cannot be changed',
      'Invalid schema: #/properties/p: the number of schema items cannot be changed',
    ],
    'of a combination': [
      ofP({ anyOf: [text] }, { oneOf: [text] }),
      '2.0.0',
      'Invalid schema: #/properties/p: schema composition method changed',
      'Invalid schema: #/properties/p: schema composition method changed',
    ],
    'in several places': [
      { before: { ...inP(text), required: ['p'] }, after: { properties: {} } },
      '2.0.0',
      'Invalid schema: #/properties/p: schema properties cannot be removed, #/required: required array changed',
      'Invalid schema: #/properties/p: schema properties cannot be removed, #/required: required array changed',
    ],
  }
  for (const [what, [change, ...want]] of Object.entries(changes)) {
    it(`${what} leads to ${[...new Set(want)].map((text) => text.split(':')[0]).join(', ')}`, async (world) => {
      const modes: readonly CompatibilityMode[] = ['none', 'forward', 'compatible']
      const got: string[] = []
      for (const mode of modes) got.push(await outcome(world, change, mode))
      expect(got).toEqual(want)
    })
  }
})

contract('the version of a schema', (it) => {
  it('counts on from the last one', async (world) => {
    await world.createEventType({ compatibility_mode: 'none', schema: aSchema(inP(text)) })
    const versions: string[] = []
    for (const schema of [
      { ...inP(text), title: 'a' },
      { title: 'a', properties: { p: text, q: text } },
      { title: 'b', properties: { p: text, q: text } },
      { title: 'b', properties: { q: text } },
      { title: 'c', properties: { q: text } },
    ]) {
      await world.put(PATH, anEventType({ compatibility_mode: 'none', schema: aSchema(schema) }))
      versions.push(await versionOf(world))
    }
    expect(versions).toEqual(['1.0.1', '1.1.0', '1.1.1', '2.0.0', '2.0.1'])
  })

  it('is decided by the mode that the event type has so far', async (world) => {
    await world.createEventType({ schema: aSchema({ properties: { p: text, q: text } }) })
    const update = anEventType({ compatibility_mode: 'none', schema: aSchema(inP(text)) })
    const response = await world.put(PATH, update)
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Invalid schema: #/properties/q: schema properties cannot be removed',
    ])
    expect(
      (await world.put(PATH, { ...update, schema: aSchema({ properties: { p: text, q: text } }) })).status,
    ).toBe(200)
    expect((await world.put(PATH, update)).status).toBe(200)
    expect(await versionOf(world)).toBe('2.0.0')
  })

  it('is written into the metadata of events', async (world) => {
    const subscription = await world.subscribe()
    await world.post(`${PATH}/schemas`, { ...anEventType().schema, schema: withTitle() })
    await world.publish([anOrder(1)])
    const stream = await world.openStream(subscription)
    const [order] = (await stream.batch()).events ?? []
    expect(order?.metadata.version).toBe('1.0.1')
  })
})

function withTitle(): string {
  return JSON.stringify({ ...JSON.parse(anEventType().schema.schema), title: 'order' })
}

contract('an event type that becomes compatible', (it) => {
  const update = (schema: object) =>
    anEventType({ compatibility_mode: 'compatible', schema: aSchema(schema) })

  it('may close its content and require more at the same time', async (world) => {
    await world.createEventType({ schema: aSchema({ ...inP(text), additionalProperties: true }) })
    const response = await world.put(
      PATH,
      update({ ...inP(text), required: ['p'], additionalProperties: false }),
    )
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(await versionOf(world)).toBe('2.0.0')
  })

  it('may not change anything else that matters', async (world) => {
    await world.createEventType({ schema: aSchema(inP({ ...text, maxLength: 1 })) })
    const response = await world.put(PATH, update(inP({ ...text, maxLength: 2 })))
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Invalid schema: #/properties/p/maxLength: change to attribute value not allowed',
    ])
  })
})

const avro = (...fields: readonly object[]): NewEventType['schema'] => ({
  type: 'avro_schema',
  schema: JSON.stringify({ type: 'record', name: 'Order', fields }),
})
const a = { name: 'a', type: 'string' }
const b = { name: 'b', type: 'string' }
const optionalB = { ...b, default: '' }

contract('an Avro schema', (it) => {
  it('may be the first of an event type', async (world) => {
    await world.createEventType({ schema: avro(a) })
    expect(await jsonOf<EventType>(await world.fetch(PATH))).toMatchObject({
      schema: { ...avro(a), version: '1.0.0' },
    })
  })

  it('is refused with 422 when it is none', async ({ post }) => {
    const response = await post(
      '/event-types',
      anEventType({ schema: { type: 'avro_schema', schema: '{}' } }),
    )
    expect(response.status).toBe(422)
    expect(await detailOf(response)).toMatch(/^failed to parse avro schema /)
  })

  it('follows a JSON schema as a new major version, whatever the mode', async (world) => {
    await world.createEventType({ compatibility_mode: 'compatible' })
    expect((await world.post(`${PATH}/schemas`, avro(a))).status).toBe(200)
    expect(await versionOf(world)).toBe('2.0.0')
  })

  it('leaves the event type open for JSON events of the last JSON schema', async (world) => {
    const subscription = await world.subscribe()
    await world.post(`${PATH}/schemas`, avro(a))
    await world.publish([anOrder(1)])
    const stream = await world.openStream(subscription)
    const [order] = (await stream.batch()).events ?? []
    expect(order?.metadata.version).toBe('1.0.0')
  })

  it('frees a change of category from its constraints', async (world) => {
    await world.createEventType()
    const response = await world.put(PATH, anEventType({ category: 'data', schema: avro(a) }))
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('is not followed by a JSON schema', async (world) => {
    await world.createEventType({ schema: avro(a) })
    const response = await world.post(`${PATH}/schemas`, anEventType().schema)
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Cannot change from avro_schema to json_schema!',
    ])
  })

  it('stays when the new one is the same in another layout', async (world) => {
    await world.createEventType({ schema: avro(a) })
    const layout = JSON.stringify(JSON.parse(avro(a).schema), null, 2)
    expect((await world.post(`${PATH}/schemas`, { type: 'avro_schema', schema: layout })).status).toBe(200)
    expect((await jsonOf<EventType>(await world.fetch(PATH))).schema).toMatchObject({
      ...avro(a),
      version: '1.0.0',
    })
  })

  it('is found by what it says', async (world) => {
    await world.createEventType({ schema: avro(a) })
    const schema = JSON.stringify(JSON.parse(avro({ doc: 'letter', ...a }).schema), null, 2)
    const response = await world.post(`${PATH}/schemas?fetch=true`, { type: 'avro_schema', schema })
    expect(await response.json()).toMatchObject({ ...avro(a), version: '1.0.0' })
  })

  const modes: Readonly<
    Record<string, [CompatibilityMode, NewEventType['schema'], NewEventType['schema'], string]>
  > = {
    'lets the old one read what the new one writes in mode "forward"': [
      'forward',
      avro(a),
      avro(a, b),
      '2.0.0',
    ],
    'lets each read what the other writes in mode "compatible"': [
      'compatible',
      avro(a),
      avro(a, optionalB),
      '2.0.0',
    ],
    'may say anything in mode "none"': ['none', avro(a), avro({ name: 'a', type: 'int' }), '2.0.0'],
  }
  for (const [title, [compatibility_mode, before, after, version]] of Object.entries(modes)) {
    it(title, async (world) => {
      await world.createEventType({ compatibility_mode, schema: before })
      expect((await world.post(`${PATH}/schemas`, after)).status).toBe(200)
      expect(await versionOf(world)).toBe(version)
    })
  }

  const refusals: Readonly<
    Record<string, [CompatibilityMode, NewEventType['schema'], NewEventType['schema']]>
  > = {
    'when the old one cannot read what the new one writes in mode "forward"': [
      'forward',
      avro(a, b),
      avro(a),
    ],
    'when the new one cannot read what the old one writes in mode "compatible"': [
      'compatible',
      avro(a),
      avro(a, b),
    ],
  }
  for (const [situation, [compatibility_mode, before, after]] of Object.entries(refusals)) {
    it(`is refused with 422 ${situation}`, async (world) => {
      await world.createEventType({ compatibility_mode, schema: before })
      const response = await world.post(`${PATH}/schemas`, after)
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(
        'Failed to evolve avro schema due to [{ type:READER_FIELD_MISSING_DEFAULT_VALUE, location:/fields/1, message:b }]',
      )
    })
  }

  it('is judged by the mode that comes with it', async (world) => {
    await world.createEventType({ compatibility_mode: 'forward', schema: avro(a, b) })
    const response = await world.put(PATH, anEventType({ compatibility_mode: 'none', schema: avro(a) }))
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
})
