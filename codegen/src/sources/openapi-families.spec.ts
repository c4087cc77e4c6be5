import { describe, expect, it } from 'vitest'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import { loadSource } from './load-sources.ts'

const PAYMENT = {
  type: 'object',
  description: 'How it is paid.',
  required: ['method'],
  properties: { method: { type: 'string' } },
  discriminator: { propertyName: 'method', mapping: { CARD: '#/components/schemas/Card', CASH: 'Cash' } },
}

function heir(parent: string, properties: object = { own: { type: 'string' } }) {
  return { allOf: [{ $ref: `#/components/schemas/${parent}` }, { type: 'object', properties }] }
}

const REFERENCE = { $ref: '#/components/schemas/Payment' }

function documentOf(schemas: object): object {
  return { openapi: '3.0.3', info: { title: 'shop', version: '1' }, components: { schemas } }
}

/** The JSON Schema of the only event type of a document. */
function schemaOf(document: object): SchemaNode {
  const texts = new Map([['api.json', JSON.stringify(document)]])
  const { definitions, diagnostics } = loadSource({ texts, links: new Set(), diagnostics: [] })
  expect(diagnostics).toEqual([])
  return JSON.parse(definitions[0]?.eventType.schema.schema ?? '')
}

/** The definitions in the schema of an event type that has a payment in a property. */
function definitions(schemas: object, part: object = REFERENCE): SchemaNode {
  const Order = { 'x-event-type': 'order.placed', type: 'object', properties: { part } }
  const { definitions: found } = schemaOf(documentOf({ Order, ...schemas }))
  return isNode(found) ? found : {}
}

const CARD = { type: 'string', enum: ['CARD'] }

describe('a schema with a discriminator that others inherit from', () => {
  const schemas = { Payment: PAYMENT, Card: heir('Payment'), Cash: heir('Payment') }

  it('stands for any of them where it is referred to', () => {
    expect(definitions(schemas)['Payment']).toEqual({
      description: 'How it is paid.',
      oneOf: [{ $ref: '#/definitions/Card' }, { $ref: '#/definitions/Cash' }],
    })
  })

  it('is what they have in common where they refer to it', () => {
    const { description, required, properties } = PAYMENT
    expect(definitions(schemas)).toMatchObject({
      Card: { allOf: [{ $ref: '#/definitions/PaymentBase' }, {}] },
      PaymentBase: { description, required, properties },
    })
  })

  it('tells them apart by the values of its mapping', () => {
    expect(definitions(schemas)['Card']).toMatchObject({
      allOf: [{}, { required: ['method'], properties: { own: { type: 'string' }, method: CARD } }],
    })
  })

  it('tells them apart by their names without a mapping', () => {
    const Payment = { ...PAYMENT, discriminator: { propertyName: 'method' } }
    expect(definitions({ ...schemas, Payment })['Cash']).toMatchObject({
      allOf: [{}, { properties: { method: { enum: ['Cash'] } } }],
    })
  })

  it('stands for any of them where it is referred to beside a description', () => {
    const part = { description: 'Paid so.', allOf: [{ $ref: '#/components/schemas/Payment' }] }
    expect(definitions(schemas, part)).toHaveProperty('Payment.oneOf')
  })

  it('is one of them when its mapping says so', () => {
    const discriminator = { propertyName: 'method', mapping: { OTHER: '#/components/schemas/Payment' } }
    expect(definitions({ ...schemas, Payment: { ...PAYMENT, discriminator } })).toMatchObject({
      Payment: {
        oneOf: [
          {
            allOf: [
              { $ref: '#/definitions/PaymentBase' },
              { properties: { method: { enum: ['OTHER'] } }, required: ['method'] },
            ],
          },
          {},
          {},
        ],
      },
    })
  })

  it('stands for heirs of its heirs, too', () => {
    expect(definitions({ ...schemas, Debit: heir('Card') })).toMatchObject({
      Payment: {
        oneOf: [
          { allOf: [{ $ref: '#/definitions/Card' }, { properties: { method: CARD } }] },
          {},
          { $ref: '#/definitions/Debit' },
        ],
      },
      Debit: { allOf: [{ $ref: '#/definitions/Card' }, { properties: { method: { enum: ['Debit'] } } }] },
      Card: { allOf: [{}, { type: 'object', properties: { own: { type: 'string' } } }] },
    })
  })

  it('stands for any of them when it is the event type itself', () => {
    const Payment = { ...PAYMENT, properties: { ...PAYMENT.properties, before: REFERENCE } }
    const document = documentOf({
      Payment: { ...Payment, 'x-event-type': 'order.paid' },
      Card: heir('Payment'),
    })
    expect(schemaOf(document)).toMatchObject({
      oneOf: [{ $ref: '#/definitions/Card' }],
      definitions: {
        Card: { allOf: [{ $ref: '#/definitions/PaymentBase' }, {}] },
        PaymentBase: { properties: { before: { $ref: '#' } } },
      },
    })
  })

  it.each([
    { of: 'nobody', schemas: { Payment: PAYMENT } },
    { of: 'itself', schemas: { Payment: { ...PAYMENT, ...heir('Payment') } } },
  ])('is only itself when it is inherited by $of', ({ schemas }) => {
    expect(definitions(schemas)['Payment']).not.toHaveProperty('oneOf')
  })
})

