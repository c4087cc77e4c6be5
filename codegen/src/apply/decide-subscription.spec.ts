import type { NewSubscription, Subscription } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { decideSubscription, subscriptionKey } from './decide-subscription.ts'

const wanted: NewSubscription = { owning_application: 'billing', event_types: ['b', 'a'] }

const stored: Subscription = {
  id: '1',
  owning_application: 'billing',
  event_types: ['a', 'b'],
  consumer_group: 'default',
  read_from: 'end',
  initial_cursors: [],
  authorization: null,
  annotations: { why: 'x' },
  labels: {},
  created_at: 'then',
  updated_at: 'then',
}

const attribute = { data_type: 'service', value: 'a' }

describe('a subscription', () => {
  it('is created when its event types will be there, and else refused', () => {
    expect(decideSubscription(wanted, undefined, [])).toEqual({ action: 'create', wanted })
    expect(decideSubscription(wanted, undefined, ['b'])).toEqual({
      action: 'refuse',
      reason: 'there is no event type b',
      changes: [],
    })
  })

  it('stays when the registry has it, whatever the order of its event types', () => {
    expect(decideSubscription(wanted, stored, [])).toEqual({ action: 'none' })
  })

  it('changes annotations, labels and permissions, and keeps everything else', () => {
    const decision = decideSubscription({ ...wanted, labels: { team: 'x' } }, stored, [])
    expect(decision).toMatchObject({ action: 'update', wanted: { ...stored, labels: { team: 'x' } } })
  })

  it.each([
    { change: { read_from: 'begin' } as const, reason: 'Not allowed to change read from' },
    {
      change: { authorization: { admins: [attribute, attribute], readers: [attribute] } },
      reason: 'its authorization names service:a more than once for the same right',
    },
  ])('is refused: $reason', ({ change, reason }) => {
    expect(decideSubscription({ ...wanted, ...change }, stored, [])).toMatchObject({
      action: 'refuse',
      reason,
    })
  })

  it('is known by owner, group and the set of its event types', () => {
    expect(subscriptionKey(wanted)).toBe(subscriptionKey(stored))
    expect(subscriptionKey({ ...wanted, consumer_group: 'other' })).not.toBe(subscriptionKey(stored))
  })
})
