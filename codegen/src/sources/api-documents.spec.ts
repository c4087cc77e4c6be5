import { describe, expect, it } from 'vitest'
import type { EventTypeMappings } from './load-sources.ts'
import { loadSource } from './load-sources.ts'

function load(document: object, mappings: EventTypeMappings = {}) {
  const texts = new Map([['api.json', JSON.stringify(document)]])
  const { definitions, diagnostics } = loadSource({ texts, links: new Set(), diagnostics: [] }, mappings)
  return { eventTypes: definitions.map(({ eventType }) => eventType), diagnostics }
}

const info = { title: 'shop', version: '1' }

/** The JSON Schema of one OpenAPI schema, as part of an event type. */
function plain(part: object, openapi = '3.0.3') {
  const Order = { 'x-nakadi-event-type': 'order.placed', type: 'object', properties: { part } }
  const { eventTypes, diagnostics } = load({ openapi, info, components: { schemas: { Order } } })
  expect(diagnostics).toEqual([])
  return JSON.parse(eventTypes[0]?.schema.schema ?? '').properties.part
}

describe('a schema of OpenAPI', () => {
  it.each([
    { of: 'a nullable type', given: { type: 'string', nullable: true }, want: { type: ['string', 'null'] } },
    {
      of: 'a nullable enumeration',
      given: { type: 'string', enum: ['a'], nullable: true },
      want: { type: ['string', 'null'], enum: ['a', null] },
    },
    {
      of: 'anything nullable',
      given: { allOf: [{ type: 'string' }], nullable: true },
      want: { anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }] },
    },
    { of: 'what is not nullable', given: { type: 'string', nullable: false }, want: { type: 'string' } },
    {
      of: 'an exclusive bound of draft 4',
      given: { type: 'number', minimum: 1, exclusiveMinimum: true },
      want: { type: 'number', minimum: 1, exclusiveMinimum: true },
    },
    { of: 'an example', given: { type: 'string', example: 'a' }, want: { type: 'string', examples: ['a'] } },
    { of: 'words on XML', given: { type: 'string', xml: { name: 'a' } }, want: { type: 'string' } },
  ])('3.0 says $of in the words of JSON Schema', ({ given, want }) => {
    expect(plain(given)).toEqual(want)
  })

  it('3.1 is JSON Schema already', () => {
    const part = { type: ['string', 'null'], exclusiveMinimum: 3, examples: ['a'] }
    expect(plain(part, '3.1.0')).toEqual(part)
  })
})

describe('the draft of a schema', () => {
  it.each([
    {
      of: 'bounds of a later draft',
      part: { exclusiveMinimum: 3 },
      want: 'http://json-schema.org/draft-07/schema#',
    },
    { of: 'what every draft knows', part: { minimum: 3 }, want: undefined },
    { of: 'what no draft knows', part: { type: 'nothing' }, want: undefined },
  ])('is stated where the broker would refuse it otherwise: $of', ({ part, want }) => {
    const Order = { 'x-event-type': 'order.placed', type: 'object', properties: { part } }
    const { eventTypes } = load({ openapi: '3.1.0', info, components: { schemas: { Order } } })
    expect(JSON.parse(eventTypes[0]?.schema.schema ?? '').$schema).toBe(want)
  })
})

describe('a keyword of the draft that OpenAPI 3.1 means', () => {
  it.each([
    {
      given: { prefixItems: [{ type: 'string' }], items: false },
      want: { items: [{ type: 'string' }], additionalItems: false },
    },
    { given: { dependentRequired: { a: ['b'] } }, want: { dependencies: { a: { required: ['b'] } } } },
  ])('is said in the words of draft 7: $given', ({ given, want }) => {
    const Order = { 'x-event-type': 'order.placed', type: 'object', properties: { part: given } }
    const { eventTypes } = load({ openapi: '3.1.0', info, components: { schemas: { Order } } })
    expect(JSON.parse(eventTypes[0]?.schema.schema ?? '')).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { part: want },
    })
  })
})

