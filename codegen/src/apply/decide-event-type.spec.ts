import { completeEventType } from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { decideEventType } from './decide-event-type.ts'

function definition(
  overrides: Partial<NewEventType> = {},
  schema: unknown = { properties: { n: {} } },
): NewEventType {
  return {
    name: 'order.placed',
    owning_application: 'shop',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: { type: 'json_schema', schema: typeof schema === 'string' ? schema : JSON.stringify(schema) },
    ...overrides,
  }
}

const AUTHORIZATION = {
  admins: [{ data_type: 'service', value: 'a' }],
  readers: [{ data_type: 'service', value: 'a' }],
  writers: [{ data_type: 'service', value: 'a' }],
}

const stored = (overrides: Partial<NewEventType> = {}): EventType =>
  completeEventType(definition(overrides), 0)

describe('an event type that the registry has not', () => {
  it('is created as the definition says', () => {
    expect(decideEventType(definition(), undefined)).toEqual({ action: 'create', wanted: definition() })
  })

  it('is refused in the broker’s words when the broker would', () => {
    expect(decideEventType(definition({ partition_strategy: 'hash' }), undefined)).toEqual({
      action: 'refuse',
      reason: "partition_key_fields field should be set for partition strategy 'hash'",
      changes: [],
    })
  })
})

describe('an event type that the registry has', () => {
  it('stays when it says the same', () => {
    expect(decideEventType(definition(), stored())).toEqual({ action: 'none' })
  })

  it('stays when only the layout of the schema differs', () => {
    expect(decideEventType(definition({}, '{ "properties": {"n": {} } }'), stored())).toEqual({
      action: 'none',
    })
  })

  it('changes where keywords differ that no rule knows', () => {
    const decision = decideEventType(definition({}, { properties: { n: {} }, 'x-owner': 'shop' }), stored())
    expect(decision).toMatchObject({
      action: 'update',
      changes: [{ kind: 'schema-rewritten', level: 'patch' }],
    })
  })

  it('keeps what the definition leaves out, known here or not', () => {
    const current = {
      ...stored({
        audience: 'company-internal',
        options: { retention_time: 86_400_000 },
        authorization: AUTHORIZATION,
      }),
      topic: 'x',
    }
    const decision = decideEventType(definition({ labels: { team: 'shop' } }), current)
    expect(decision).toEqual({
      action: 'update',
      base: current,
      wanted: { ...current, labels: { team: 'shop' } },
      changes: [expect.objectContaining({ kind: 'labels-changed' })],
    })
  })

  it.each([
    {
      name: 'a schema that the mode does not allow',
      change: definition({}, { properties: { n: { type: 'string' } } }),
      current: stored({ schema: { type: 'json_schema', schema: '{"properties":{"n":{"type":"number"}}}' } }),
      reason: 'Invalid schema: #/properties/n: schema types must be the same',
    },
    {
      name: 'a retention time out of bounds',
      change: definition({ options: { retention_time: 1 } }),
      current: stored(),
      reason: 'Field "options.retention_time" can not be less than 10800000',
    },
    {
      name: 'taking the authorization away',
      change: definition({ authorization: null }),
      current: stored({ authorization: AUTHORIZATION }),
      reason: 'Changing authorization object to `null` is not possible due to existing one',
    },
    {
      name: 'another category',
      change: definition({ category: 'data' }),
      current: stored(),
      reason: expect.stringContaining('Category change is allowed only'),
    },
  ])('refuses $name', ({ change, current, reason }) => {
    expect(decideEventType(change, current)).toMatchObject({ action: 'refuse', reason })
  })

  it('is as the definition says once the change is carried out', () => {
    const decision = decideEventType(definition({ labels: { team: 'shop' } }), stored())
    const wanted = decision.action === 'update' ? decision.wanted : undefined
    expect(decideEventType(definition({ labels: { team: 'shop' } }), wanted)).toEqual({ action: 'none' })
  })
})
