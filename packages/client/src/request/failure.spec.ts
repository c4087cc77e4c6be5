import { describe, expect, it } from 'vitest'
import { failureOfStatus, failureOfTimeout, failureOfTransport, type RequestLabel } from './failure.ts'

const publishing: RequestLabel = {
  operation: 'publishEvents',
  method: 'POST',
  url: 'http://broker/event-types/e/events',
}
const streaming: RequestLabel = {
  operation: 'streamSubscription',
  method: 'GET',
  url: 'http://broker/subscriptions/s/events',
}

describe('a status', () => {
  const table = [
    { status: 301, want: ['protocol', 'rejected', false] },
    { status: 400, want: ['validation', 'rejected', false] },
    { status: 401, want: ['unauthorized', 'rejected', false] },
    { status: 403, want: ['forbidden', 'rejected', false] },
    { status: 404, want: ['not-found', 'rejected', false] },
    { status: 409, want: ['conflict', 'rejected', false] },
    { status: 410, want: ['not-found', 'rejected', false] },
    { status: 412, want: ['invalid-cursor', 'rejected', false] },
    { status: 413, want: ['validation', 'rejected', false] },
    { status: 422, want: ['validation', 'rejected', false] },
    { status: 429, want: ['rate-limited', 'rejected', true] },
    { status: 500, want: ['server-error', 'unknown', true] },
    { status: 501, want: ['server-error', 'rejected', false] },
    { status: 502, want: ['unavailable', 'unknown', true] },
    { status: 503, want: ['unavailable', 'rejected', true] },
    { status: 504, want: ['unavailable', 'unknown', true] },
  ]
  for (const { status, want } of table) {
    it(`${status} means ${want.slice(0, 2).join(', ')}${want[2] ? ', and may pass' : ''}`, () => {
      const { code, outcome, retryable } = failureOfStatus(publishing, status, { status, title: 'T' })
      expect([code, outcome, retryable]).toEqual(want)
    })
  }

  it('409 to a stream means that no slot is free, when it says so', () => {
    const detail = 'No free slots for streaming available for subscription s. Total slots: 1'
    const problem = { status: 409, title: 'Conflict', detail }
    expect(failureOfStatus(streaming, 409, problem).code).toBe('no-free-slots')
    expect(failureOfStatus(streaming, 409, { ...problem, detail: 'Resetting' }).code).toBe('conflict')
  })
})

describe('an error of the network', () => {
  const withCode = (code: string) => Object.assign(new Error('low level'), { code })
  const table = [
    { given: withCode('ECONNREFUSED'), want: ['unreachable', 'not-sent', true] },
    { given: withCode('ENOTFOUND'), want: ['unreachable', 'not-sent', true] },
    { given: withCode('UND_ERR_CONNECT_TIMEOUT'), want: ['unreachable', 'not-sent', true] },
    { given: withCode('CERT_HAS_EXPIRED'), want: ['unreachable', 'not-sent', false] },
    { given: withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), want: ['unreachable', 'not-sent', false] },
    { given: new Error('Proxy response (407) !== 200'), want: ['unreachable', 'not-sent', false] },
    {
      given: new TypeError('fetch failed', { cause: new Error('Proxy response (503) !== 200') }),
      want: ['unreachable', 'not-sent', true],
    },
    { given: withCode('ECONNRESET'), want: ['connection-lost', 'unknown', true] },
    { given: withCode('UND_ERR_SOCKET'), want: ['connection-lost', 'unknown', true] },
    {
      given: new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }),
      want: ['unreachable', 'not-sent', true],
    },
    { given: new AggregateError([withCode('ECONNREFUSED')]), want: ['unreachable', 'not-sent', true] },
    { given: new TypeError('Failed to fetch'), want: ['connection-lost', 'unknown', true] },
    { given: 'a string', want: ['connection-lost', 'unknown', true] },
  ]
  for (const { given, want } of table) {
    it(`${describeError(given)} means ${want.slice(0, 2).join(', ')}`, () => {
      const { code, outcome, retryable } = failureOfTransport(publishing, given)
      expect([code, outcome, retryable]).toEqual(want)
    })
  }
})

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : error.message
  return error.cause === undefined
    ? code || error.name
    : `${error.message} because of ${describeError(error.cause)}`
}

describe('a message', () => {
  it('says what was tried, what happened and what to do', () => {
    const problem = { status: 403, title: 'Forbidden', detail: 'Access on WRITE event-type:e denied' }
    expect(failureOfStatus(publishing, 403, problem).message).toBe(
      'publishEvents (POST http://broker/event-types/e/events): HTTP 403 Forbidden: Access on WRITE event-type:e denied. The token is valid but may not do this; check the authorization of the event type or subscription.',
    )
  })

  it('ends the words of the broker with one full stop, and puts no quotes around theirs', () => {
    const problem = { status: 404, title: 'Not Found', detail: 'EventType "order.nope" does not exist.' }
    expect(failureOfStatus(publishing, 404, problem).message).toContain(
      ': HTTP 404 Not Found: EventType "order.nope" does not exist. Check the name or id,',
    )
  })

  it('says what may have been done without an answer, which a question never does', () => {
    const messagesOf = (label: RequestLabel): readonly string[] => [
      failureOfTransport(label, new Error('gone')).message,
      failureOfTimeout(label, 5, true).message,
    ]
    for (const message of messagesOf(publishing))
      expect(message).toContain('The broker may have carried it out')
    for (const message of messagesOf(streaming)) expect(message).toContain('Nothing was changed by it')
  })

  it('does not repeat a long explanation in full', () => {
    const problem = { status: 422, title: 'Unprocessable Entity', detail: 'x'.repeat(10_000) }
    expect(failureOfStatus(publishing, 422, problem).message.length).toBeLessThan(900)
  })
})
