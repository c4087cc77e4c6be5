import { describe, expect, it } from 'vitest'
import { createRequestGate } from './request-gate.ts'

describe('a request gate', () => {
  it('lets work in while it is open, and gives back what comes of it', async () => {
    expect(await createRequestGate().enter(() => 42)).toBe(42)
  })

  it('calls nobody in once it is shut', async () => {
    const gate = createRequestGate()
    await gate.shut()
    let called = false
    expect(
      gate.enter(() => {
        called = true
      }),
    ).toBe(undefined)
    expect(called).toBe(false)
  })

  it('is shut only when all who were in have left, the failed ones too', async () => {
    const gate = createRequestGate()
    let leave = () => {}
    const working = gate.enter(() => new Promise<void>((resolve) => (leave = resolve)))
    const failing = gate.enter(() => Promise.reject(new Error('full')))
    const events: string[] = []
    const shutting = gate.shut().then(() => events.push('shut'))
    await expect(failing).rejects.toThrow('full')
    events.push('leaving')
    leave()
    await Promise.all([working, shutting])
    expect(events).toEqual(['leaving', 'shut'])
  })
})
