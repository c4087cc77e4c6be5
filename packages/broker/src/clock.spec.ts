import { describe, expect, it } from 'vitest'
import { createManualClock } from './clock.ts'

describe('a manual clock', () => {
  it('stands still until it is told to move', async () => {
    const clock = createManualClock(1000)
    const ran: number[] = []
    clock.after(5, () => ran.push(clock.now()))
    await clock.advance(4)
    expect(clock.now()).toBe(1004)
    expect(ran).toEqual([])
    await clock.advance(1)
    expect(ran).toEqual([1005])
  })

  it('runs timers in the order in which they are due, and those of one instant in the order they were set', async () => {
    const clock = createManualClock(0)
    const ran: string[] = []
    for (const [name, ms] of [
      ['c', 3],
      ['a', 1],
      ['b1', 2],
      ['b2', 2],
    ] as const)
      clock.after(ms, () => ran.push(name))
    await clock.advance(10)
    expect(ran).toEqual(['a', 'b1', 'b2', 'c'])
  })

  it('runs a timer that a timer sets, if that is due too', async () => {
    const clock = createManualClock(0)
    const ran: number[] = []
    clock.after(1, () => clock.after(2, () => ran.push(clock.now())))
    await clock.advance(3)
    expect(ran).toEqual([3])
  })

  it('does not run a cancelled timer', async () => {
    const clock = createManualClock(0)
    const ran: string[] = []
    const cancel = clock.after(2, () => ran.push('late'))
    clock.after(1, cancel)
    await clock.advance(5)
    expect(ran).toEqual([])
  })

  it('lets promises settle before the next timer', async () => {
    const clock = createManualClock(0)
    const ran: string[] = []
    clock.after(1, () => {
      let chain = Promise.resolve()
      for (let link = 0; link < 50; link += 1) chain = chain.then(() => {})
      void chain.then(() => ran.push('promise'))
    })
    clock.after(1, () => ran.push('timer'))
    await clock.advance(1)
    expect(ran).toEqual(['promise', 'timer'])
  })

  it('moves for one caller after the other', async () => {
    const clock = createManualClock(0)
    const ran: number[] = []
    clock.after(10, () => ran.push(clock.now()))
    await Promise.all([clock.advance(6), clock.advance(6)])
    expect([clock.now(), ...ran]).toEqual([12, 10])
  })
})
