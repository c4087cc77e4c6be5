import { describe, expect, it } from 'vitest'
import { createWalk } from './stream-walk.spec.support.ts'

describe('a new stream', () => {
  it('looks up where its partitions begin, and reads on from what is committed', () => {
    const walk = createWalk()
    expect(walk.positions('me b me', 0, [4, 4, 6])).toEqual(['locate 0', 'locate 2'])
    expect(walk.located('0', 0, { first: 0, next: 9 })).toEqual(['read 0 from 5'])
    expect(walk.located('2', 0, { first: 0, next: 9 })).toEqual(['read 2 from 7'])
  })

  it('greets with its first batch only', () => {
    const walk = createWalk()
    walk.begin()
    expect(walk.records('0', 0, [0, 3])).toEqual(['send 0:0-1 (Stream started)', 'send 0:2-3'])
  })

  it('tells how many events had expired', () => {
    const walk = createWalk()
    walk.take({ type: 'room', bytes: 1_000_000 }, 0)
    walk.positions('me', 0, [2])
    expect(walk.located('0', 0, { first: 8, next: 10 })).toEqual(['read 0 from 8'])
    const greeting = 'Stream started; skipped events due to retention time passed, count: 5'
    expect(walk.records('0', 0, [8, 9])).toContain(`send 0:8-9 (${greeting})`)
  })

  it('ends when it has had no partition for two commit timeouts', () => {
    const walk = createWalk()
    walk.positions('b', 0)
    expect(walk.timer(9_999)).toEqual([])
    expect(walk.timer(10_000)).toEqual(['unregister'])
  })
})

describe('a streaming stream', () => {
  it('stops reading when no more may be sent, and reads on after a commit', () => {
    const walk = createWalk()
    expect(walk.begin()).toEqual(['read 0 from 0'])
    expect(walk.records('0', 0, [0, 3])).toHaveLength(2)
    expect(walk.positions('me', 0, [1])).toEqual(['read 0 from 4'])
  })

  it('ignores records of a read that a commit has overtaken', () => {
    const walk = createWalk()
    walk.begin()
    expect(walk.positions('me', 0, [6])).toEqual(['stopReading 0', 'read 0 from 7'])
    expect(walk.records('0', 0, [0, 3])).toEqual([])
    expect(walk.records('0', 0, [7, 8])).toEqual(['send 0:7-8 (Stream started)', 'read 0 from 9'])
  })

  it('wakes for the flush timeout, but not while the connection takes nothing', () => {
    const walk = createWalk()
    walk.begin()
    expect(walk.wakesAt()).toBe(1000)
    walk.take({ type: 'room', bytes: 0 }, 0)
    expect(walk.wakesAt()).toBe(60_000)
  })

  it('closes when events stay uncommitted for the commit timeout', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 3000, [0, 1])
    expect(walk.timer(7999)).toEqual(['send 0@1'])
    expect(walk.timer(8000)).toEqual(['stopReading 0', 'send 0@1 (Commit timeout reached)', 'unregister'])
  })

  it('starts the commit timeout anew with every commit', () => {
    const walk = createWalk({ batchFlushTimeoutMs: 100_000 })
    walk.begin()
    walk.records('0', 0, [0, 3])
    walk.positions('me', 4000, [0])
    expect(walk.timer(8999)).toEqual([])
    expect(walk.timer(9000)).toContain('unregister')
  })

  it('closes when as many events as agreed are committed', () => {
    const walk = createWalk({ streamLimit: 3 })
    walk.begin()
    expect(walk.records('0', 0, [0, 3])).toEqual(['send 0:0-1 (Stream started)', 'send 0:2-2'])
    expect(walk.positions('me', 0, [1])).toEqual([])
    expect(walk.positions('me', 0, [2])).toEqual([
      'send 0@2 (Stream limit in events reached: 3)',
      'unregister',
    ])
  })

  it('closes without a message when all partitions have only been kept alive', () => {
    const walk = createWalk({ keepAliveLimit: 2 })
    walk.begin()
    expect(walk.timer(1000)).toEqual(['send 0@-1 (Stream started)'])
    expect(walk.timer(2000)).toEqual(['send 0@-1', 'stopReading 0', 'unregister'])
  })

  it('sends what waits before it closes for the stream timeout', () => {
    const walk = createWalk({ batchLimit: 9, batchFlushTimeoutMs: 100_000 })
    walk.begin()
    expect(walk.records('0', 0, [0, 2])).toEqual(['read 0 from 3'])
    const effects = walk.timer(60_000)
    expect(effects).toEqual([
      'stopReading 0',
      'send 0:0-2 (Stream started)',
      'send 0@2 (Stream timeout reached)',
    ])
    expect(walk.phase()).toBe('closing')
    expect(walk.wakesAt()).toBe(65_000)
  })

  it('says goodbye when the broker closes, and waits for the last commits', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 1])
    expect(walk.take({ type: 'brokerClosing' }, 0)).toEqual([
      'stopReading 0',
      'send 0@1 (The broker is shutting down)',
    ])
    expect(walk.phase()).toBe('closing')
    expect(walk.positions('me', 1000, [1])).toContain('unregister')
  })

  it('ends at once when its session or the broker is gone', () => {
    for (const type of ['sessionLost', 'shutdown'] as const) {
      const walk = createWalk()
      walk.begin()
      walk.records('0', 0, [0, 1])
      expect(walk.take({ type }, 0)).toEqual(['stopReading 0', 'unregister'])
      expect(walk.take({ type: 'released' }, 0)).toEqual(['end'])
      expect(walk.phase()).toBe('dead')
    }
  })
})

