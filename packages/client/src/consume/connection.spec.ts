import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NakadiError, type NakadiErrorCode } from '../error.ts'
import type { Random } from '../random.ts'
import {
  type ConnectionInput,
  type ConnectionPolicy,
  type ConnectionState,
  type ConnectionStep,
  startConnection,
  stepConnection,
} from './connection.ts'

const policy: ConnectionPolicy = {
  baseDelayMs: 250,
  delayFactor: 1.6,
  maxDelayMs: 30_000,
  healthyMs: 60_000,
  silenceMs: 10_000,
  firstLineMs: 50_000,
  minConflictDelayMs: 500,
  maxConflictDelayMs: 15_000,
  resetDelayMs: 2000,
  maxRetryAfterMs: 300_000,
}
/** Chance that always rolls its maximum. */
const highest: Random = { uuid: () => '', below: (n) => n - 1 }
const context = { policy, random: highest }

const at = 1_000_000
const connecting: ConnectionState = { kind: 'connecting', failures: 2, since: at }
const streaming: ConnectionState = {
  kind: 'streaming',
  failures: 2,
  since: at,
  streamId: 's',
  silentAt: at + 10_000,
  progressed: false,
  paused: false,
}
const cause = { kind: 'ended', message: 'ended' } as const
const backingOff: ConnectionState = { kind: 'backingOff', failures: 2, since: at, until: at + 100, cause }
const stopped: ConnectionState = { kind: 'closed', reason: 'stopped' }

function error(code: NakadiErrorCode, retryable = false, retryAfterMs?: number): NakadiError {
  return new NakadiError({ code, message: 'refused', outcome: 'rejected', retryable, retryAfterMs })
}

function step(state: ConnectionState, input: ConnectionInput): ConnectionStep {
  return stepConnection(state, input, context)
}

const opened: ConnectionInput = { kind: 'opened', at, streamId: 's' }
const refused: ConnectionInput = { kind: 'refused', at, error: error('unavailable', true) }
const line: ConnectionInput = { kind: 'line', at, events: true }
const paused: ConnectionInput = { kind: 'paused' }
const resumed: ConnectionInput = { kind: 'resumed', at }
const ended: ConnectionInput = { kind: 'ended', at, reason: cause }
const woken: ConnectionInput = { kind: 'woken', at: at + 100 }
const stop: ConnectionInput = { kind: 'stop' }

describe('every state and every input', () => {
  const inputs = { opened, refused, line, paused, resumed, ended, woken, stop }
  /** The kind of the next state; an input that is not listed changes nothing. */
  const table: readonly { given: ConnectionState; want: Partial<Record<keyof typeof inputs, string>> }[] = [
    { given: connecting, want: { opened: 'streaming', refused: 'backingOff', stop: 'closed' } },
    {
      given: streaming,
      want: {
        line: 'streaming',
        paused: 'streaming',
        resumed: 'streaming',
        ended: 'backingOff',
        woken: 'streaming',
        stop: 'closed',
      },
    },
    { given: backingOff, want: { woken: 'connecting', stop: 'closed' } },
    { given: stopped, want: {} },
  ]
  for (const { given, want } of table) {
    for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) {
      const next = want[name]
      it(`${given.kind} ${next === undefined ? 'ignores' : `becomes ${next} on`} ${name}`, () => {
        const [state] = step(given, inputs[name])
        if (next === undefined) expect(state).toBe(given)
        else expect(state.kind).toBe(next)
      })
    }
  }
})

describe('a connection', () => {
  it('begins by connecting', () => {
    expect(startConnection(at)).toEqual([
      { kind: 'connecting', failures: 0, since: at },
      [{ kind: 'connect' }],
    ])
  })

  it('connects when its wait is over, and not before', () => {
    expect(step(backingOff, { kind: 'woken', at: at + 99 })[1]).toEqual([{ kind: 'wakeAt', at: at + 100 }])
    expect(step(backingOff, { kind: 'woken', at: at + 100 })[1]).toEqual([{ kind: 'connect' }])
  })

  it('leaves its stream when it is stopped', () => {
    expect(step(streaming, stop)).toEqual([stopped, [{ kind: 'abortStream' }]])
  })
})

