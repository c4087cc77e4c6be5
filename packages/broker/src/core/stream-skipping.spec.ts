import { describe, expect, it } from 'vitest'
import { createWalk } from './stream-walk.spec.support.ts'

describe('what a stream skips', () => {
  it('is committed every five seconds, once everything before it is', () => {
    const walk = createWalk({ batchFlushTimeoutMs: 100_000 })
    walk.begin()
    expect(walk.skips('0', 1000, [0, -1, 3])).toEqual(['read 0 from 4'])
    expect(walk.wakesAt()).toBe(5000)
    expect(walk.timer(4999)).toEqual([])
    expect(walk.timer(5000)).toEqual(['autoCommit 0@3'])
    walk.positions('me', 5000, [3])
    expect(walk.wakesAt()).toBe(60_000)
  })

  it('waits for the consumer to commit the events before it', () => {
    const walk = createWalk({ batchFlushTimeoutMs: 100_000 })
    walk.begin()
    walk.skips('0', 0, [0, 1, 3])
    expect(walk.timer(5000)).toContain('send 0@1 (Commit timeout reached)')
    const patient = createWalk({ batchFlushTimeoutMs: 100_000, commitTimeoutMs: 50_000 })
    patient.begin()
    patient.skips('0', 0, [0, 1, 3])
    expect(patient.timer(5000)).toEqual([])
    patient.positions('me', 6000, [1])
    expect(patient.wakesAt()).toBe(10_000)
    expect(patient.timer(10_000)).toEqual(['autoCommit 0@3'])
  })

  it('is committed when the stream ends', () => {
    const walk = createWalk()
    walk.begin()
    walk.skips('0', 0, [0, -1, 3])
    expect(walk.take({ type: 'clientGone' }, 100)).toEqual(['stopReading 0', 'autoCommit 0@3', 'unregister'])
  })

  it('is committed when the last commit comes while the stream closes', () => {
    const walk = createWalk()
    walk.begin()
    walk.skips('0', 0, [0, 1, 3])
    walk.take({ type: 'clientGone' }, 100)
    expect(walk.positions('me', 200, [1])).toEqual(['autoCommit 0@3', 'release 0', 'unregister'])
  })

  it('is committed before the partition is handed over', () => {
    const walk = createWalk()
    walk.begin()
    walk.skips('0', 0, [0, -1, 3])
    expect(walk.positions('me>b', 100)).toEqual(['stopReading 0', 'autoCommit 0@3', 'release 0'])
  })
})
