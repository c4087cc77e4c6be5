import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWindow } from './window.ts'

/** Whether a promise is settled once everything that is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  return settled
}

describe('a window', () => {
  it('lets in what fits and keeps the next one waiting', async () => {
    const window = createWindow(10)
    await window.enter(6)
    await window.enter(4)
    const third = window.enter(1)
    expect(await isSettled(third)).toBe(false)
    window.leave(4)
    expect(await isSettled(third)).toBe(true)
  })

  it('lets something larger than itself in when it is alone', async () => {
    const window = createWindow(10)
    await window.enter(1)
    const large = window.enter(50)
    expect(await isSettled(large)).toBe(false)
    window.leave(1)
    expect(await isSettled(large)).toBe(true)
  })

  it('is drained when everything has left', async () => {
    const window = createWindow(10)
    expect(await isSettled(window.drained())).toBe(true)
    await window.enter(3)
    const drained = window.drained()
    expect(await isSettled(drained)).toBe(false)
    window.leave(3)
    expect(await isSettled(drained)).toBe(true)
  })

  it('never holds more than its capacity, and lets everything through in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 })), async (sizes) => {
        const window = createWindow(10)
        let held = 0
        for (const size of sizes) {
          await window.enter(size)
          held += size
          expect(held).toBeLessThanOrEqual(10)
          queueMicrotask(() => {
            held -= size
            window.leave(size)
          })
        }
        await window.drained()
        expect(held).toBe(0)
      }),
    )
  })
})