describe('a stream that ended', () => {
  const end = (overrides: Partial<typeof streaming>, later = 0) =>
    step(
      { ...streaming, ...overrides } as ConnectionState,
      { ...ended, at: at + later } as ConnectionInput,
    )[0]

  it('counts as a failure when it brought nothing: opening it was no progress', () => {
    expect(end({})).toMatchObject({ failures: 3, until: at + 640 })
  })

  it('makes the next one start afresh when it brought events', () => {
    const [progressed] = step(streaming, line)
    expect(step(progressed, ended)[0]).toMatchObject({ failures: 0, until: at + 250 })
  })

  it('makes the next one start afresh when it lived for a minute', () => {
    expect(end({}, 60_000)).toMatchObject({ failures: 0 })
    expect(end({}, 59_999)).toMatchObject({ failures: 3 })
  })

  it('is no progress when it only brought keep-alive batches', () => {
    const [state] = step(streaming, { kind: 'line', at, events: false })
    expect(step(state, ended)[0]).toMatchObject({ failures: 3 })
  })

  it('makes the next one wait 30 s at most', () => {
    expect(step({ ...streaming, failures: 1000 } as ConnectionState, ended)[0]).toMatchObject({
      until: at + 30_000,
    })
  })

  for (const kind of ['stream-limit', 'keep-alive-limit'] as const) {
    it(`is the last one when the reason is ${kind}`, () => {
      const reason = { kind, message: '' }
      expect(step(streaming, { kind: 'ended', at, reason })[0]).toEqual({
        kind: 'closed',
        reason: 'finished',
      })
    })
  }

  it('is the last one when a batch is too large to be read, because it would be so again', () => {
    const reason = { kind: 'unreadable', message: 'raise maxLineBytes' } as const
    const [state] = step(streaming, { kind: 'ended', at, reason })
    expect(state).toMatchObject({ kind: 'closed', reason: 'failed', error: { code: 'protocol' } })
  })
})

describe('a refused stream', () => {
  const refuse = (given: NakadiError) => step(connecting, { kind: 'refused', at, error: given })

  const terminal: readonly NakadiErrorCode[] = [
    'unauthorized',
    'forbidden',
    'not-found',
    'validation',
    'invalid-cursor',
    'protocol',
  ]
  for (const code of terminal) {
    it(`ends the connection for good when it is ${code}`, () => {
      const given = error(code)
      expect(refuse(given)).toEqual([{ kind: 'closed', reason: 'failed', error: given }, []])
    })
  }

  for (const code of ['unreachable', 'connection-lost', 'timeout', 'unavailable', 'server-error'] as const) {
    it(`is tried again, later with each time, when it is ${code}`, () => {
      expect(refuse(error(code, true))[0]).toMatchObject({ kind: 'backingOff', failures: 3, until: at + 640 })
    })
  }

  for (const code of ['no-free-slots', 'conflict'] as const) {
    it(`is no failure when it is ${code}: it waits for a slot, spread over the commit timeout`, () => {
      expect(refuse(error(code))[0]).toMatchObject({ failures: 2, until: at + 15_000 })
      const lowest = { policy, random: { ...highest, below: () => 0 } }
      const [state] = stepConnection(connecting, { kind: 'refused', at, error: error(code) }, lowest)
      expect(state).toMatchObject({ until: at + 500 })
    })
  }

  const conflicts = [
    {
      code: 'no-free-slots',
      detail: 'No free slots for streaming available for subscription s. Total slots: 2',
      want: { conflict: 'no-free-slots', until: at + 15_000 },
    },
    {
      code: 'no-free-slots',
      detail: 'The following partitions are already requested by other stream(s) of this subscription: x',
      want: { conflict: 'partitions-taken', until: at + 15_000 },
    },
    {
      code: 'conflict',
      detail: 'Resetting subscription cursors request is still in progress',
      want: { conflict: 'cursors-reset', until: at + 2000 },
    },
    { code: 'conflict', detail: 'A new reason', want: { conflict: 'other', until: at + 15_000 } },
  ] as const
  for (const { code, detail, want } of conflicts) {
    it(`tells the kinds of 409 apart: ${want.conflict} (row 7)`, () => {
      const given = new NakadiError({
        code,
        message: '',
        outcome: 'rejected',
        problem: { title: 'Conflict', status: 409, detail },
      })
      expect(refuse(given)[0]).toMatchObject({ failures: 2, ...want })
    })
  }

  it('waits as Retry-After asks, at most 5 minutes', () => {
    expect(refuse(error('unavailable', true, 4000))[0]).toMatchObject({ until: at + 4000 })
    expect(refuse(error('unavailable', true, 1e9))[0]).toMatchObject({ until: at + 300_000 })
  })
})

