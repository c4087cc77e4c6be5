import { describe, expect, it } from 'vitest'
import { createInbox } from './inbox.ts'

describe('an inbox', () => {
  it('gives items in the order in which they came', async () => {
    const inbox = createInbox<number>()
    inbox.put(1)
    inbox.put(2)
    expect([await inbox.take(), await inbox.take()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
    ])
  })

  it('lets who takes wait for an item', async () => {
    const inbox = createInbox<number>()
    const taken = inbox.take()
    inbox.put(1)
    expect(await taken).toEqual({ done: false, value: 1 })
  })

  it('gives each item to one taker only', async () => {
    const inbox = createInbox<number>()
    const taken = Promise.all([inbox.take(), inbox.take()])
    inbox.put(1)
    inbox.put(2)
    expect((await taken).map(({ value }) => value)).toEqual([1, 2])
  })

  it('lets who fills it wait until there is room', async () => {
    const inbox = createInbox<number>()
    inbox.put(1)
    let room = false
    const waiting = inbox.fewerThan(1).then(() => {
      room = true
    })
    await Promise.resolve()
    expect(room).toBe(false)
    await inbox.take()
    await waiting
    expect(room).toBe(true)
  })

  it('lets who fills it wait while its items are too heavy together', async () => {
    const inbox = createInbox<string>((item) => item.length)
    inbox.put('12345')
    inbox.put('678')
    expect(inbox.weight).toBe(8)
    let room = false
    const waiting = inbox.fewerThan(10, 5).then(() => {
      room = true
    })
    await Promise.resolve()
    expect(room).toBe(false)
    await inbox.take()
    await waiting
    expect([room, inbox.weight]).toEqual([true, 3])
  })

  it('takes nothing after its end, ends every wait, and gives what is left', async () => {
    const inbox = createInbox<number>()
    inbox.put(1)
    const full = inbox.fewerThan(1)
    inbox.end()
    inbox.put(2)
    await full
    expect(await inbox.take()).toEqual({ done: false, value: 1 })
    expect(await inbox.take()).toEqual({ done: true, value: undefined })
  })

  it('lets who fills it go on when it is cleared', async () => {
    const inbox = createInbox<number>()
    inbox.put(1)
    const full = inbox.fewerThan(1)
    inbox.clear()
    await full
    expect(inbox.size).toBe(0)
  })

  it('throws the error it ended with once, and is done after that', async () => {
    const inbox = createInbox<number>()
    inbox.end(new Error('over'))
    inbox.end(new Error('too late'))
    await expect(inbox.take()).rejects.toThrow('over')
    expect(await inbox.take()).toEqual({ done: true, value: undefined })
  })
})
