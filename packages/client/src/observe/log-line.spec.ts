import { describe, expect, it } from 'vitest'
import type { DiagnosticsEvents, DiagnosticsKind } from './diagnostics.ts'
import { logLine, possibleLevels } from './log-line.ts'

const error = { name: 'TypeError', message: 'no ledger' }
const settled = { eventType: 't', operation: 'publishEvents', events: 2, durationMs: 3 } as const
const counts = { submitted: 0, rejected: 0, aborted: 0, unknown: 0 }
const lost = { subscriptionId: 's', message: 'm', delayMs: 4.6 }
const commit = { subscriptionId: 's', streamId: 'x', cursors: 2, outdated: 0, durationMs: 1 }
const request = { operation: 'publishEvents', method: 'POST', url: 'u', flowId: 'f', durationMs: 5 } as const

const rows: readonly {
  readonly given: Partial<DiagnosticsEvents>
  readonly level: string
  readonly message: RegExp
}[] = [
  {
    given: { request: { ...request, status: 200 } },
    level: 'debug',
    message: /publishEvents was answered 200 after 5 ms/,
  },
  {
    given: { request: { ...request, status: undefined, failure: { code: 'timeout', message: 'too late' } } },
    level: 'debug',
    message: /too late/,
  },
  {
    given: { publish: { ...settled, ...counts, submitted: 2 } },
    level: 'debug',
    message: /^2 events of t were published/,
  },
  {
    given: { publish: { ...settled, ...counts, submitted: 1, unknown: 1 } },
    level: 'warn',
    message: /of 2 events of t 1 were published, 0 rejected, 0 aborted, and of 1 it is unknown/,
  },
  {
    given: { commit: { ...commit, result: 'accepted' } },
    level: 'debug',
    message: /2 cursors were committed/,
  },
  { given: { commit: { ...commit, result: 'refused' } }, level: 'warn', message: /belong to another stream/ },
  {
    given: { reconnect: { ...lost, reason: 'stream-timeout', failures: 0 } },
    level: 'info',
    message: /no stream is open \(stream-timeout\): m; trying again in 5 ms/,
  },
  {
    given: { reconnect: { ...lost, reason: 'commit-timeout', failures: 0 } },
    level: 'warn',
    message: /commit-timeout/,
  },
  { given: { reconnect: { ...lost, reason: 'broken', failures: 2 } }, level: 'warn', message: /broken/ },
  {
    given: {
      error: { origin: 'handler', subscriptionId: 's', error, eventType: 't', attempts: 2, decision: 'skip' },
    },
    level: 'warn',
    message: /attempt 2 of the handler of t failed, decided: skip: no ledger/,
  },
  {
    given: { error: { origin: 'consumer', subscriptionId: 's', error } },
    level: 'error',
    message: /the consumer has ended: no ledger/,
  },
  {
    given: {
      batch: { subscriptionId: 's', streamId: 'x', eventType: 't', partition: '0', offset: '1', bytes: 7 },
    },
    level: 'debug',
    message: /a batch of 7 bytes of t came in from partition 0/,
  },
]

describe('the line of a log', () => {
  it.each(rows)('says $message as $level', ({ given, level, message }) => {
    const kinds: DiagnosticsKind[] = ['request', 'publish', 'batch', 'commit', 'reconnect', 'error']
    for (const kind of kinds) {
      const event = given[kind]
      if (event === undefined) continue
      const line = logLine(kind, event as never)
      expect([line.level, line.message]).toEqual([level, expect.stringMatching(message)])
      expect(possibleLevels[kind]).toContain(level)
    }
  })
})
