import { describe, expect, it } from 'vitest'
import { NakadiError } from '../error.ts'
import type { ConnectionState } from './connection.ts'
import { type HealthFacts, judgeHealth } from './health.ts'

const error = new NakadiError({ code: 'forbidden', outcome: 'rejected', message: 'no right to read' })
const cause = { kind: 'broken', message: 'the connection broke' } as const
const streaming = { failures: 0, since: 0, streamId: 's', silentAt: 9, progressed: true }

const connections: Readonly<Record<string, ConnectionState | undefined>> = {
  none: undefined,
  connecting: { kind: 'connecting', failures: 3, since: 0 },
  streaming: { kind: 'streaming', ...streaming, paused: false },
  paused: { kind: 'streaming', ...streaming, paused: true },
  backingOff: { kind: 'backingOff', failures: 99, since: 0, until: 9, cause },
  stopped: { kind: 'closed', reason: 'stopped' },
  finished: { kind: 'closed', reason: 'finished' },
  failed: { kind: 'closed', reason: 'failed', error },
}

function health(connection: string, others: Partial<HealthFacts> = {}) {
  return judgeHealth({
    connection: connections[connection],
    failure: connection === 'failed' ? error : undefined,
    since: 0,
    lastProgressAt: undefined,
    inHandMs: 0,
    commitAgeMs: 0,
    subscriptionId: undefined,
    ...others,
  })
}

describe('the health of a consumer (row 18)', () => {
  it.each([
    { given: 'none', state: 'idle', alive: true, connected: false, message: /not been started/ },
    { given: 'connecting', state: 'connecting', alive: true, connected: false, message: /being opened/ },
    { given: 'streaming', state: 'streaming', alive: true, connected: true, message: /a stream is open/ },
    { given: 'paused', state: 'streaming', alive: true, connected: true, message: /waits for the handlers/ },
    {
      given: 'backingOff',
      state: 'backingOff',
      alive: true,
      connected: false,
      message: /the connection broke/,
    },
    { given: 'stopped', state: 'closed', alive: true, connected: false, message: /has been stopped/ },
    { given: 'finished', state: 'closed', alive: true, connected: false, message: /has been finished/ },
    { given: 'failed', state: 'closed', alive: false, connected: false, message: /no right to read/ },
  ])('is alive ($alive) and connected ($connected) when it is $given', ({ given, message, ...want }) => {
    const { state, alive, connected, message: said } = health(given)
    expect({ state, alive, connected }).toEqual({
      state: want.state,
      alive: want.alive,
      connected: want.connected,
    })
    expect(said).toMatch(message)
  })

  it('is not alive when a batch has been in hand for more than five minutes, connected or not', () => {
    expect(health('streaming', { inHandMs: 300_000 }).alive).toBe(true)
    const { alive, connected, message } = health('streaming', { inHandMs: 300_001 })
    expect([alive, connected]).toEqual([false, true])
    expect(message).toMatch(/has been processed for 300001 ms/)
  })
})
