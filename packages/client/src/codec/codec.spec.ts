import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEventWriter, textOf } from '../publish/event-writer.ts'
import { prepareEvent } from '../publish/prepare-event.ts'
import { decodePayload } from './decode-payload.ts'
import { decodeEvent, eventReaderOf } from './event-reader.ts'
import { parseExactJson } from './exact-json.ts'
import type { PayloadCodec } from './payload-codec.ts'
import { writeJson } from './write-json.ts'

const INT64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const DATE = fc.date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') })

/** An order with a time, lines with an id each, and an order that it replaces. */
const CODEC: PayloadCodec = [
  {
    members: {
      placed_at: { text: 'Date' },
      lines: { items: { members: { id: { integer: 'bigint' } } } },
      range: { first: [null, { text: 'Date' }], items: { integer: 'bigint' } },
      replaces: 0,
    },
  },
]

const ORDER = fc.letrec((tie) => ({
  order: fc.record(
    {
      placed_at: DATE,
      lines: fc.array(fc.record({ id: INT64, name: fc.string({ unit: 'binary' }) }, { requiredKeys: [] })),
      range: fc.tuple(fc.string(), DATE, INT64),
      replaces: fc.option(tie('order')),
      note: fc.jsonValue({ stringUnit: 'binary' }),
    },
    { requiredKeys: [] },
  ),
})).order

describe('a codec', () => {
  it.each(['business', 'data', 'undefined'] as const)('gives back what was published as %s', (category) => {
    const eventType = { name: 'order.placed', category, codec: CODEC }
    fc.assert(
      fc.property(ORDER, (order) => {
        const event = category === 'data' ? { data: order, data_op: 'U' } : { ...order }
        const sent = prepareEvent(event, '1970-01-01T00:00:00.000Z', {
          category,
          writer: createEventWriter(),
          eid: () => 'e',
          write: writeJson,
        })
        const text = sent.kind === 'ready' ? textOf(sent.event) : ''
        const line = `{"cursor":{"event_type":"order.placed","partition":"0","offset":"1","cursor_token":"t"},"events":[${text}]}`
        const [received] = eventReaderOf(eventType)(new TextEncoder().encode(line))
        const payload = category === 'data' ? (received as { data: unknown }).data : received
        expect(payload).toMatchObject(withoutNegativeZero(order))
      }),
    )
  })

  it('leaves the envelope alone', () => {
    const codec: PayloadCodec = [{ others: { text: 'Date' } }]
    const metadata = { eid: 'e', occurred_at: '2026-01-01T00:00:00Z' }
    const event = { at: '2026-01-01T00:00:00Z', metadata }
    expect(decodeEvent(event, { name: 'a', category: 'business', codec })).toEqual({
      at: new Date('2026-01-01T00:00:00Z'),
      metadata,
    })
  })

  it.each([
    { text: '2026-02-03T04:05:06Z', iso: '2026-02-03T04:05:06.000Z' },
    { text: '2026-02-03t04:05:06.z', iso: '2026-02-03T04:05:06.000Z' },
    { text: '2026-02-03T04:05:06.123456789+02:00', iso: '2026-02-03T02:05:06.123Z' },
  ])('reads $text as $iso', ({ text, iso }) => {
    expect(decodePayload(text, [{ text: 'Date' }])).toEqual(new Date(iso))
  })

  it('refuses a text that has not the form of its format, and says where it is', () => {
    const codec: PayloadCodec = [{ members: { a: { items: { text: 'Date' } } } }]
    expect(() => decodePayload({ a: ['tomorrow'] }, codec)).toThrow(/"tomorrow" at "a.0", which is no Date/)
  })

  it('leaves such a text alone where another alternative may have put it', () => {
    const codec: PayloadCodec = [{ lenient: true, members: { a: { text: 'Date' } } }]
    expect(decodePayload({ a: 'tomorrow' }, codec)).toEqual({ a: 'tomorrow' })
  })

  describe('to Temporal', () => {
    const codec: PayloadCodec = [
      { members: { at: { text: 'Temporal.Instant' }, on: { text: 'Temporal.PlainDate' } } },
    ]
    const before = Object.getOwnPropertyDescriptor(globalThis, 'Temporal')
    beforeEach(
      () => void Object.defineProperty(globalThis, 'Temporal', { value: Temporal, configurable: true }),
    )
    afterEach(() => {
      if (before === undefined) Reflect.deleteProperty(globalThis, 'Temporal')
      else Object.defineProperty(globalThis, 'Temporal', before)
    })

    it('gives back instants to the nanosecond, and dates', () => {
      const instant = fc
        .bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
        .map((nanoseconds) => Temporal.Instant.fromEpochNanoseconds(nanoseconds))
      const date = fc.nat(10_000).map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }))
      fc.assert(
        fc.property(instant, date, (at, on) => {
          const sent = { at, on }
          const decoded = decodePayload(parseExactJson(writeJson(sent) ?? ''), codec) as typeof sent
          expect([decoded.at.equals(at), decoded.on.equals(on)]).toEqual([true, true])
        }),
      )
    })

    it('asks for a Temporal where there is none', () => {
      Reflect.deleteProperty(globalThis, 'Temporal')
      expect(() => decodePayload({ at: '2026-01-01T00:00:00Z' }, codec)).toThrow(/no Temporal/)
    })

    it('refuses a date that is not in the calendar', () => {
      expect(() => decodePayload({ on: '2026-02-30' }, codec)).toThrow(/no Temporal.PlainDate/)
    })
  })
})

