import { completeEventType } from '@rioni/event-types'
import type { EventType, EventTypeSchema, Subscription } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import type { Command } from './commands.ts'
import { type BrokerState, emptyState } from './state.ts'

const AT = Date.UTC(2026, 0, 1)

function anEventType(overrides: Partial<EventType> = {}): EventType {
  const schema = { type: 'json_schema', schema: '{}' } as const
  const base = completeEventType({ name: 'e', owning_application: 'shop', category: 'undefined', schema }, AT)
  return { ...base, ...overrides }
}

function aSchema(version: string): EventTypeSchema {
  return { type: 'json_schema', schema: '{"title":"e"}', version, created_at: '2026-01-02T00:00:00.000Z' }
}

function aSubscription(id: string, owning_application: string): Command<'createSubscription'> {
  const subscription: Omit<Subscription, 'created_at' | 'updated_at'> = {
    id,
    event_types: ['e'],
    owning_application,
    consumer_group: 'default',
    read_from: 'begin',
    initial_cursors: [],
    authorization: null,
    annotations: {},
    labels: {},
  }
  return { type: 'createSubscription', subscription }
}

function stateAfter(before: BrokerState, ...commands: readonly Command[]): BrokerState {
  return commands.reduce((state, command) => apply(state, command, AT)[0], before)
}

const CREATED = stateAfter(emptyState, {
  type: 'createEventType',
  eventType: anEventType(),
  partitions: ['0'],
  topic: 't',
})

describe('changing an event type', () => {
  const update = (eventType: EventType, revision = 0): Command<'updateEventType'> => ({
    type: 'updateEventType',
    eventType,
    revision,
  })

  it('replaces the definition and nothing else', () => {
    const changed = anEventType({ audience: 'company-internal' })
    const [state, outcome] = apply(CREATED, update(changed), AT)
    expect(outcome).toEqual({ kind: 'updated' })
    expect(state.eventTypes.get('e')).toEqual({
      ...CREATED.eventTypes.get('e'),
      eventType: changed,
      revision: 1,
    })
  })

  it('keeps the earlier schemas when there is a new one', () => {
    const [state] = apply(CREATED, update(anEventType({ schema: aSchema('1.0.1') })), AT)
    const versions = state.eventTypes.get('e')?.schemas.map(({ version }) => version)
    expect(versions).toEqual(['1.0.0', '1.0.1'])
  })

  it('moves the end of closed timelines by as much as the retention time changes', () => {
    const closed = { order: 1, latestPosition: [-1] }
    const switched = stateAfter(CREATED, {
      type: 'createTimeline',
      name: 'e',
      storageId: 'default',
      topic: 'u',
      closed,
    })
    const [state] = apply(switched, update(anEventType({ options: { retention_time: 10_800_000 } })), AT)
    const ends = state.eventTypes.get('e')?.timelines.map(({ cleanedUpAt }) => cleanedUpAt)
    expect(ends).toEqual([AT + 10_800_000, null])
  })

  it('does nothing when somebody else was faster', () => {
    const [first] = apply(CREATED, update(anEventType({ audience: 'company-internal' })), AT)
    const [second, outcome] = apply(first, update(anEventType({ audience: 'external-public' })), AT)
    expect(outcome).toEqual({ kind: 'outdated' })
    expect(second).toBe(first)
  })

  it('does nothing when the event type is gone', () => {
    const [state, outcome] = apply(emptyState, update(anEventType()), AT)
    expect(outcome).toEqual({ kind: 'unknownEventType' })
    expect(state).toBe(emptyState)
  })
})

describe('deleting an event type with subscriptions', () => {
  const archive = { owning_application: 'archive', consumer_group: 'default' }

  it('deletes those that are deletable with it', () => {
    const before = stateAfter(CREATED, aSubscription('s', 'archive'))
    const [state, outcome] = apply(
      before,
      { type: 'deleteEventType', name: 'e', deletableSubscriptions: archive },
      AT,
    )
    expect(outcome).toEqual({ kind: 'deleted', topics: ['t'] })
    expect(state).toEqual(emptyState)
  })

  it('does nothing when one of them has to stay', () => {
    const before = stateAfter(CREATED, aSubscription('s', 'archive'), aSubscription('t', 'billing'))
    const [state, outcome] = apply(
      before,
      { type: 'deleteEventType', name: 'e', deletableSubscriptions: archive },
      AT,
    )
    expect(outcome).toEqual({ kind: 'hasSubscriptions' })
    expect(state).toBe(before)
  })

  it('deletes all of them when all are deletable', () => {
    const before = stateAfter(CREATED, aSubscription('s', 'archive'), aSubscription('t', 'billing'))
    const [state] = apply(before, { type: 'deleteEventType', name: 'e', deletableSubscriptions: 'all' }, AT)
    expect(state.subscriptions.size).toBe(0)
  })
})