describe('an OpenAPI document', () => {
  it('names event types by an extension, with whatever else is known of them', () => {
    const Order = {
      'x-event-type': { name: 'order.order', category: 'data', owning_application: 'checkout' },
    }
    const { eventTypes } = load({ openapi: '3.1.0', info, components: { schemas: { Order, Other: {} } } })
    expect(eventTypes).toMatchObject([
      { name: 'order.order', category: 'data', owning_application: 'checkout', schema: { schema: '{}' } },
    ])
  })

  it('may leave it to the config to name them', () => {
    const components = { schemas: { Order: { type: 'object' } } }
    const { eventTypes } = load(
      { openapi: '3.1.0', info, components },
      { 'order.placed': { pointer: '/components/schemas/Order', owningApplication: 'checkout' } },
    )
    expect(eventTypes).toMatchObject([
      { name: 'order.placed', category: 'business', owning_application: 'checkout' },
    ])
  })

  it('is told when the config points at nothing', () => {
    const { diagnostics } = load({ openapi: '3.1.0', info }, { 'order.placed': { pointer: '/gone' } })
    expect(diagnostics).toMatchObject([{ severity: 'error', eventType: 'order.placed' }])
  })

  it.each([{ swagger: '2.0' }, { asyncapi: '2.6.0' }])(
    'of another version, %o, is a diagnostic',
    (document) => {
      expect(load(document).diagnostics).toMatchObject([{ severity: 'error', file: 'api.json' }])
    },
  )
})

describe('an AsyncAPI document', () => {
  function message(channel: object) {
    return load({ asyncapi: '3.0.0', info, channels: { orders: channel } })
  }

  it.each([
    {
      by: 'its extension',
      channel: { messages: { a: { 'x-event-type': 'x.y', payload: {} } } },
      names: ['x.y'],
    },
    {
      by: 'its channel when it is alone there',
      channel: { messages: { a: { payload: {} } } },
      names: ['orders'],
    },
    {
      by: 'the address of that channel',
      channel: { address: 'order.placed', messages: { a: { payload: {} } } },
      names: ['order.placed'],
    },
    {
      by: 'its own name among others',
      channel: { messages: { a: { payload: {} }, b: { name: 'order.paid', payload: {} } } },
      names: ['a', 'order.paid'],
    },
  ])('calls a message by $by', ({ channel, names }) => {
    expect(message(channel).eventTypes.map(({ name }) => name)).toEqual(names)
  })

  it('takes from traits what a message does not say itself', () => {
    const traits = [{ name: 'trait' }, { name: 'later', 'x-event-type': 'from.trait' }]
    const { eventTypes } = message({ messages: { a: { name: 'own', payload: {}, traits } } })
    expect(eventTypes.map(({ name }) => name)).toEqual(['from.trait'])
  })

  it('may have payloads in other formats, which are diagnostics', () => {
    const payload = { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {} }
    const { eventTypes, diagnostics } = message({ messages: { a: { payload } } })
    expect(eventTypes).toEqual([])
    expect(diagnostics).toMatchObject([{ pointer: '/channels/orders/messages/a/payload/schemaFormat' }])
  })

  it('may have references in a circle', () => {
    expect(load({ asyncapi: '3.0.0', channels: { a: { $ref: '#/channels/a' } } }).eventTypes).toEqual([])
  })
})

describe('a document without end', () => {
  const levels = 20_000
  const deep = `${'{"properties":{"a":'.repeat(levels)}{"$ref":"x.json"}${'}}'.repeat(levels)}`

  it.each([
    {
      of: 'OpenAPI',
      text: '{"openapi":"3.0.0","info":{"title":"x"},"components":{"schemas":{"A":{"x-event-type":"a.b","not":HERE}}}}',
    },
    {
      of: 'AsyncAPI',
      text: '{"asyncapi":"3.0.0","info":{"title":"x"},"channels":{"a":{"messages":{"b":{"payload":HERE}}}}}',
    },
    {
      of: 'definitions',
      text: '{"name":"a.b","category":"business","owning_application":"x","schema":HERE}',
    },
    { of: 'schemas', text: 'HERE' },
  ])('of $of ends in a diagnostic or in nothing', ({ text }) => {
    const texts = new Map([['api.json', text.replace('HERE', () => deep)]])
    const { definitions, diagnostics } = loadSource({ texts, links: new Set(), diagnostics: [] })
    expect(definitions).toEqual([])
    for (const { message } of diagnostics) expect(message).toContain('nested more than')
  })
})