describe('JSON with exact integers (row 16)', () => {
  it('is written and read without a loss', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.jsonValue({ stringUnit: 'binary' }).map(withoutLargeNumbers),
        INT64.filter((value) => !Number.isSafeInteger(Number(value))),
        fc.string().map((text) => `\u0000${text}`),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), fc.constant('\u0000k')), tie('value')),
      ),
    })).value
    fc.assert(
      fc.property(json, (value) => {
        expect(parseExactJson(writeJson(value) ?? '')).toEqual(withoutNegativeZero(value))
      }),
    )
  })

  it.each([
    { text: '9007199254740991', value: 9007199254740991 },
    { text: '[9007199254740993]', value: [9007199254740993n] },
    { text: '-9223372036854775808', value: -(2n ** 63n) },
    { text: '[123456789012345e4]', value: [1234567890123450000n] },
    { text: '9007199254740993.0', value: 9007199254740993n },
    { text: '0.12345678901234567890', value: 0.12345678901234568 },
    { text: '[1e400]', value: [Number.POSITIVE_INFINITY] },
    {
      text: '{"12345678901234567":"12345678901234567"}',
      value: { '12345678901234567': '12345678901234567' },
    },
    { text: '{"\\u0000":"\\u000012345678901234567"}', value: { '\u0000': '\u000012345678901234567' } },
    { text: '"\\"12345678901234567"', value: '"12345678901234567' },
  ])('of $text is $value', ({ text, value }) => {
    expect(parseExactJson(text)).toEqual(value)
  })

  it('of a text that is none is an error', () => {
    expect(() => parseExactJson('[12345678901234567')).toThrow(SyntaxError)
  })

  it('is what JSON.stringify writes, where there is no bigint', () => {
    fc.assert(
      fc.property(
        fc.anything({ withDate: true, withBoxedValues: true, withNullPrototype: true }),
        (value) => {
          fc.pre(!hasInvalidDate(value))
          expect(writeJson(value)).toBe(JSON.stringify(value))
        },
      ),
    )
  })

  it('has no invalid Date', () => {
    expect(() => writeJson({ at: new Date(Number.NaN) })).toThrow('a Date is invalid')
  })
})

/** JSON has one zero. */
function withoutNegativeZero<Value>(value: Value): Value {
  return mapNumbers(value, (number) => (number === 0 ? 0 : number)) as Value
}

/** A large double without a fraction is written like a bigint, and read as one. */
function withoutLargeNumbers(value: unknown): unknown {
  return mapNumbers(value, (number) => (Math.abs(number) > Number.MAX_SAFE_INTEGER ? 0 : number))
}

function mapNumbers(value: unknown, map: (number: number) => number): unknown {
  const visit = (part: unknown): unknown => {
    if (typeof part === 'number') return map(part)
    if (Array.isArray(part)) return part.map(visit)
    if (typeof part !== 'object' || part === null || part instanceof Date) return part
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, visit(member)]))
  }
  return visit(value)
}

function hasInvalidDate(value: unknown): boolean {
  if (value instanceof Date) return Number.isNaN(value.getTime())
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInvalidDate)
}
