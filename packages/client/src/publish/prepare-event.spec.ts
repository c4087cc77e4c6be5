import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventValidator } from '../event-validator.ts'
import { createEventWriter, textOf } from './event-writer.ts'
import { type Preparation, prepareEvent } from './prepare-event.ts'

const preparation: Preparation = { category: 'business', writer: createEventWriter(), eid: () => 'new-eid' }
const undefinedCategory: Preparation = { ...preparation, category: 'undefined' }
const now = '2026-01-01T00:00:00.000Z'

function prepared(event: unknown, overrides: Partial<Preparation> = {}) {
  const result = prepareEvent(event, now, { ...preparation, ...overrides })
  return result.kind === 'ready' ? JSON.parse(textOf(result.event)) : result.outcome
}

describe('an event that is published', () => {
  it('gets an eid and the time at which it was published', () => {
    expect(prepared({ n: 1 })).toEqual({
      n: 1,
      metadata: { eid: 'new-eid', occurred_at: '2026-01-01T00:00:00.000Z' },
    })
  })

  it('keeps the metadata that it has', () => {
    const metadata = {
      eid: 'own',
      occurred_at: '2020-02-02T02:02:02Z',
      parent_eids: ['x'],
      span_ctx: { a: 'b' },
    }
    expect(prepared({ metadata })).toEqual({ metadata })
  })

  it('is not touched when its category has no metadata', () => {
    expect(prepared({ n: 1, metadata: 'anything' }, { category: 'undefined' })).toEqual({
      n: 1,
      metadata: 'anything',
    })
  })

  it('is measured in bytes of UTF-8, with its metadata', () => {
    const result = prepareEvent({ n: 'ნ' }, now, undefinedCategory)
    expect(result).toMatchObject({ event: { bytes: '{"n":""}'.length + 3 } })
  })
})

describe('metadata', () => {
  it('is filled in from the defaults, and the event comes first', () => {
    const metadata = () => ({ flow_id: 'f', parent_eids: ['p'], span_ctx: { trace: '1' }, eid: 'made' })
    expect(prepared({ n: 1 }, { metadata })).toEqual({
      n: 1,
      metadata: { occurred_at: now, flow_id: 'f', parent_eids: ['p'], span_ctx: { trace: '1' }, eid: 'made' },
    })
    expect(prepared({ metadata: { flow_id: 'own', eid: 'e' } }, { metadata }).metadata).toMatchObject({
      flow_id: 'own',
      eid: 'e',
      parent_eids: ['p'],
    })
  })

  it('is not hidden by properties that are undefined', () => {
    const metadata = () => ({ occurred_at: undefined }) as object
    expect(prepared({ metadata: { eid: undefined } }, { metadata })).toEqual({
      metadata: { eid: 'new-eid', occurred_at: now },
    })
  })

  it('stands in an event that has nothing else', () => {
    expect(prepared({})).toEqual({ metadata: { eid: 'new-eid', occurred_at: now } })
  })
})

describe('the bytes of an event', () => {
  it('are those of its text, whatever it holds and wherever its metadata comes from', () => {
    const metadata = fc.option(fc.record({ flow_id: fc.string({ unit: 'binary' }) }), { nil: undefined })
    const event = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))
    fc.assert(
      fc.property(event, metadata, (given, more) => {
        const result = prepareEvent({ ...given, metadata: undefined }, now, {
          ...preparation,
          metadata: more && (() => more),
        })
        if (result.kind !== 'ready') throw new Error('every one of these is fit')
        expect(result.event.bytes).toBe(new TextEncoder().encode(textOf(result.event)).byteLength)
        const { metadata: _, ...payload } = JSON.parse(textOf(result.event))
        expect(payload).toEqual(JSON.parse(JSON.stringify({ ...given, metadata: undefined })))
      }),
    )
  })
})

describe('an event with toJSON', () => {
  it('is published as what that returns, with metadata', () => {
    const event = { secret: 1, toJSON: () => ({ n: 2 }) }
    expect(prepared(event)).toEqual({ n: 2, metadata: { eid: 'new-eid', occurred_at: now } })
  })
})

describe('a validator', () => {
  const issues = [{ message: 'must be number', path: ['n'] }]
  const validator: EventValidator<unknown> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        /"n":\d.*"eid"|"eid".*"n":\d/.test(JSON.stringify(value)) ? { value } : { issues },
    },
  }

  it('lets an event through that it accepts, with the metadata that was filled in', () => {
    expect(prepared({ n: 1 }, { validator })).toMatchObject({ n: 1 })
  })

  it('rejects an event that it does not accept, with the issues, and as the broker would', () => {
    expect(prepared({ n: 'x' }, { validator })).toEqual({
      status: 'rejected',
      eid: 'new-eid',
      step: 'validating',
      detail: '/n must be number',
      issues,
    })
  })

  it('sees what is sent, where values have another form in the program', () => {
    const write = () => '{"n":1,"metadata":{"eid":"e"}}'
    expect(prepared({ n: new Date(0) }, { validator, write })).toMatchObject({ n: 1 })
  })

  it('does not pass an event by being asynchronous', () => {
    const later = { '~standard': { ...validator['~standard'], validate: async () => ({ value: 1 }) } }
    const outcome = prepared({ n: 1 }, { validator: later as unknown as EventValidator<unknown> })
    expect(outcome).toMatchObject({ status: 'rejected', detail: expect.stringContaining('asynchronous') })
  })
})

describe('an event that cannot be published', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const table: readonly { title: string; given: unknown; want: RegExp }[] = [
    { title: 'is rejected when it is no object', given: 'text', want: /must be an object/ },
    { title: 'is rejected when it is a list', given: [], want: /must be an object/ },
    {
      title: 'is rejected when its metadata is no object',
      given: { metadata: 1 },
      want: /metadata must be an object/,
    },
    {
      title: 'is rejected when its eid is no string',
      given: { metadata: { eid: 1 } },
      want: /eid must be a string/,
    },
    {
      title: 'is rejected when it refers to itself',
      given: circular,
      want: /cannot be written as JSON.*circular/s,
    },
    {
      title: 'is rejected when JSON has no word for it',
      given: { n: 1n },
      want: /cannot be written as JSON.*BigInt/,
    },
    {
      title: 'is rejected over 999,000 bytes',
      given: { n: 'x'.repeat(999_000) },
      want: /too large: 999\d+ bytes/,
    },
  ]
  for (const { title, given, want } of table) {
    it(title, () => {
      const outcome = prepared(given)
      expect(outcome).toMatchObject({ status: 'rejected', step: 'before-sending' })
      expect(outcome.detail).toMatch(want)
    })
  }

  it('is not sent by one byte', () => {
    const size = (length: number) => prepareEvent({ n: 'x'.repeat(length) }, now, undefinedCategory)
    const overhead = '{"n":""}'.length
    expect(size(999_000 - overhead).kind).toBe('ready')
    expect(size(999_001 - overhead).kind).toBe('unfit')
  })
})
