import { describe, expect, it } from 'vitest'
import { untilIdle } from './until-idle.ts'

/** Counts the alarms that were set and not cancelled, and lets a test ring them. */
function createAlarms() {
  const set = new Set<() => void>()
  return {
    set,
    clock: {
      now: () => 0,
      after(_ms: number, fn: () => void) {
        set.add(fn)
        return () => set.delete(fn)
      },
    },
  }
}

describe('values that must not pause for long', () => {
  it('pass unchanged, with the alarm set only while the next one is awaited', async () => {
    const { set, clock } = createAlarms()
    const armedWhileProducing: number[] = []
    async function* values() {
      for (const value of [1, 2, 3]) {
        armedWhileProducing.push(set.size)
        yield value
      }
    }
    const taken: number[] = []
    for await (const value of untilIdle(values(), { clock, idleMs: 5, onIdle: () => {} })) {
      expect(set.size).toBe(0)
      taken.push(value)
    }
    expect(taken).toEqual([1, 2, 3])
    expect(armedWhileProducing).toEqual([0, 1, 1])
    expect(set.size).toBe(0)
  })

  it('may pause for ever when the time is infinite', async () => {
    const { set, clock } = createAlarms()
    async function* values() {
      yield 1
      expect(set.size).toBe(0)
    }
    const idleness = { clock, idleMs: Number.POSITIVE_INFINITY, onIdle: () => {} }
    for await (const value of untilIdle(values(), idleness)) expect(value).toBe(1)
    expect.assertions(2)
  })

  it('are ended by the alarm', async () => {
    const { set, clock } = createAlarms()
    let end = (): void => {}
    async function* values() {
      yield 1
      await new Promise<void>((resolve) => {
        end = resolve
      })
    }
    const taken: number[] = []
    const taking = (async () => {
      for await (const value of untilIdle(values(), { clock, idleMs: 5, onIdle: () => end() }))
        taken.push(value)
    })()
    while (set.size === 0) await Promise.resolve()
    for (const ring of set) ring()
    await taking
    expect(taken).toEqual([1])
  })
})
