import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOf, createEventWriter } from './event-writer.ts'

const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'grapheme' }))

describe('the body of a batch', () => {
  it('is the JSON text of its events, whichever of them are in it', () => {
    const events = fc.array(fc.record({ event: value, head: fc.boolean(), chosen: fc.boolean() }))
    fc.assert(
      fc.property(events, (given) => {
        const writer = createEventWriter()
        const all = given.map(({ event, head }) => {
          const text = JSON.stringify(event)
          return head ? writer.writeBehind('{"metadata":{"flow_id":"ნ"}', text) : writer.write(text)
        })
        const body = bodyOf(all.filter((_, index) => given[index]?.chosen))
        const want = given
          .filter(({ chosen }) => chosen)
          .map(
            ({ event, head }) =>
              `${head ? '{"metadata":{"flow_id":"ნ"},' : '{'}${JSON.stringify(event).slice(1)}`,
          )
          .map((text) => text.replace(/,\}$/, '}'))
        expect(JSON.parse(new TextDecoder().decode(body))).toEqual(want.map((text) => JSON.parse(text)))
      }),
    )
  })

  it('holds events of several slabs, and events that are larger than one', () => {
    const writer = createEventWriter()
    const texts = [1, 100_000, 200_000, 300_000, 2].map((size) => JSON.stringify({ text: 'ნ'.repeat(size) }))
    const body = bodyOf(texts.map((text) => writer.write(text)))
    expect(new TextDecoder().decode(body)).toBe(`[${texts.join(',')}]`)
  })

  it('is an empty list without events', () => expect(new TextDecoder().decode(bodyOf([]))).toBe('[]'))
})
