import { type ConnectionState, NakadiError } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { watchConnection } from './watch-connection.ts'

const streaming: ConnectionState = {
  kind: 'streaming',
  failures: 0,
  since: 0,
  streamId: 's',
  silentAt: 0,
  progressed: false,
  paused: false,
}

function backingOff(kind: 'ended' | 'silent', message: string): ConnectionState {
  return { kind: 'backingOff', failures: 1, since: 0, until: 0, cause: { kind, message } }
}

/** Watches a connection that is in one state after the other, and returns what is told. */
function watch(states: readonly ConnectionState[]): string[] {
  const told: string[] = []
  let look = (): void => {}
  let at = 0
  const end = watchConnection({
    connection: () => states[at] ?? streaming,
    clock: {
      now: () => 0,
      after(_ms, fn) {
        look = fn
        return () => {
          look = () => {}
        }
      },
    },
    onChange: (sentence) => told.push(sentence),
  })
  for (at = 1; at < states.length; at += 1) look()
  end()
  look()
  return told
}

describe('watching a connection', () => {
  it('tells nothing while it streams', () => {
    expect(watch([streaming, streaming])).toEqual([])
  })

  it('tells once what it waits for, and when it goes on', () => {
    const states = [
      streaming,
      backingOff('ended', 'flow 1'),
      backingOff('ended', 'flow 2'),
      streaming,
      streaming,
    ]
    expect(watch(states)).toEqual(['waiting to connect again: flow 1', 'connected again'])
  })

  it('explains an error as everywhere else, in the words of the command line', () => {
    const cause = new NakadiError({ code: 'unreachable', message: 'Check baseUrl.', outcome: 'not-sent' })
    expect(watch([{ kind: 'backingOff', failures: 1, since: 0, until: 0, cause }])).toEqual([
      'waiting to connect again: [unreachable] Check --url or RIONI_URL.',
    ])
  })

  it('tells when the trouble becomes another one', () => {
    expect(watch([backingOff('ended', 'ended'), backingOff('silent', 'silent')])).toEqual([
      'waiting to connect again: ended',
      'waiting to connect again: silent',
    ])
  })
})
