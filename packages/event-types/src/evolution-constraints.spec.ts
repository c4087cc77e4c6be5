import { describe, expect, it } from 'vitest'
import { type EventTypeChange, evolutionViolation } from './evolution-constraints.ts'

const random: EventTypeChange['original'] = {
  category: 'business',
  compatibility_mode: 'forward',
  partition_strategy: 'random',
  partition_key_fields: [],
  enrichment_strategies: ['metadata_enrichment'],
}
const plain = { ...random, category: 'undefined', enrichment_strategies: [] } as const

function violation(
  original: Partial<EventTypeChange['original']>,
  updated: Partial<EventTypeChange['original']>,
  caller: Partial<EventTypeChange> = {},
): string | undefined {
  return evolutionViolation({
    original: { ...random, ...original },
    updated: { ...random, ...original, ...updated },
    isEventTypeAdmin: false,
    isNakadiAdmin: false,
    ...caller,
  })
}

const CATEGORY =
  "Category change is allowed only from 'undefined' to 'business'. 'enrichment_strategies' should be properly set as well"
const MODE = 'changing compatibility_mode is not allowed'
const STRATEGY = "changing partition_strategy is only allowed if the original strategy was 'random'"

describe('a change of an event type', () => {
  it('may keep everything', () => {
    expect(violation({}, {})).toBeUndefined()
  })

  it.each([
    { from: 'compatible', to: 'forward', want: MODE },
    { from: 'compatible', to: 'none', want: MODE },
    { from: 'forward', to: 'compatible', want: undefined },
    { from: 'forward', to: 'none', want: MODE },
    { from: 'none', to: 'forward', want: undefined },
    { from: 'none', to: 'compatible', want: MODE },
  ] as const)('from the mode $from to $to: $want', ({ from, to, want }) => {
    expect(violation({ compatibility_mode: from }, { compatibility_mode: to })).toBe(want)
  })

  it('may set any mode when an administrator asks for it', () => {
    const [before, after] = [{ compatibility_mode: 'compatible' }, { compatibility_mode: 'none' }] as const
    expect(violation(before, after, { isEventTypeAdmin: true })).toBeUndefined()
    expect(violation(before, after, { isNakadiAdmin: true })).toBeUndefined()
  })

  it('may replace the strategy random only, unless an administrator of the broker asks for it', () => {
    const [before, after] = [
      { partition_strategy: 'user_defined' },
      { partition_strategy: 'random' },
    ] as const
    expect(violation(after, before)).toBeUndefined()
    expect(violation(before, after)).toBe(STRATEGY)
    expect(violation(before, after, { isEventTypeAdmin: true })).toBe(STRATEGY)
    expect(violation(before, after, { isNakadiAdmin: true })).toBeUndefined()
  })

  it('must name key fields for the strategy hash', () => {
    expect(violation({}, { partition_strategy: 'hash' })).toBe(
      "partition_key_fields is required when partition strategy is 'hash'",
    )
  })

  it('may not change the enrichment', () => {
    expect(violation({}, { enrichment_strategies: [] })).toBe('changing enrichment_strategies is not allowed')
  })

  it('may turn the category undefined into business when events get metadata', () => {
    expect(violation(plain, random)).toBeUndefined()
    expect(violation(plain, { category: 'business' })).toBe(CATEGORY)
    expect(violation(plain, { ...random, compatibility_mode: 'compatible' })).toBe(CATEGORY)
  })

  it.each([
    { from: 'business', to: 'data' },
    { from: 'data', to: 'undefined' },
    { from: 'undefined', to: 'data' },
  ] as const)('may not turn the category $from into $to', ({ from, to }) => {
    expect(violation({ category: from }, { category: to })).toBe(CATEGORY)
  })

  it('is told everything that is wrong, joined', () => {
    const update = { category: 'data', compatibility_mode: 'none', enrichment_strategies: [] } as const
    expect(violation({}, update)).toBe(
      `changing category is not allowed; ${MODE}; changing enrichment_strategies is not allowed`,
    )
  })
})