describe('a document in several files', () => {
  const tagged = (value: string) => ({
    properties: { own: { type: 'string' }, method: { type: 'string', enum: [value] } },
  })
  const part = (parent: string) => ({
    allOf: [{ $ref: parent }, { type: 'object', properties: { own: { type: 'string' } } }],
  })

  /** The definitions in the schema of an event type with a payment, which is at a reference. */
  function definitionsOf(reference: string, files: Readonly<Record<string, object>>, schemas: object = {}) {
    const Order = { 'x-event-type': 'order.placed', type: 'object', properties: { a: { $ref: reference } } }
    const all = { 'api.json': documentOf({ Order, ...schemas }), ...files }
    const texts = new Map(Object.entries(all).map(([file, value]) => [file, JSON.stringify(value)]))
    const loaded = loadSource({ texts, entry: 'api.json', links: new Set(), diagnostics: [] })
    expect(loaded.diagnostics).toEqual([])
    return JSON.parse(loaded.definitions[0]?.eventType.schema.schema ?? '{}').definitions
  }

  it('has families across them', () => {
    const mapping = { CARD: './Card.json', CASH: 'cash/Cash.json' }
    const found = definitionsOf('schemas/Payment.json', {
      'schemas/Payment.json': { ...PAYMENT, discriminator: { propertyName: 'method', mapping } },
      'schemas/Card.json': part('Payment.json'),
      'schemas/cash/Cash.json': part('../Payment.json'),
    })
    expect(found).toMatchObject({
      Payment: { oneOf: [{ $ref: '#/definitions/Card' }, { $ref: '#/definitions/Cash' }] },
      Card: { allOf: [{ $ref: '#/definitions/PaymentBase' }, tagged('CARD')] },
      Cash: { allOf: [{ $ref: '#/definitions/PaymentBase' }, tagged('CASH')] },
      PaymentBase: { description: 'How it is paid.' },
    })
  })

  it('tells the members of a union apart, by the names of their files without a mapping', () => {
    const member = {
      type: 'object',
      properties: { method: { type: 'string' }, own: { type: 'string', nullable: true } },
    }
    const found = definitionsOf('schemas/Payment.json', {
      'schemas/Payment.json': {
        oneOf: [{ $ref: 'Card.json' }, { $ref: 'Cash.json' }],
        discriminator: { propertyName: 'method', mapping: { CARD: 'Card.json' } },
      },
      'schemas/Card.json': member,
      'schemas/Cash.json': member,
    })
    expect(found.Card.properties.method.enum).toEqual(['CARD'])
    expect(found.Cash.properties.method.enum).toEqual(['Cash'])
    expect(found.Cash.properties.own.type).toEqual(['string', 'null'])
  })

  it('may name what is in its files among its components', () => {
    const schemas = {
      Payment: { $ref: 'Payment.json' },
      Card: { $ref: 'Card.json' },
    }
    const discriminator = { propertyName: 'method', mapping: { CARD: 'api.json#/components/schemas/Card' } }
    const files = {
      'Payment.json': { ...PAYMENT, discriminator },
      'Card.json': part('api.json#/components/schemas/Payment'),
    }
    const found = definitionsOf('#/components/schemas/Payment', files, schemas)
    expect(Object.keys(found).sort()).toEqual(['Card', 'Payment', 'PaymentBase'])
    expect(found.Card).toMatchObject({ allOf: [{ $ref: '#/definitions/PaymentBase' }, tagged('CARD')] })
  })
})
