import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { separateReadable } from './separate-readable.ts'

const good = completeEventType(
  {
    name: 'a',
    owning_application: 'shop',
    category: 'undefined',
    schema: { type: 'json_schema', schema: '{}' },
  },
  0,
)

describe('what a registry lists', () => {
  it('is taken as it is where it is an event type, fields that are not known here included', () => {
    const extended = { ...good, topic: 'x' }
    expect(separateReadable([extended])).toEqual({ readable: [extended], unreadable: [] })
  })

  it.each([
    { listed: [good, { name: 'b' }], want: { readable: [good], unreadable: ['b'] } },
    { listed: [null, 1], want: { readable: [], unreadable: ['something', 'something'] } },
    { listed: { error: 'x' }, want: { readable: [], unreadable: ['something'] } },
  ])('is told apart where it is none: $listed', ({ listed, want }) => {
    expect(separateReadable(listed)).toEqual(want)
  })
})
