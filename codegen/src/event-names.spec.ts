import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportedNames, nameEventTypes, RESERVED_NAMES } from './event-names.ts'

describe('the names of one event type', () => {
  it('are made from the words of its name', () => {
    expect(nameEventTypes(['order.order-placed']).get('order.order-placed')).toEqual({
      eventType: 'order.order-placed',
      words: ['order', 'placed'],
      file: 'order-placed',
      constant: 'orderPlacedEventType',
      payload: 'OrderPlaced',
      supplied: 'NewOrderPlacedEvent',
      event: 'OrderPlacedEvent',
      producer: 'OrderPlacedProducer',
      validator: 'orderPlacedValidator',
      examples: 'orderPlacedExamples',
      consumer: 'OrderPlacedConsumer',
    })
  })

  it.each([
    { eventType: 'client', payload: 'Client2', why: 'the module imports a type of that name' },
    { eventType: 'event', payload: 'Event2', why: 'its producer would be called like the runtime class' },
    { eventType: 'events', payload: 'Events2', why: 'the index exports a map of that name' },
    { eventType: 'index', payload: 'Index2', why: 'the index has that file' },
    { eventType: 'con', payload: 'Con2', why: 'Windows has a device of that name' },
  ])('$eventType give $payload, because $why', ({ eventType, payload }) => {
    expect(nameEventTypes([eventType]).get(eventType)?.payload).toBe(payload)
  })
})

describe('the names of several event types', () => {
  it('are numbered where they would be equal, or equal but for their case', () => {
    const files = [...nameEventTypes(['a.b', 'a-b', 'A.B']).values()].map(({ file }) => file)
    expect(files).toEqual(['a-b', 'a-b-2', 'a-b-3'])
  })

  it('are numbered where their files would be equal but for the case', () => {
    const names = [...nameEventTypes(['ORDER.placed', 'order.placed']).values()]
    expect(names.map(({ payload, file }) => [payload, file])).toEqual([
      ['ORDERPlaced', 'order-placed'],
      ['OrderPlaced2', 'order-placed-2'],
    ])
  })

  it('keep out of the way of the names that belong to another event type', () => {
    expect(nameEventTypes(['order', 'order.producer']).get('order.producer')?.payload).toBe('OrderProducer2')
  })

  const eventTypes = fc.uniqueArray(fc.stringMatching(/^[a-z]([-._]?[a-zA-Z0-9]){0,6}$/), { maxLength: 12 })

  it('are never shared, whatever the event types are called', () => {
    fc.assert(
      fc.property(eventTypes, (given) => {
        const names = [...nameEventTypes(given).values()]
        const exported = [...RESERVED_NAMES, ...names.flatMap(exportedNames)]
        const files = names.map(({ file }) => file.toLowerCase())
        expect(new Set(exported).size).toBe(exported.length)
        expect(new Set(files).size).toBe(files.length)
      }),
    )
  })

  it('do not depend on the order of the event types', () => {
    fc.assert(
      fc.property(eventTypes, (given) => {
        expect(nameEventTypes([...given].reverse())).toEqual(nameEventTypes(given))
      }),
    )
  })
})
