import { describe, expect, it } from 'vitest'
import {
  audienceChangeViolation,
  authorizationChangeViolation,
  cleanupPolicyChangeViolation,
  ownerSelectorChangeViolation,
  statisticChangeViolation,
} from './update-rules.ts'

describe('an update of an event type', () => {
  it.each([
    { from: 'delete', to: 'delete', want: undefined },
    { from: 'delete', to: 'compact_and_delete', want: undefined },
    {
      from: 'delete',
      to: 'compact',
      want: 'Invalid cleanup_policy change: DELETE cannot be changed to COMPACT',
    },
    {
      from: 'compact_and_delete',
      to: 'delete',
      want: 'Invalid cleanup_policy change: COMPACT_AND_DELETE cannot be changed to DELETE',
    },
  ] as const)('from the cleanup policy $from to $to: $want', ({ from, to, want }) => {
    expect(cleanupPolicyChangeViolation(from, to)).toBe(want)
  })

  it('keeps the parallelism, or is silent about it', () => {
    const statistic = { messages_per_minute: 1, message_size: 1, read_parallelism: 2, write_parallelism: 3 }
    const refusal = 'default statistics must not be changed'
    expect(statisticChangeViolation(statistic, null)).toBeUndefined()
    expect(statisticChangeViolation(statistic, { ...statistic, message_size: 9 })).toBeUndefined()
    expect(statisticChangeViolation(statistic, { ...statistic, read_parallelism: 3 })).toBe(refusal)
    expect(statisticChangeViolation(statistic, { ...statistic, write_parallelism: 2 })).toBe(refusal)
    expect(statisticChangeViolation(null, statistic)).toBe(refusal)
  })

  it('may change the audience, but not drop it', () => {
    expect(audienceChangeViolation('external-public', 'external-partner')).toBeUndefined()
    expect(audienceChangeViolation(null, undefined)).toBeUndefined()
    expect(audienceChangeViolation('external-public', null)).toBe(
      'event audience must not be set back to null',
    )
  })

  it('may add an authorization, but not drop it', () => {
    expect(authorizationChangeViolation(null, {})).toBeUndefined()
    expect(authorizationChangeViolation(null, null)).toBeUndefined()
    expect(authorizationChangeViolation({}, null)).toBe(
      'Changing authorization object to `null` is not possible due to existing one',
    )
  })

  it('may add an owner selector, but neither change nor drop it', () => {
    const selector = { type: 'path', name: 'shop', value: 'a' } as const
    expect(ownerSelectorChangeViolation(undefined, selector)).toBeUndefined()
    expect(ownerSelectorChangeViolation(selector, { ...selector })).toBeUndefined()
    expect(ownerSelectorChangeViolation(selector, null)).toBe(
      "event_owner_selector can't be set back to null",
    )
    expect(ownerSelectorChangeViolation(selector, { ...selector, value: 'b' })).toBe(
      'event_owner_selector must not be changed, original: {"type":"path","name":"shop","value":"a"}, ' +
        'updated: {"type":"path","name":"shop","value":"b"}',
    )
  })
})
