import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rebalance } from './rebalance.ts'
import type { PartitionPosition, Session } from './state.ts'

/**
 * Positions in one word each: `-` nobody has it, `a` session a has it, `a>b` session a has it and session b
 * waits for it.
 */
function positions(text: string): readonly PartitionPosition[] {
  return text.split(' ').map((word, index): PartitionPosition => {
    const [session = '-', nextSession = null] = word.split('>')
    const partition = {
      event_type: 'e',
      partition: String(index),
      committed: 'BEGIN',
      failedCommits: 0,
      lastDeadLetterOffset: null,
    }
    if (session === '-') return { ...partition, state: 'unassigned', session: null, nextSession: null }
    return { ...partition, state: nextSession === null ? 'assigned' : 'reassigning', session, nextSession }
  })
}

function words(of: readonly PartitionPosition[]): string {
  return of
    .map(({ session, nextSession }) =>
      nextSession === null ? (session ?? '-') : `${session}>${nextSession}`,
    )
    .join(' ')
}

/** `a` takes any partition, `a:0,2` wants the partitions 0 and 2. */
function sessions(text: string): readonly Session[] {
  return text.split(' ').flatMap((word): Session[] => {
    const [id = '', wanted] = word.split(':')
    const requested = wanted?.split(',').map((partition) => ({ event_type: 'e', partition })) ?? []
    return id === '' ? [] : [{ id, requested }]
  })
}

describe('partitions of a subscription', () => {
  it.each([
    { title: 'all go to the only session', given: '- - -', live: 'a', want: 'a a a' },
    { title: 'are shared equally', given: '- - - -', live: 'a b', want: 'a a b b' },
    {
      title: 'that do not divide evenly go to the first sessions',
      given: '- - - - -',
      live: 'a b c',
      want: 'a a b b c',
    },
    {
      title: 'are asked back from their owner for a new session',
      given: 'a a a a',
      live: 'a b',
      want: 'a a a>b a>b',
    },
    { title: 'are asked back from the end of the list', given: 'a a a', live: 'a b', want: 'a a a>b' },
    { title: 'of a session that is gone go to the others', given: 'a a b b', live: 'a c', want: 'a a c c' },
    { title: 'stay where they are when nothing has changed', given: 'a a b b', live: 'a b', want: 'a a b b' },
    {
      title: 'that are on the move are the first to move again',
      given: 'a>b a b',
      live: 'a b c',
      want: 'a>c a b',
    },
    { title: 'come back to an owner that the next session deserts', given: 'a a>b', live: 'a', want: 'a a' },
    { title: 'are taken over at once from an owner that is gone', given: 'a>b a>b', live: 'b', want: 'b b' },
    { title: 'go to the session that asked for them', given: '- - -', live: 'a b:1', want: 'a b a' },
    {
      title: 'are asked back for the session that names them',
      given: 'a a a',
      live: 'a b:0',
      want: 'a>b a a',
    },
    {
      title: 'that are named are not counted among the others',
      given: '- - - -',
      live: 'a b c:0,1',
      want: 'c c a b',
    },
    { title: 'stay with the session that named them', given: 'b - -', live: 'b:0 c', want: 'b c c' },
    {
      title: 'stay as they are when two sessions name the same one',
      given: 'a -',
      live: 'a:0 b:0',
      want: 'a -',
    },
    { title: 'stay as they are when there are more sessions', given: 'a', live: 'a b', want: 'a' },
    { title: 'stay as they are when there is no session', given: 'a -', live: '', want: 'a -' },
  ])('$title', ({ given, live, want }) => {
    expect(words(rebalance(sessions(live), positions(given)))).toBe(want)
  })
})

describe('any rebalance', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const owner = fc.option(fc.constantFrom(...ids), { nil: '-' })
  const word = fc.oneof(
    owner,
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).map(([a, b]) => `${a}>${b}`),
  )
  const given = fc.array(word, { minLength: 6, maxLength: 12 }).map((all) => positions(all.join(' ')))
  const live = fc.subarray(ids, { minLength: 1 }).map((names) => sessions(names.join(' ')))

  const target = ({ session, nextSession }: PartitionPosition) => nextSession ?? session
  const count = (all: readonly PartitionPosition[], id: string) =>
    all.filter((one) => target(one) === id).length

  it('leaves no session with two partitions more than another', () => {
    fc.assert(
      fc.property(live, given, (now, before) => {
        const counts = now.map(({ id }) => count(rebalance(now, before), id))
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('gives every partition to a session that is there', () => {
    fc.assert(
      fc.property(live, given, (now, before) => {
        const names = now.map(({ id }) => id)
        for (const position of rebalance(now, before)) expect(names).toContain(target(position))
      }),
    )
  })

  it('never takes a partition from a live session without asking', () => {
    fc.assert(
      fc.property(live, given, (now, before) => {
        const names = now.map(({ id }) => id)
        rebalance(now, before).forEach((after, index) => {
          const owned = before[index]?.session ?? null
          if (owned !== null && names.includes(owned)) expect(after.session).toBe(owned)
        })
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(live, given, (now, before) => {
        const once = rebalance(now, before)
        expect(rebalance(now, once)).toEqual(once)
      }),
    )
  })

  it('moves no more partitions than equal shares need', () => {
    fc.assert(
      fc.property(live, given, (now, before) => {
        const names = now.map(({ id }) => id)
        const isSettled = (one: PartitionPosition) =>
          one.session !== null && names.includes(one.session) && names.includes(target(one) ?? '')
        const share = Math.floor(before.length / now.length)
        const remainder = before.length % now.length
        const surplus = now.map(({ id }, index) => {
          const held = before.filter((one) => isSettled(one) && target(one) === id).length
          return Math.max(0, held - share - (index < remainder ? 1 : 0))
        })
        const homeless = before.filter((one) => !isSettled(one)).length
        const moved = rebalance(now, before).filter((after, index) => {
          const was = before[index]
          return was !== undefined && (!isSettled(was) || target(was) !== target(after))
        })
        expect(moved).toHaveLength(homeless + surplus.reduce((sum, n) => sum + n, 0))
      }),
    )
  })

  it('gives each session what it named', () => {
    const wanted = fc.subarray(['0', '1', '2', '3'], { minLength: 1 })
    fc.assert(
      fc.property(wanted, given, (partitions, before) => {
        const now = sessions(`a b z:${partitions.join(',')}`)
        const after = rebalance(now, before)
        for (const position of after) {
          expect(target(position) === 'z').toBe(partitions.includes(position.partition))
        }
      }),
    )
  })
})
