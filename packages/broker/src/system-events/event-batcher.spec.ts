import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { createEventBatcher } from './event-batcher.ts'

function scene(send?: (items: readonly number[]) => Promise<void>) {
  const clock = createManualClock()
  const sent: (readonly number[])[] = []
  const failures: unknown[] = []
  const batcher = createEventBatcher<number>({
    clock,
    maxItems: 3,
    maxDelayMs: 1000,
    maxWaiting: 5,
    send: async (items) => {
      sent.push(items)
      await send?.(items)
    },
    onFailure: (error) => failures.push(error),
  })
  const add = (...items: readonly number[]) => {
    for (const item of items) batcher.add(item)
  }
  return { clock, sent, failures, batcher, add }
}

describe('a batch of system events', () => {
  it('is sent when it is full', async () => {
    const { add, clock, sent } = scene()
    add(1, 2, 3)
    await clock.advance(0)
    expect(sent).toEqual([[1, 2, 3]])
  })

  it('is sent a second after its first event', async () => {
    const { add, clock, sent } = scene()
    add(1)
    await clock.advance(900)
    add(2)
    await clock.advance(99)
    expect(sent).toEqual([])
    await clock.advance(1)
    expect(sent).toEqual([[1, 2]])
  })

  it('waits for the one before it, and takes in what comes meanwhile', async () => {
    let finish = () => {}
    const first = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { add, clock, sent } = scene(async ([item]) => (item === 1 ? await first : undefined))
    add(1, 2, 3, 4)
    await clock.advance(5000)
    expect(sent).toEqual([[1, 2, 3]])
    finish()
    await clock.advance(0)
    expect(sent).toEqual([[1, 2, 3], [4]])
  })

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'is sent although it begins %i turns after the one before it',
    async (turns) => {
      const { add, clock, sent } = scene()
      add(1, 2, 3)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      add(4)
      await clock.advance(1000)
      expect(sent.flat()).toEqual([1, 2, 3, 4])
    },
  )

  it('drops what does not fit into the queue, and counts it', async () => {
    const { add, batcher, clock, sent } = scene(() => new Promise(() => {}))
    add(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    await clock.advance(0)
    expect(sent).toEqual([[1, 2, 3]])
    expect(batcher.dropped()).toBe(2)
  })

  it('is lost when it cannot be sent; the next one is sent all the same', async () => {
    const { add, batcher, clock, failures, sent } = scene(async ([item]) => {
      if (item === 1) throw new Error('no')
    })
    add(1, 2, 3, 4)
    await clock.advance(1000)
    expect(sent).toEqual([[1, 2, 3], [4]])
    expect([failures.length, batcher.dropped()]).toEqual([1, 3])
  })

  it('is sent on close; nothing is taken after it', async () => {
    const { add, batcher, clock, sent } = scene()
    add(1)
    await batcher.close()
    add(2)
    await clock.advance(5000)
    expect(sent).toEqual([[1]])
    expect(batcher.dropped()).toBe(1)
  })
})
