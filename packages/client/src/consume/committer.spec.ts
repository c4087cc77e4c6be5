import type { SubscriptionCursor } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  abandon,
  acknowledge,
  emptyLane,
  giveBack,
  handOut,
  isSettled,
  judgeCommit,
  type Lane,
  settle,
  takeReady,
} from './committer.ts'

const at = 1_000_000

function cursor(offset: number): SubscriptionCursor {
  return { event_type: 'e', partition: '0', offset: String(offset), cursor_token: 't' }
}

/** A lane that has handed out so many batches. */
function laneOf(batches: number): Lane {
  return Array.from({ length: batches }, (_, index) => cursor(index)).reduce<Lane>(
    (lane, each) => handOut(lane, each, at),
    emptyLane,
  )
}

function acknowledged(lane: Lane, ...sequences: readonly number[]): Lane {
  return sequences.reduce(acknowledge, lane)
}

describe('a partition', () => {
  it('has nothing to commit before a batch is acknowledged', () => {
    expect(laneOf(3).ready).toBeUndefined()
  })

  it('commits the newest of the batches that are acknowledged', () => {
    expect(acknowledged(laneOf(3), 0, 1).ready?.cursor).toEqual(cursor(1))
  })

  it('does not commit a batch before all earlier ones are acknowledged', () => {
    const lane = acknowledged(laneOf(3), 2, 1)
    expect(lane.ready).toBeUndefined()
    expect(acknowledge(lane, 0).ready?.cursor).toEqual(cursor(2))
  })

  it('has nothing to commit again after it was taken', () => {
    expect(takeReady(acknowledged(laneOf(1), 0)).ready).toBeUndefined()
  })

  it('tries an unconfirmed commit again, unless a newer one covers it', () => {
    const lane = acknowledged(laneOf(2), 0)
    const [first] = [lane.ready]
    if (first === undefined) throw new Error('the first batch is ready')
    expect(giveBack(takeReady(lane), first).ready).toBe(first)
    expect(giveBack(acknowledge(takeReady(lane), 1), first).ready?.cursor).toEqual(cursor(1))
  })

  it('has a commit timeout from its first batch on, and anew from every commit on', () => {
    const lane = handOut(laneOf(1), cursor(1), at + 500)
    expect(lane.since).toBe(at)
    expect(settle(lane, 0, at + 700).since).toBe(at + 700)
    expect(handOut(settle(lane, 1, at + 700), cursor(2), at + 900).since).toBe(at + 900)
  })

  it('is settled before its first batch and when its last one is committed', () => {
    expect([emptyLane, laneOf(2), settle(laneOf(2), 0, at), settle(laneOf(2), 1, at)].map(isSettled)).toEqual(
      [true, false, false, true],
    )
  })

  it('begins anew when it comes back after it had gone to another stream', () => {
    const back = handOut(abandon(laneOf(3)), cursor(0), at + 1000)
    expect(back.since).toBe(at + 1000)
    expect(acknowledge(back, 3).ready?.cursor).toEqual(cursor(0))
  })

  it('is not changed by acknowledging a batch twice', () => {
    const lane = takeReady(acknowledged(laneOf(2), 0))
    expect(acknowledge(lane, 0)).toEqual(lane)
  })

  it('never commits a batch that is not acknowledged, nor one after it', () => {
    const actions = fc.array(fc.oneof(fc.constant('deliver' as const), fc.nat({ max: 20 })))
    fc.assert(
      fc.property(actions, (given) => {
        let lane = emptyLane
        const done = new Set<number>()
        for (const action of given) {
          if (action === 'deliver') {
            lane = handOut(lane, cursor(lane.nextSequence), at)
          } else if (action < lane.nextSequence) {
            done.add(action)
            lane = acknowledge(lane, action)
          }
          const committed = lane.ready?.sequence ?? -1
          const prefix = Array.from({ length: committed + 1 }, (_, index) => index)
          expect(prefix.every((sequence) => done.has(sequence))).toBe(true)
          expect(done.has(committed + 1)).toBe(false)
        }
      }),
    )
  })
})

describe('the answer to a commit', () => {
  const result = (outcome: 'committed' | 'outdated') => ({ cursor: cursor(0), result: outcome })

  it('tells the fate of every cursor', () => {
    const answer = { kind: 'accepted', results: [result('committed'), result('outdated')] } as const
    expect(judgeCommit(2, answer)).toEqual({ kind: 'judged', fates: ['committed', 'outdated'] })
  })

  it('makes each of several cursors be tried alone when it is 422, because one spoils all', () => {
    expect(judgeCommit(2, { kind: 'refused' })).toEqual({ kind: 'split' })
  })

  it('loses a cursor that is refused alone', () => {
    expect(judgeCommit(1, { kind: 'refused' })).toEqual({ kind: 'judged', fates: ['lost'] })
  })
})
