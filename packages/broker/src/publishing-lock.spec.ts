import { describe, expect, it } from 'vitest'
import { createManualClock } from './clock.ts'
import { createPublishingLock } from './publishing-lock.ts'

/** Work that ends when it is told to, and notes when it begins and ends. */
function createWork(log: string[], name: string) {
  let finish = () => {}
  const ended = new Promise<void>((resolve) => {
    finish = resolve
  })
  const run = async () => {
    log.push(`${name} begins`)
    await ended
    log.push(`${name} ends`)
  }
  return { run, finish }
}

/** Lets promises that are settled run on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('a lock on publishing', () => {
  it('lets publishers in side by side', async () => {
    const log: string[] = []
    const lock = createPublishingLock(createManualClock())
    const [a, b] = [createWork(log, 'a'), createWork(log, 'b')]
    void lock.share('e', a.run)
    void lock.share('e', b.run)
    await settle()
    expect(log).toEqual(['a begins', 'b begins'])
  })

  it('lets a change wait for the publishers, and publishers for the change', async () => {
    const log: string[] = []
    const lock = createPublishingLock(createManualClock())
    const [before, change, after] = [
      createWork(log, 'before'),
      createWork(log, 'change'),
      createWork(log, 'after'),
    ]
    void lock.share('e', before.run)
    void lock.seize('e', change.run)
    void lock.share('e', after.run)
    await settle()
    before.finish()
    await settle()
    change.finish()
    await settle()
    expect(log).toEqual(['before begins', 'before ends', 'change begins', 'change ends', 'after begins'])
  })

  it('refuses a second change, and does not hold up other event types', async () => {
    const log: string[] = []
    const lock = createPublishingLock(createManualClock())
    void lock.seize('e', createWork(log, 'first').run)
    expect(lock.seize('e', createWork(log, 'second').run)).toBeUndefined()
    void lock.share('other', createWork(log, 'other').run)
    await settle()
    expect(log).toEqual(['other begins', 'first begins'])
  })

  it('is free again after work that failed', async () => {
    const lock = createPublishingLock(createManualClock())
    const fail = () => Promise.reject(new Error('no space'))
    await expect(lock.share('e', fail)).rejects.toThrow('no space')
    await expect(lock.seize('e', fail)).rejects.toThrow('no space')
    expect(await lock.share('e', async () => 'published')).toBe('published')
  })

  it('lets nobody wait for a change longer than 40 seconds', async () => {
    const log: string[] = []
    const clock = createManualClock()
    const lock = createPublishingLock(clock)
    const change = createWork(log, 'change')
    void lock.seize('e', change.run)
    const late = createWork(log, 'late')
    const waiting = lock.share('e', late.run)
    await clock.advance(39_999)
    await clock.advance(1)
    expect(await waiting).toBeUndefined()
    change.finish()
    await settle()
    expect(log).toEqual(['change begins', 'change ends'])
  })
})