describe('a partition that another session waits for', () => {
  it('is handed over at once when nothing is uncommitted', () => {
    const walk = createWalk()
    walk.begin()
    expect(walk.positions('me>b', 0)).toEqual(['stopReading 0', 'release 0'])
    expect(walk.positions('b', 0)).toEqual([])
  })

  it('is handed over once everything that was sent is committed', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 2])
    expect(walk.positions('me>b', 0)).toEqual(['stopReading 0'])
    expect(walk.timer(1000)).toEqual([])
    expect(walk.positions('me>b', 1000, [1])).toEqual(['release 0'])
  })

  it('ends the whole stream when it is not committed within the commit timeout', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 2])
    walk.positions('me>b', 2000)
    walk.positions('me>b', 6000, [0])
    expect(walk.wakesAt()).toBe(7000)
    expect(walk.timer(7000)).toEqual([])
    expect(walk.phase()).toBe('closing')
    expect(walk.wakesAt()).toBe(11_000)
  })

  it('is streamed on when the other session gives up', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 2])
    walk.positions('me>b', 0)
    expect(walk.positions('me', 0)).toEqual(['read 0 from 2'])
  })

  it('is handed over although its beginning is still being looked up', () => {
    const walk = createWalk()
    walk.positions('me', 0)
    expect(walk.positions('me>b', 0)).toEqual([])
    expect(walk.located('0', 0)).toEqual(['release 0'])
  })
})

describe('a stream whose client has gone', () => {
  it('ends at once when nothing is uncommitted', () => {
    const walk = createWalk()
    walk.begin()
    expect(walk.take({ type: 'clientGone' }, 0)).toEqual(['stopReading 0', 'unregister'])
  })

  it('gives up the partitions that owe nothing and waits for the commits of the others', () => {
    const walk = createWalk()
    walk.take({ type: 'room', bytes: 1_000_000 }, 0)
    walk.positions('me me', 0)
    walk.located('0', 0)
    walk.located('1', 0)
    walk.records('1', 1000, [0, 1])
    expect(walk.take({ type: 'clientGone' }, 2000)).toEqual(['stopReading 0', 'stopReading 1', 'release 0'])
    expect(walk.wakesAt()).toBe(6000)
    expect(walk.positions('- me', 3000, [-1, 0])).toEqual([])
    expect(walk.positions('- me', 3000, [-1, 1])).toEqual(['release 1', 'unregister'])
  })

  it('stops waiting when the commit timeout has passed', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 1000, [0, 1])
    walk.take({ type: 'clientGone' }, 2000)
    expect(walk.timer(5999)).toEqual([])
    expect(walk.timer(6000)).toEqual(['unregister'])
  })

  it('no longer waits for a partition that was given to another session', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 1])
    walk.take({ type: 'clientGone' }, 0)
    expect(walk.positions('b', 0)).toEqual(['unregister'])
  })
})

describe('a stream that is told to close', () => {
  const reasons = [
    ['cursorsReset', 'Resetting subscription cursors'],
    ['blocked', 'Consumption is blocked'],
    ['brokerClosing', 'The broker is shutting down'],
  ] as const
  for (const [type, message] of reasons) {
    it(`says "${message}" and waits for commits`, () => {
      const walk = createWalk()
      walk.begin()
      walk.records('0', 0, [0, 1])
      expect(walk.take({ type }, 1000)).toEqual(['stopReading 0', `send 0@1 (${message})`])
      expect(walk.positions('me', 2000, [1])).toEqual(['release 0', 'unregister'])
    })
  }

  it('ends at once when its client may no longer read', () => {
    const walk = createWalk()
    walk.begin()
    walk.records('0', 0, [0, 1])
    expect(walk.take({ type: 'revoked' }, 1000)).toEqual(['stopReading 0', 'unregister'])
  })
})
