import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { createMemoryStorage } from '../storage/memory.ts'
import { closeStreams } from './close-streams.ts'

const SUBSCRIPTION = {
  id: 's',
  owning_application: 'shop',
  event_types: [],
  consumer_group: 'default',
  read_from: 'begin',
  initial_cursors: [],
  authorization: null,
  annotations: {},
  labels: {},
} as const

/** A subscription with a session that nothing in this process serves, so that only a command can end it. */
async function setUp() {
  const clock = createManualClock(0)
  const storage = createMemoryStorage()
  const { commands } = storage
  await commands.propose({ type: 'createSubscription', subscription: SUBSCRIPTION }, 0)
  const session = { id: 'a', requested: [{ event_type: 'e', partition: '0' }] }
  const startAt = [{ event_type: 'e', partition: '0', offset: 'BEGIN' }]
  await commands.propose({ type: 'openSession', subscriptionId: 's', session, startAt }, 0)
  const asked: string[] = []
  const streams = { ended: async (subscriptionId: string) => void asked.push(subscriptionId) }
  return { clock, commands, asked, close: () => closeStreams('s', 1000, { clock, storage, streams }) }
}

describe('closing the streams of a subscription', () => {
  it('waits until their sessions are given back and their connections have ended', async () => {
    const { clock, commands, asked, close } = await setUp()
    const closing = close()
    await clock.advance(999)
    await commands.propose({ type: 'closeSession', subscriptionId: 's', sessionId: 'a' }, 999)
    expect(await closing).toBe('closed')
    expect(asked).toEqual(['s'])
  })

  it('gives up when the time is over', async () => {
    const { clock, close } = await setUp()
    const closing = close()
    await clock.advance(1000)
    expect(await closing).toBe('timedOut')
  })

  it('happens once at a time', async () => {
    const { clock, commands, close } = await setUp()
    const closing = close()
    expect(await close()).toBe('alreadyClosing')
    await clock.advance(1000)
    await closing
    await commands.propose({ type: 'resumeStreams', subscriptionId: 's', cursors: [] }, 1000)
    await commands.propose({ type: 'closeSession', subscriptionId: 's', sessionId: 'a' }, 1000)
    expect(await close()).toBe('closed')
  })

  it('is over at once when the subscription is deleted', async () => {
    const { commands, close } = await setUp()
    const closing = close()
    await commands.propose({ type: 'deleteSubscription', id: 's' }, 0)
    expect(await closing).toBe('closed')
    expect(await close()).toBe('unknownSubscription')
  })
})
