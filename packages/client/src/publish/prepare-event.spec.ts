import { describe, expect, it } from 'vitest'
import { type EventDefaults, prepareEvent } from './prepare-event.ts'

const defaults: EventDefaults = {
  category: 'business',
  eid: () => 'new-eid',
  occurredAt: Date.UTC(2026, 0, 1),
}

function prepared(event: unknown, overrides: Partial<EventDefaults> = {}) {
  const result = prepareEvent(event, { ...defaults, ...overrides })
  return result.kind === 'ready' ? JSON.parse(result.event.text) : result.outcome
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
    const result = prepareEvent({ n: 'ნ' }, { ...defaults, category: 'undefined' })
    expect(result).toMatchObject({ event: { bytes: '{"n":""}'.length + 3 } })
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
    const size = (length: number) =>
      prepareEvent({ n: 'x'.repeat(length) }, { ...defaults, category: 'undefined' })
    const overhead = '{"n":""}'.length
    expect(size(999_000 - overhead).kind).toBe('ready')
    expect(size(999_001 - overhead).kind).toBe('unfit')
  })
})
