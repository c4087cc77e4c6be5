import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { operationPath } from './operation-path.ts'

describe('the path of an operation', () => {
  it('is its path in the table when it has no parameters', () => {
    expect(operationPath('listEventTypes', {})).toBe('/event-types')
  })

  it('carries every path parameter', () => {
    expect(operationPath('getSchema', { name: 'order.placed', version: '1.0.0' })).toBe(
      '/event-types/order.placed/schemas/1.0.0',
    )
  })

  it('gives back any path parameter when it is decoded', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^\.{1,2}$/.test(text))
    fc.assert(
      fc.property(name, (text) => {
        const url = new URL(operationPath('publishEvents', { name: text }), 'http://broker')
        const segments = url.pathname.split('/').map(decodeURIComponent)
        expect(segments).toEqual(['', 'event-types', text, 'events'])
      }),
    )
  })

  it('refuses a path parameter that a URL would lose', () => {
    for (const name of ['', '.', '..']) {
      expect(() => operationPath('publishEvents', { name })).toThrow(
        new RangeError(`path parameter name must not be ${JSON.stringify(name)}`),
      )
    }
  })

  it('carries query parameters: lists repeat their name, undefined is left out', () => {
    const query = { event_type: ['a', 'b&c'], show_status: true, limit: 5, reader: undefined }
    expect(operationPath('listSubscriptions', {}, query)).toBe(
      '/subscriptions?event_type=a&event_type=b%26c&show_status=true&limit=5',
    )
  })

  it('has no question mark when all query parameters are left out', () => {
    expect(operationPath('listSubscriptions', {}, { reader: undefined, event_type: [] })).toBe(
      '/subscriptions',
    )
  })
})
