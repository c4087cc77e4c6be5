import { describe, expect, it } from 'vitest'
import { createWalk, positions } from './stream-walk.spec.support.ts'

describe('a stream that gives up dead letters', () => {
  const deadLetters = { maxSendCount: 3, keeps: true }

  /** A stream that has partition 0 with so many failures, and events 0 to 5 of it. */
  function failing(failedCommits: number, suspectedThrough?: number) {
    const walk = createWalk({ batchLimit: 3, maxUncommittedEvents: 6, deadLetters })
    const lastDeadLetterOffset = suspectedThrough === undefined ? null : String(suspectedThrough)
    const learn = (committed: number, at: number, failures = failedCommits) =>
      walk.take(
        {
          type: 'positions',
          positions: positions('me', [committed]).map((position) => ({
            ...position,
            failedCommits: failures,
            lastDeadLetterOffset,
            suspectedThrough,
          })),
        },
        at,
      )
    walk.take({ type: 'room', bytes: 1_000_000 }, 0)
    learn(-1, 0)
    const located = walk.located('0', 0, { first: 0, next: 6 })
    return { ...walk, learn, located, read: () => walk.records('0', 0, [0, 5]) }
  }

  it('sends batches as usual while there are few failures, and tells of them', () => {
    const walk = failing(2)
    expect(walk.located).toEqual(['read 0 from 0'])
    const tracking = 'Auto DLQ failed commits tracking: {e:0 failedCommitsCount=2 lastDeadLetterOffset=null}'
    expect(walk.read()).toEqual([`send 0:0-2 (Stream started; ${tracking})`, 'send 0:3-5'])
  })

  it('suspects the first batch when there are too many', () => {
    const walk = failing(3)
    expect(walk.located).toEqual(['suspect 0 through 2', 'read 0 from 0'])
    expect(walk.read().map((effect) => effect.slice(0, 10))).toEqual(['send 0:0-0'])
  })

  it('sends suspected events one by one, each after the commit of the one before', () => {
    const walk = failing(0, 2)
    expect(walk.read()).toHaveLength(1)
    expect(walk.learn(0, 10)).toEqual(['send 0:1-1'])
    expect(walk.learn(1, 20)).toEqual(['send 0:2-2'])
    expect(walk.timer(1020)).toEqual(['send 0@2'])
  })

  it('gives up the event that failed again, and goes on with the next one', () => {
    const walk = failing(3, 2)
    expect(walk.located).toEqual(['read 0 from 0'])
    expect(walk.read()).toEqual(['giveUp 0:0 after 3, keep'])
    expect(walk.timer(100)).toEqual([])
    expect(walk.learn(0, 200, 0).map((effect) => effect.slice(0, 10))).toEqual(['send 0:1-1'])
  })

  it('returns to full batches when the suspicion is over', () => {
    const walk = failing(0, 2)
    walk.read()
    walk.learn(0, 10)
    walk.learn(1, 20)
    expect(walk.positions('me', 30, [2])).toEqual(['send 0:3-5', 'read 0 from 6'])
  })

  it('counts a failure when its events are not committed in time', () => {
    const walk = failing(0)
    walk.read()
    expect(walk.timer(5000)).toContain('unregister 0')
  })

  it('counts no failure when they are', () => {
    const walk = failing(0)
    walk.read()
    walk.take({ type: 'clientGone' }, 100)
    expect(walk.learn(5, 200)).toContain('unregister')
  })

  it('counts nothing when the subscription keeps all events', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 1])
    expect(walk.timer(5000)).toContain('unregister')
  })
})