describe('a silent stream', () => {
  const wake = (state: ConnectionState, later: number) => step(state, { kind: 'woken', at: at + later })

  it('is given up when no line has come for longer than two keep-alive batches take', () => {
    const [state, effects] = wake(streaming, 10_000)
    expect(state).toMatchObject({ kind: 'backingOff', cause: { kind: 'silent' } })
    expect(effects).toEqual([{ kind: 'abortStream' }, { kind: 'wakeAt', at: at + 10_640 }])
  })

  it('is watched again until then', () => {
    expect(wake(streaming, 9999)[1]).toEqual([{ kind: 'wakeAt', at: at + 10_000 }])
  })

  it('is not given up when a line has come since', () => {
    const [state] = step(streaming, { ...line, at: at + 5000 } as ConnectionInput)
    expect(wake(state, 10_000)).toEqual([state, [{ kind: 'wakeAt', at: at + 15_000 }]])
  })

  it('is not given up while the consumer itself does not read', () => {
    const [state] = step(streaming, paused)
    expect(wake(state, 99_000)[0]).toBe(state)
  })

  it('gets its full time again when the consumer reads on', () => {
    const [state] = step(step(streaming, paused)[0], { kind: 'resumed', at: at + 99_000 })
    expect(wake(state, 108_999)[0]).toBe(state)
    expect(wake(state, 109_000)[0].kind).toBe('backingOff')
  })

  it('may take longer before its first line, because others have to hand over partitions', () => {
    expect(step(connecting, opened)[1]).toEqual([{ kind: 'wakeAt', at: at + 50_000 }])
  })
})

describe('any sequence of inputs', () => {
  const time = fc.integer({ min: at, max: at + 200_000 })
  const input: fc.Arbitrary<ConnectionInput> = fc.oneof(
    time.map((when): ConnectionInput => ({ kind: 'opened', at: when, streamId: 's' })),
    time.map((when): ConnectionInput => ({ kind: 'refused', at: when, error: error('unavailable', true) })),
    fc.record({ kind: fc.constant('line' as const), at: time, events: fc.boolean() }),
    time.map((when): ConnectionInput => ({ kind: 'ended', at: when, reason: cause })),
    time.map((when): ConnectionInput => ({ kind: 'woken', at: when })),
    fc.constant(paused),
    time.map((when): ConnectionInput => ({ kind: 'resumed', at: when })),
  )

  it('never leaves the connection without something that moves it on', () => {
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let [state, effects] = startConnection(at)
        for (const each of inputs) {
          const before = state
          ;[state, effects] = step(state, each)
          const pending = effects.some(({ kind }) => kind === 'connect' || kind === 'wakeAt')
          if (before.kind !== state.kind) expect(pending).toBe(true)
        }
        expect(state.kind).not.toBe('closed')
      }),
    )
  })

  it('leaves it closed once it was stopped', () => {
    fc.assert(
      fc.property(fc.array(input), fc.array(input), (before, after) => {
        const run = (state: ConnectionState, inputs: readonly ConnectionInput[]) =>
          inputs.reduce((current, each) => step(current, each)[0], state)
        const stoppedState = step(run(startConnection(at)[0], before), stop)[0]
        expect(run(stoppedState, after)).toEqual(stopped)
      }),
    )
  })
})
